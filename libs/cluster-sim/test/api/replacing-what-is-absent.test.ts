import { describe, expect, it } from '@jest/globals';
import { resources } from '@kubedrill/kube-model';
import { TestServer } from './api-server-fixture.ts';

const service = (metadata: Readonly<Record<string, string>> = {}) => ({
  metadata: { name: 'web', ...metadata },
  spec: { ports: [{ port: 80 }] },
});

/** Store.Update of registry/generic/registry/store.go for kinds that may be created by it. */
describe('PUT of an absent Service', () => {
  it('creates it, whatever version it names', () => {
    const { code, object } = new TestServer().replace('Service', 'web', service({ resourceVersion: '7' }));
    expect(code).toBe(201);
    expect(object?.metadata.resourceVersion).not.toBe('7');
  });

  it('asks for a namespace', () => {
    const request = { verb: 'update', resource: resources.Service, namespace: 'nowhere', name: 'web' } as const;
    const { server } = new TestServer();
    expect(server.handle({ ...request, body: service() })).toMatchObject({
      status: { code: 404, message: 'namespaces "nowhere" not found' },
    });
  });

  it('does not take it for another object', () => {
    expect(new TestServer().replace('Service', 'web', service({ uid: 'x' }))).toMatchObject({
      code: 409,
      message:
        'Operation cannot be fulfilled on services "web": StorageError: invalid object, Code: 4, Key: /registry/services/specs/default/web, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: x, UID in object meta: ',
    });
  });
});

describe('a name that is taken', () => {
  it.each([
    [{}, 'services "web" already exists'],
    [
      { generateName: 'w-' },
      'services "web" already exists, the server was not able to generate a unique name for the object',
    ],
  ])('of an object with %j', (metadata, message) => {
    const server = new TestServer();
    server.create('Service', service());
    expect(server.create('Service', service(metadata))).toMatchObject({ code: 409, reason: 'AlreadyExists', message });
  });
});
