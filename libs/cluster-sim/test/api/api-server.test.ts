import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { TestServer } from './api-server-fixture.ts';

const configMap = (name: string, more: JsonObject = {}): JsonObject => ({
  metadata: { name, ...more },
  data: { a: 'b' },
});
const service = (spec: JsonObject = {}): JsonObject => ({
  metadata: { name: 'web' },
  spec: { ports: [{ port: 80 }], ...spec },
});

describe('creating', () => {
  it('fills in what the server knows', () => {
    expect(new TestServer().create('ConfigMap', configMap('a')).object).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'a',
        namespace: 'default',
        uid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        creationTimestamp: '2026-01-01T00:00:00Z',
        resourceVersion: expect.stringMatching(/^\d+$/),
      },
    });
  });

  it('draws generated names', () => {
    const { object } = new TestServer().create('ConfigMap', { metadata: { generateName: 'a-' } });
    expect(object?.metadata.name).toMatch(/^a-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  it.each<[string, JsonObject, { readonly code: number; readonly message: string }]>([
    [
      'in an absent namespace',
      configMap('a', { namespace: 'nowhere' }),
      { code: 404, message: 'namespaces "nowhere" not found' },
    ],
    [
      'without a name',
      { metadata: {} },
      {
        code: 422,
        message: 'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
      },
    ],
    [
      'with a version',
      configMap('a', { resourceVersion: '5' }),
      { code: 500, message: 'resourceVersion should not be set on objects to be created' },
    ],
    [
      'of a kind in another group',
      { ...configMap('a'), apiVersion: 'apps/v1', kind: 'Deployment' },
      { code: 400, message: 'the API version in the data (apps/v1) does not match the expected API version (v1)' },
    ],
    [
      'of an unknown kind',
      { ...configMap('a'), kind: 'Nothing' },
      {
        code: 400,
        message:
          'Nothing in version "v1" cannot be handled as a ConfigMap: no kind "Nothing" is registered for version "v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
      },
    ],
    [
      'with an unknown field',
      { ...configMap('a'), datas: {} },
      {
        code: 400,
        message:
          'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "datas"',
      },
    ],
    [
      'with a finalizer without a domain',
      configMap('a', { finalizers: ['hold'] }),
      {
        code: 422,
        message:
          'ConfigMap "a" is invalid: metadata.finalizers[0]: Invalid value: "hold": name is neither a standard finalizer name nor is it fully qualified',
      },
    ],
  ])('refuses an object %s', (_case, body, expected) => {
    const { namespace = 'default' } = body['metadata'] as { readonly namespace?: string };
    expect(new TestServer().create('ConfigMap', body, { namespace })).toMatchObject(expected);
  });

  it('refuses another namespace than the address has', () => {
    expect(new TestServer().create('ConfigMap', configMap('a', { namespace: 'other' }))).toMatchObject({
      code: 400,
      message: 'the namespace of the provided object does not match the namespace sent on the request',
    });
  });

  it('refuses a name that is taken', () => {
    const server = new TestServer();
    server.create('ConfigMap', configMap('a'));
    expect(server.create('ConfigMap', configMap('a'))).toMatchObject({
      code: 409,
      reason: 'AlreadyExists',
      message: 'configmaps "a" already exists',
    });
  });

  it.each(['Warn', 'Ignore'] as const)('prunes unknown fields under %s', (fieldValidation) => {
    const answer = new TestServer().create('ConfigMap', { ...configMap('a'), datas: 1 }, { fieldValidation });
    expect(answer).toMatchObject({ code: 201, warnings: fieldValidation === 'Warn' ? ['unknown field "datas"'] : [] });
    expect(answer.object).not.toHaveProperty('datas');
  });

  it('stores nothing in a dry run, which is given the base address and ports of no range', () => {
    const server = new TestServer();
    const answer = server.create('Service', service({ type: 'NodePort' }), { dryRun: true });
    expect(answer.object).toMatchObject({ spec: { clusterIP: '10.96.0.0', ports: [{ nodePort: 32769 }] } });
    expect(server.get('Service', 'web').code).toBe(404);
  });

  it('names the bound that another object would exceed', () => {
    const server = new TestServer({ maxObjects: 15, maxPods: 1 });
    const answers = Array.from({ length: 6 }, (_, index) => server.create('ConfigMap', configMap(`a${index}`)).code);
    expect(answers.at(-1)).toBe(429);
    expect(server.server.takeExceededBound()).toBe('maxObjects');
    expect(server.server.takeExceededBound()).toBeUndefined();
  });
});

describe('updating', () => {
  it('refuses a version that is no longer the current one', () => {
    const server = new TestServer();
    const { resourceVersion } = server.create('ConfigMap', configMap('a')).object?.metadata ?? {};
    expect(server.replace('ConfigMap', 'a', { ...configMap('a', { resourceVersion }), data: { a: 'c' } }).code).toBe(
      200,
    );
    expect(server.replace('ConfigMap', 'a', configMap('a', { resourceVersion }))).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
    });
  });

  it('writes nothing that changes nothing', () => {
    const server = new TestServer();
    const before = server.create('ConfigMap', configMap('a')).object?.metadata.resourceVersion;
    expect(server.patch('ConfigMap', 'a', 'merge', {}).object?.metadata.resourceVersion).toBe(before);
    expect(server.replace('ConfigMap', 'a', configMap('a')).object?.metadata.resourceVersion).toBe(before);
  });

  it('creates by PUT only what its kind allows', () => {
    const server = new TestServer();
    expect(server.replace('Service', 'web', service()).code).toBe(201);
    expect(server.replace('ConfigMap', 'a', configMap('a'))).toMatchObject({ code: 404 });
  });

  it('keeps to the name of the address', () => {
    const server = new TestServer();
    server.create('ConfigMap', configMap('a'));
    expect(server.replace('ConfigMap', 'a', configMap('b'))).toMatchObject({
      code: 400,
      message: 'the name of the object (b) does not match the name on the URL (a)',
    });
  });

  it('reports errors of metadata as often as Kubernetes finds them', () => {
    const server = new TestServer();
    server.create('Service', service());
    const answer = server.patch('Service', 'web', 'merge', { metadata: { labels: { 'a b': 'c' } } });
    expect(answer.causes).toHaveLength(3);
    expect(answer.message).toMatch(/^Service "web" is invalid: metadata.labels: Invalid value: "a b": name part/);
  });

  it('changes status only through its subresource', () => {
    const server = new TestServer();
    server.create('Service', service({ type: 'LoadBalancer' }));
    const status = { loadBalancer: { ingress: [{ ip: '1.2.3.4' }] } };
    expect(server.patch('Service', 'web', 'merge', { status }).object).toMatchObject({ status: { loadBalancer: {} } });
    const patched = server.patch(
      'Service',
      'web',
      'merge',
      { status, spec: { sessionAffinity: 'ClientIP' } },
      { subresource: 'status' },
    );
    expect(patched.object).toMatchObject({
      spec: { sessionAffinity: 'None' },
      status: { loadBalancer: { ingress: [{ ip: '1.2.3.4', ipMode: 'VIP' }] } },
    });
  });

  it('frees node ports and addresses with their Service', () => {
    const server = new TestServer();
    const spec = { type: 'NodePort', clusterIP: '10.96.0.50', ports: [{ port: 80, nodePort: 30080 }] };
    expect(server.create('Service', service(spec)).code).toBe(201);
    expect(server.create('Service', { ...service(spec), metadata: { name: 'other' } }).message).toContain(
      'failed to allocate IP 10.96.0.50: provided IP is already allocated',
    );
    server.delete('Service', 'web');
    expect(server.create('Service', { ...service(spec), metadata: { name: 'other' } }).code).toBe(201);
  });

  /** NewInternalError of apimachinery/pkg/api/errors/errors.go; reason and field of a StatusCause are omitempty. */
  it('says no more than the message of a health check port that is taken', () => {
    const server = new TestServer();
    const spec = {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 30183,
      ports: [{ port: 80, nodePort: 30183 }],
    };
    const { code, causes } = server.create('Service', service(spec));
    const message = 'failed to allocate requested HealthCheck NodePort 30183: provided port is already allocated';
    expect(code).toBe(500);
    expect(causes).toEqual([{ message }]);
  });
});

