import { describe, expect, it } from '@jest/globals';
import { resources, type Json, type JsonObject, type Kind } from '@kubedrill/kube-model';
import type { ApiRequest, Subresource } from '../../src/api/request.ts';
import { TestServer } from './api-server-fixture.ts';

const unknown = 'the server could not find the requested resource';
const wrongMethod = 'the server does not allow this method on the requested resource';

function codeOf(server: TestServer, kind: Kind, subresource: Subresource, verb: 'get' | 'create' | 'update' | 'patch') {
  const namespace = resources[kind].namespaced ? 'default' : '';
  const target = { resource: resources[kind], namespace, name: 'absent', subresource };
  const body: Json = { metadata: { name: 'absent' } };
  const request: ApiRequest =
    verb === 'get' ? { verb, ...target } : { verb, ...target, body, patchType: 'merge', fieldValidation: 'Ignore' };
  const response = server.server.handle(request);
  return response.ok ? undefined : response.status.message;
}

/** The lists of storages in pkg/registry/{core,apps,batch,networking}/rest. */
describe('the subresources', () => {
  it.each<[Kind, Subresource, 'get' | 'create' | 'update' | 'patch', string]>([
    ['Deployment', 'scale', 'get', 'deployments.apps "absent" not found'],
    ['Deployment', 'scale', 'create', wrongMethod],
    ['DaemonSet', 'scale', 'get', unknown],
    ['DaemonSet', 'scale', 'patch', unknown],
    ['Service', 'status', 'patch', 'services "absent" not found'],
    ['Service', 'status', 'create', wrongMethod],
    ['ConfigMap', 'status', 'get', unknown],
    ['ConfigMap', 'status', 'update', unknown],
    ['IngressClass', 'status', 'patch', unknown],
    ['CronJob', 'status', 'get', 'cronjobs.batch "absent" not found'],
    ['ServiceCIDR', 'status', 'get', 'servicecidrs.networking.k8s.io "absent" not found'],
    ['IPAddress', 'status', 'get', unknown],
    ['Namespace', 'finalize', 'update', 'namespaces "absent" not found'],
    ['Namespace', 'finalize', 'get', wrongMethod],
    ['Node', 'finalize', 'update', unknown],
    ['Pod', 'binding', 'create', 'target.name: Required value'],
    ['Pod', 'binding', 'get', wrongMethod],
    ['Pod', 'eviction', 'patch', wrongMethod],
    ['Pod', 'ephemeralcontainers', 'patch', 'pods "absent" not found'],
    ['Service', 'eviction', 'create', unknown],
  ])('%s/%s answer %s', (kind, subresource, verb, message) => {
    expect(codeOf(new TestServer(), kind, subresource, verb)).toBe(message);
  });
});

describe('ephemeral containers', () => {
  const debug = { subresource: 'ephemeralcontainers' } as const;
  const shell = { name: 'shell', image: 'busybox' };

  function debugged(containers: readonly JsonObject[]): TestServer {
    const server = new TestServer();
    server.create('Pod', { metadata: { name: 'web' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } });
    server.patch('Pod', 'web', 'strategic', { spec: { ephemeralContainers: containers } }, debug);
    return server;
  }

  it('are added to a Pod, and nothing else is changed', () => {
    const server = debugged([]);
    const spec = { containers: [{ name: 'c', image: 'other' }], ephemeralContainers: [shell] };
    const body = { metadata: { labels: { a: 'b' } }, spec };
    const { code } = server.patch('Pod', 'web', 'strategic', body, debug);
    expect(code).toBe(200);
    const { object } = server.get('Pod', 'web');
    expect(object).toMatchObject({
      metadata: { generation: 2 },
      spec: { containers: [{ image: 'nginx' }], ephemeralContainers: [{ ...shell, imagePullPolicy: 'Always' }] },
    });
    expect(object?.metadata.labels).toBeUndefined();
  });

  it.each<[string, readonly JsonObject[], string]>([
    ['stay', [], 'spec.ephemeralContainers: Forbidden: existing ephemeral containers "shell" may not be removed\n'],
    [
      'stay as they are',
      [{ ...shell, image: 'nginx' }],
      'spec.ephemeralContainers: Forbidden: existing ephemeral containers "shell" may not be changed\n@@ -1,6 +1,6 @@\n {\n  "Name": "shell",\n- "Image": "busybox",\n+ "Image": "nginx",\n  "Command": null,\n',
    ],
    [
      'have names of their own',
      [shell, { name: 'c', image: 'busybox' }],
      'spec.ephemeralContainers[1].name: Duplicate value: "c"',
    ],
    [
      'have no ports',
      [shell, { name: 'other', image: 'busybox', ports: [{ containerPort: 80 }] }],
      'spec.ephemeralContainers[1].ports: Forbidden: cannot be set for an Ephemeral Container',
    ],
  ])('%s', (_what, containers, problem) => {
    const server = debugged([shell]);
    const body = { spec: { ephemeralContainers: containers } };
    expect(server.patch('Pod', 'web', 'merge', body, debug).message).toContain(`Pod "web" is invalid: ${problem}`);
  });
});