describe('deleting', () => {
  it('answers with a Status or with the object, by kind', () => {
    const server = new TestServer();
    server.create('ConfigMap', configMap('a'));
    server.create('Service', service());
    expect(server.delete('ConfigMap', 'a').object).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'a', kind: 'configmaps', uid: expect.any(String) },
    });
    expect(server.delete('Service', 'web').object).toMatchObject({ kind: 'Service', metadata: { name: 'web' } });
    expect(server.delete('Service', 'web')).toMatchObject({ code: 404, message: 'services "web" not found' });
  });

  it('takes the Endpoints of the name along with a Service', () => {
    const server = new TestServer();
    server.create('Service', service());
    server.create('Endpoints', { metadata: { name: 'web' }, subsets: [{ addresses: [{ ip: '10.0.0.1' }] }] });
    server.delete('Service', 'web');
    expect(server.get('Endpoints', 'web').code).toBe(404);
  });

  it('waits for finalizers', () => {
    const server = new TestServer();
    server.create('ConfigMap', configMap('a', { finalizers: ['example.com/hold'] }));
    expect(server.delete('ConfigMap', 'a').object).toMatchObject({
      metadata: { deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 0 },
    });
    expect(
      server.patch('ConfigMap', 'a', 'merge', { metadata: { finalizers: ['example.com/hold', 'example.com/b'] } })
        .message,
    ).toContain(
      'no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/b"}',
    );
    expect(server.patch('ConfigMap', 'a', 'merge', { metadata: { finalizers: [] } }).code).toBe(200);
    expect(server.get('ConfigMap', 'a').code).toBe(404);
  });

  it.each([
    ['Orphan', ['orphan']],
    ['Foreground', ['foregroundDeletion']],
  ] as const)('leaves %s deletion to the garbage collector', (propagation, finalizers) => {
    const server = new TestServer();
    server.create('ConfigMap', configMap('a'));
    expect(server.delete('ConfigMap', 'a', { propagation }).object).toMatchObject({ metadata: { finalizers } });
  });

  it('holds to preconditions', () => {
    const server = new TestServer();
    server.create('ConfigMap', configMap('a'));
    const answer = server.delete('ConfigMap', 'a', { preconditions: { uid: 'other' } });
    expect(answer).toMatchObject({ code: 409, reason: 'Conflict' });
  });

  it('lets namespaces go in two steps', () => {
    const server = new TestServer();
    server.create('Namespace', { metadata: { name: 'shop' } });
    expect(server.delete('Namespace', 'shop').object).toMatchObject({
      metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Terminating' },
    });
    expect(server.create('ConfigMap', configMap('a'), { namespace: 'shop' })).toMatchObject({
      code: 403,
      causes: [{ reason: 'NamespaceTerminating', field: 'metadata.namespace' }],
    });
    const going = server.store.get('Namespace', '', 'shop');
    if (!going) throw new Error('the namespace is gone too early');
    server.server.write({ verb: 'finalize', object: { ...going, spec: {} } });
    expect(server.get('Namespace', 'shop').code).toBe(404);
  });

  it.each(['default', 'kube-system', 'kube-public'])('refuses to delete the namespace %s', (name) => {
    expect(new TestServer().delete('Namespace', name)).toMatchObject({
      code: 403,
      message: `namespaces "${name}" is forbidden: this namespace may not be deleted`,
    });
  });
});

describe('listing', () => {
  it('selects by labels and fields, in the order of names', () => {
    const server = new TestServer();
    for (const name of ['b', 'a', 'c']) server.create('ConfigMap', configMap(name, { labels: { app: name } }));
    const names = (selection: Parameters<TestServer['list']>[1]): unknown =>
      server.list('ConfigMap', selection).items?.map(({ metadata }) => metadata.name);
    expect(names({})).toEqual(['a', 'b', 'c']);
    expect(names({ labelSelector: 'app in (a,c)' })).toEqual(['a', 'c']);
    expect(names({ fieldSelector: 'metadata.name!=a' })).toEqual(['b', 'c']);
  });

  it('selects Services by their own fields', () => {
    const server = new TestServer();
    expect(server.list('Service', { fieldSelector: 'spec.clusterIP=10.96.0.1' }).items).toHaveLength(1);
    expect(server.list('Service', { fieldSelector: 'spec.nothing=1' })).toMatchObject({
      code: 400,
      message: 'field label not supported: spec.nothing',
    });
  });
});
