import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject, Kind } from '@kubedrill/kube-model';
import { TestServer, type Answer } from '../api-server-fixture.ts';

const port = { name: 'http', port: 80 };

function service(spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', ...metadata }, spec };
}

function deployment(containers: readonly Json[], spec: JsonObject = {}): JsonObject {
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: { containers } };
  const selector = { matchLabels: labels };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { selector, template, ...spec },
  };
}

function configMap(data: JsonObject, metadata: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', ...metadata }, data };
}

/** "kubectl Apply", "kubectl-patch Update status" */
function managers(answer: Answer): readonly string[] {
  return (answer.object?.metadata.managedFields ?? []).map(({ manager, operation, subresource }) =>
    [manager, operation, ...(subresource === undefined ? [] : [subresource])].join(' '),
  );
}

function fieldsOf(answer: Answer, manager: string): unknown {
  return answer.object?.metadata.managedFields?.find((entry) => entry.manager === manager)?.fieldsV1;
}

function part(answer: Answer, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (value as JsonObject | undefined)?.[name], answer.object);
}

const kubectl = { fieldManager: 'kubectl' } as const;
const other = { fieldManager: 'other' } as const;

describe('applying', () => {
  it('creates what is absent and answers with 201, then with 200', () => {
    const server = new TestServer();
    const created = server.apply('Service', 'web', service({ selector: { app: 'web' }, ports: [port] }), kubectl);
    expect(created.code).toBe(201);
    expect(part(created, 'spec', 'type')).toBe('ClusterIP');
    expect(fieldsOf(created, 'kubectl')).toEqual({
      'f:spec': {
        'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {}, 'f:port': {} } },
        'f:selector': {},
      },
    });
    const again = server.apply('Service', 'web', service({ selector: { app: 'web' }, ports: [port] }), kubectl);
    expect(again.code).toBe(200);
    expect(part(again, 'metadata', 'resourceVersion')).toBe(part(created, 'metadata', 'resourceVersion'));
  });

  it('changes nothing in a dry run', () => {
    const server = new TestServer();
    const options = { ...kubectl, dryRun: true };
    expect(server.apply('ConfigMap', 'web', configMap({ a: '1' }), options).code).toBe(201);
    expect(server.get('ConfigMap', 'web').code).toBe(404);
    server.apply('ConfigMap', 'web', configMap({ a: '1' }), kubectl);
    const changed = server.apply('ConfigMap', 'web', configMap({ a: '2' }), options);
    expect(part(changed, 'data', 'a')).toBe('2');
    expect(part(server.get('ConfigMap', 'web'), 'data', 'a')).toBe('1');
  });

  it('takes away what the manager applied before and nobody else owns', () => {
    const server = new TestServer();
    const before = configMap({ a: '1', b: '2', c: '3' }, { labels: { x: '1', y: '2' } });
    server.apply('ConfigMap', 'web', before, kubectl);
    server.apply('ConfigMap', 'web', configMap({ b: '2' }), other);
    server.patch('ConfigMap', 'web', 'merge', { data: { d: '4' } }, { fieldManager: 'kubectl-patch' });
    const after = server.apply('ConfigMap', 'web', configMap({ a: '1' }, { labels: { x: '1' } }), kubectl);
    expect(part(after, 'data')).toEqual({ a: '1', b: '2', d: '4' });
    expect(part(after, 'metadata', 'labels')).toEqual({ x: '1' });
    expect(managers(after)).toEqual(['other Apply', 'kubectl Apply', 'kubectl-patch Update']);
  });

  it('leaves fields with defaults to nobody', () => {
    const server = new TestServer();
    server.apply('Service', 'web', service({ type: 'NodePort', ports: [port] }), kubectl);
    const after = server.apply('Service', 'web', service({ ports: [port] }), kubectl);
    expect(part(after, 'spec', 'type')).toBe('ClusterIP');
  });

  it('refuses a body that says it is something else', () => {
    const server = new TestServer();
    const refused = server.apply('ConfigMap', 'web', { ...configMap({}), kind: 'Secret' }, kubectl);
    expect(refused).toMatchObject({ code: 400, message: 'invalid object type: /v1, Kind=Secret' });
    const owned = server.apply('ConfigMap', 'web', configMap({}, { managedFields: [] }), kubectl);
    expect(owned).toMatchObject({ code: 400, message: 'metadata.managedFields must be nil' });
    const misnamed = server.apply('ConfigMap', 'web', configMap({}, { name: 'b' }), kubectl);
    expect(misnamed.message).toBe('the name of the object (b) does not match the name on the URL (web)');
  });

  it('asks for a field manager', () => {
    const refused = new TestServer().apply('ConfigMap', 'web', configMap({}));
    expect(refused).toMatchObject({
      code: 422,
      message: 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    });
  });

  it('lets validation and the optimistic lock have their say', () => {
    const server = new TestServer();
    const invalid = server.apply('Service', 'web', service({ ports: [{ port: 0 }] }), kubectl);
    expect(invalid.code).toBe(422);
    server.apply('ConfigMap', 'web', configMap({ a: '1' }), kubectl);
    const stale = server.apply('ConfigMap', 'web', configMap({ a: '2' }, { resourceVersion: '1' }), kubectl);
    expect(stale).toMatchObject({ code: 409, reason: 'Conflict' });
  });
});

describe('conflicts', () => {
  function contested(): TestServer {
    const server = new TestServer();
    server.apply('Service', 'web', service({ selector: { app: 'a' }, ports: [port] }), kubectl);
    return server;
  }

  it('name the manager and the field', () => {
    const refused = contested().apply('Service', 'web', service({ selector: { app: 'b' }, ports: [port] }), other);
    expect(refused).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "kubectl": .spec.selector',
      causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "kubectl"', field: '.spec.selector' }],
    });
  });

  it('are listed by manager', () => {
    const server = contested();
    server.patch('Service', 'web', 'merge', { spec: { type: 'NodePort' } }, { fieldManager: 'kubectl-patch' });
    const body = service({ selector: { app: 'b' }, type: 'LoadBalancer', ports: [{ ...port, name: 'x' }] });
    expect(server.apply('Service', 'web', body, other).message).toBe(
      [
        'Apply failed with 3 conflicts: conflicts with "kubectl":',
        '- .spec.selector',
        '- .spec.ports[port=80,protocol="TCP"].name',
        'conflicts with "kubectl-patch" using v1:',
        '- .spec.type',
      ].join('\n'),
    );
  });

  it('do not arise over equal values; who changes nothing has no time and comes first', () => {
    const shared = contested().apply('Service', 'web', service({ selector: { app: 'a' } }), other);
    expect(shared.code).toBe(200);
    expect(managers(shared)).toEqual(['other Apply', 'kubectl Apply']);
    expect(shared.object?.metadata.managedFields?.[0]).not.toHaveProperty('time');
  });

  it('end with force, which takes the field over', () => {
    const server = contested();
    const forced = server.apply('Service', 'web', service({ selector: { app: 'b' } }), { ...other, force: true });
    expect(part(forced, 'spec', 'selector')).toEqual({ app: 'b' });
    expect(fieldsOf(forced, 'other')).toEqual({ 'f:spec': { 'f:selector': {} } });
    expect(JSON.stringify(fieldsOf(forced, 'kubectl'))).not.toContain('selector');
    const back = server.apply('Service', 'web', service({ selector: { app: 'a' }, ports: [port] }), kubectl);
    expect(back.message).toBe('Apply failed with 1 conflict: conflict with "other": .spec.selector');
  });

  it('arise with whoever wrote last by other means', () => {
    const server = contested();
    server.patch('Service', 'web', 'merge', { spec: { selector: { app: 'p' } } }, { fieldManager: 'kubectl-patch' });
    const refused = server.apply('Service', 'web', service({ selector: { app: 'a' }, ports: [port] }), kubectl);
    expect(refused.message).toBe(
      'Apply failed with 1 conflict: conflict with "kubectl-patch" using v1: .spec.selector',
    );
  });

  it('name the subresource', () => {
    const server = new TestServer();
    server.apply('Deployment', 'web', deployment([{ name: 'c', image: 'nginx' }]), kubectl);
    const scale = { spec: { replicas: 3 } };
    server.patch('Deployment', 'web', 'merge', scale, { subresource: 'scale', fieldManager: 'kubectl' });
    const body = deployment([{ name: 'c', image: 'nginx' }], { replicas: 2 });
    expect(server.apply('Deployment', 'web', body, kubectl).message).toBe(
      'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
    );
  });

  it('with client-side apply are settled by its annotation, for kubectl alone', () => {
    const manifest = configMap({ a: '1', b: '1' });
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(manifest) };
    const server = new TestServer();
    const clientSide = { fieldManager: 'kubectl-client-side-apply' };
    server.create('ConfigMap', { ...manifest, metadata: { name: 'web', annotations } }, clientSide);
    const changed = configMap({ a: '2', b: '1' });
    expect(server.apply('ConfigMap', 'web', changed, other).code).toBe(409);
    const taken = server.apply('ConfigMap', 'web', changed, kubectl);
    expect(taken.code).toBe(200);
    const text = part(taken, 'metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration');
    expect(JSON.parse(String(text))).toEqual(changed);
  });
});

describe('lists', () => {
  const ports = (answer: Answer): readonly (readonly unknown[])[] =>
    (part(answer, 'spec', 'ports') as readonly JsonObject[]).map(({ name, port }) => [name, port]);

  it('are merged by their keys, each element with its own owner', () => {
    const server = new TestServer();
    server.apply('Service', 'web', service({ ports: [port] }), kubectl);
    const more = server.apply('Service', 'web', service({ ports: [{ name: 'metrics', port: 9090 }] }), other);
    expect(ports(more)).toEqual([
      ['http', 80],
      ['metrics', 9090],
    ]);
    const less = server.apply('Service', 'web', service({ ports: [{ name: 'metrics', port: 9090 }] }), kubectl);
    expect(ports(less)).toEqual([['metrics', 9090]]);
  });

  it('are told apart by all of their keys', () => {
    const server = new TestServer();
    const dns = [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53 },
    ];
    const applied = server.apply('Service', 'web', service({ ports: dns }), kubectl);
    expect(ports(applied)).toEqual([
      ['dns', 53],
      ['dns-tcp', 53],
    ]);
    expect(JSON.stringify(fieldsOf(applied, 'kubectl'))).toContain('{\\"port\\":53,\\"protocol\\":\\"TCP\\"}');
  });

  it('take the order of the configuration', () => {
    const server = new TestServer();
    const named = (name: string, number: number): JsonObject => ({ name, port: number });
    server.apply('Service', 'web', service({ ports: [named('a', 1), named('b', 2), named('c', 3)] }), kubectl);
    const turned = service({ ports: [named('c', 3), named('a', 1), named('d', 4), named('b', 2)] });
    expect(ports(server.apply('Service', 'web', turned, kubectl))).toEqual([
      ['c', 3],
      ['a', 1],
      ['d', 4],
      ['b', 2],
    ]);
  });

  it('of containers and their variables go by name', () => {
    const server = new TestServer();
    const env = [{ name: 'A', value: '1' }];
    server.apply('Deployment', 'web', deployment([{ name: 'app', image: 'nginx', env }]), kubectl);
    const sidecar = { name: 'app', env: [{ name: 'B', value: '2' }] };
    const both = server.apply('Deployment', 'web', deployment([sidecar, { name: 'side', image: 'busybox' }]), other);
    const containers = part(both, 'spec', 'template', 'spec', 'containers') as readonly JsonObject[];
    expect(containers.map(({ name }) => name)).toEqual(['app', 'side']);
    expect(containers[0]).toMatchObject({ image: 'nginx', env: [...env, { name: 'B', value: '2' }] });
  });

  it('that are sets are merged, atomic ones replaced', () => {
    const server = new TestServer();
    const held = (finalizer: string): JsonObject => {
      return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', finalizers: [finalizer] } };
    };
    server.apply('ConfigMap', 'web', held('example.com/a'), kubectl);
    const united = server.apply('ConfigMap', 'web', held('example.com/b'), other);
    expect(part(united, 'metadata', 'finalizers')).toEqual(['example.com/a', 'example.com/b']);
    expect(fieldsOf(united, 'other')).toEqual({ 'f:metadata': { 'f:finalizers': { 'v:"example.com/b"': {} } } });
    server.apply('Service', 'web', service({ ports: [port], externalIPs: ['192.0.2.1'] }), kubectl);
    const replaced = service({ externalIPs: ['192.0.2.2'] });
    expect(server.apply('Service', 'web', replaced, other).message).toContain('.spec.externalIPs');
    const forced = server.apply('Service', 'web', replaced, { ...other, force: true });
    expect(part(forced, 'spec', 'externalIPs')).toEqual(['192.0.2.2']);
  });
});

describe('a configuration of the wrong type', () => {
  const failed = (problem: string): string =>
    `failed to create typed patch object (default/web; /v1, Kind=Service): ${problem}`;
  const cases: readonly (readonly [string, JsonObject, string])[] = [
    ['unknown field', { selectors: { a: 'b' } }, '.spec.selectors: field not declared in schema'],
    ['repeated key', { ports: [port, port] }, '.spec.ports: duplicate entries for key [port=80,protocol="TCP"]'],
    [
      'text for a number',
      { ports: [{ port: 'http' }] },
      '.spec.ports[port="http",protocol="TCP"].port: expected numeric (int or float), got string',
    ],
    ['number for a text', { type: 1 }, '.spec.type: expected string, got &value.valueUnstructured{Value:1}'],
    ['text for a map', { selector: 'web' }, '.spec.selector: expected map, got &{web}'],
    ['map for a list', { ports: { a: 1 } }, '.spec.ports: expected list, got &{map[a:1]}'],
    [
      'text for a bool',
      { publishNotReadyAddresses: 'yes' },
      '.spec.publishNotReadyAddresses: expected boolean, got &{yes}',
    ],
    [
      'map for a scalar',
      { ports: [{ port: 80, targetPort: {} }] },
      '.spec.ports[port=80,protocol="TCP"].targetPort: expected any scalar, got &{map[]}',
    ],
    [
      'element without keys',
      { ports: ['a'] },
      '.spec.ports: element 0: associative list with keys may not have non-map elements',
    ],
    // A key that is null is there, and its default is not.
    [
      'null for a key',
      { ports: [{ port: 80, protocol: null, x: 1 }] },
      '.spec.ports[port=80,protocol=null].x: field not declared in schema',
    ],
    ['several', { a: 1, type: 2 }, '.spec.a: field not declared in schema'],
    [
      'several places',
      { ports: [{ port: 80, x: 1 }], type: 2 },
      'errors:\n  .spec.ports[port=80,protocol="TCP"].x: field not declared in schema\n  .spec.type: expected string, got &value.valueUnstructured{Value:2}',
    ],
  ];

  it.each(cases)('%s', (_, spec, problem) => {
    const server = new TestServer();
    const body = service(spec, { namespace: 'default' });
    expect(server.apply('Service', 'web', body, kubectl)).toMatchObject({ code: 500, message: failed(problem) });
  });
});

describe('other writes', () => {
  it('own what they set, with its defaults', () => {
    const server = new TestServer();
    const body = deployment([{ name: 'c', image: 'nginx' }]);
    const created = server.create('Deployment', body, { fieldManager: 'kubectl-create' });
    expect(managers(created)).toEqual(['kubectl-create Update']);
    expect(fieldsOf(created, 'kubectl-create')).toMatchObject({
      'f:spec': {
        'f:replicas': {},
        'f:selector': {},
        'f:strategy': { 'f:rollingUpdate': { '.': {}, 'f:maxSurge': {}, 'f:maxUnavailable': {} }, 'f:type': {} },
        'f:template': { 'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } } },
      },
    });
    expect(fieldsOf(created, 'kubectl-create')).not.toHaveProperty('f:status');
  });

  it('take over what they change, and a manager with nothing left is gone', () => {
    const server = new TestServer();
    server.create('ConfigMap', configMap({ a: '1' }), { fieldManager: 'one' });
    server.patch('ConfigMap', 'web', 'merge', { data: { a: '2', b: '1' } }, { fieldManager: 'two' });
    const replaced = server.replace('ConfigMap', 'web', configMap({ a: '3' }), { fieldManager: 'three' });
    expect(managers(replaced)).toEqual(['one Update', 'three Update']);
    expect(fieldsOf(replaced, 'three')).toEqual({ 'f:data': { 'f:a': {} } });
    expect(fieldsOf(replaced, 'one')).toEqual({ 'f:data': {} });
  });

  it('through the status own nothing but the status', () => {
    const server = new TestServer();
    server.create('Deployment', deployment([{ name: 'c', image: 'nginx' }]), { fieldManager: 'one' });
    const status = { status: { observedGeneration: 1 }, metadata: { labels: { x: 'y' } } };
    const patched = server.patch('Deployment', 'web', 'merge', status, { fieldManager: 'two', subresource: 'status' });
    expect(managers(patched)).toEqual(['one Update', 'two Update status']);
    expect(fieldsOf(patched, 'two')).toEqual({ 'f:status': { 'f:observedGeneration': {} } });
  });

  it('can reset the managers', () => {
    const server = new TestServer();
    server.create('ConfigMap', configMap({ a: '1' }), { fieldManager: 'one' });
    const reset = [{ op: 'replace', path: '/metadata/managedFields', value: [{}] }];
    expect(managers(server.patch('ConfigMap', 'web', 'json', reset))).toEqual([]);
    const applied = server.apply('ConfigMap', 'web', configMap({ a: '2' }), kubectl);
    expect(applied.message).toContain('conflict with "before-first-apply" using v1: .data.a');
  });

  it('of more than ten managers lose the names of the oldest', () => {
    const server = new TestServer();
    server.create('ConfigMap', configMap({ k0: '0' }), { fieldManager: 'm00' });
    for (let index = 1; index <= 12; index += 1) {
      server.now += 1000;
      const fieldManager = `m${String(index).padStart(2, '0')}`;
      server.patch('ConfigMap', 'web', 'merge', { data: { [`k${index}`]: '0' } }, { fieldManager });
    }
    const names = managers(server.get('ConfigMap', 'web'));
    expect(names).toHaveLength(10);
    expect(names[0]).toBe('ancient-changes Update');
  });

  it('do not let sent managers through a subresource', () => {
    const server = new TestServer();
    server.create('Deployment', deployment([{ name: 'c', image: 'nginx' }]), { fieldManager: 'one' });
    const patch = [{ op: 'replace', path: '/metadata/managedFields', value: [] }];
    const options = { subresource: 'status', fieldManager: 'two' } as const;
    expect(managers(server.patch('Deployment', 'web', 'json', patch, options))).toEqual(['one Update']);
  });
});

describe('stored objects that elude the schema', () => {
  it('have no managers and take no apply', () => {
    const server = new TestServer();
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web' } };
    expect(managers(server.create('ServiceAccount', { ...account, secrets: [{ kind: 'Secret' }] }))).toEqual([]);
    expect(server.apply('ServiceAccount', 'web', account, kubectl)).toMatchObject({
      code: 500,
      message:
        'failed to create typed live object (default/web; /v1, Kind=ServiceAccount): .secrets: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn\'t have default values for any key fields)',
    });
  });
});

describe('hostile names', () => {
  it.each<readonly [Kind, JsonObject]>([
    [
      'ConfigMap',
      JSON.parse(
        '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"web"},"data":{"__proto__":"x","constructor":"y"}}',
      ) as JsonObject,
    ],
  ])('are names as others: %s', (kind, body) => {
    const applied = new TestServer().apply(kind, 'web', body, kubectl);
    expect(fieldsOf(applied, 'kubectl')).toEqual({ 'f:data': { 'f:__proto__': {}, 'f:constructor': {} } });
  });
});

describe('server-side apply of a Scale', () => {
  const scale = (replicas: number): JsonObject => ({
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name: 'web' },
    spec: { replicas },
  });
  const other = { fieldManager: 'scaler', subresource: 'scale' } as const;

  function scalable(): TestServer {
    const server = new TestServer();
    server.apply('Deployment', 'web', deployment([{ name: 'c', image: 'nginx' }], { replicas: 2 }), kubectl);
    return server;
  }

  // Without a change there is no time, and what has none comes first.
  it('makes its manager an owner of the replicas', () => {
    const server = scalable();
    expect(server.apply('Deployment', 'web', scale(2), other)).toMatchObject({ code: 200, object: { kind: 'Scale' } });
    expect(server.get('Deployment', 'web').object?.metadata.managedFields).toMatchObject([
      {
        manager: 'scaler',
        operation: 'Apply',
        apiVersion: 'apps/v1',
        fieldsV1: { 'f:spec': { 'f:replicas': {} } },
        subresource: 'scale',
      },
      { manager: 'kubectl', operation: 'Apply', apiVersion: 'apps/v1', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
    ]);
  });

  it('conflicts with other owners, and takes the replicas from them by force', () => {
    const server = scalable();
    expect(server.apply('Deployment', 'web', scale(5), other)).toMatchObject({
      code: 409,
      message: 'Apply failed with 1 conflict: conflict with "kubectl": .spec.replicas',
    });
    expect(server.apply('Deployment', 'web', scale(5), { ...other, force: true }).code).toBe(200);
    const { object } = server.get('Deployment', 'web');
    expect(object).toMatchObject({ spec: { replicas: 5 } });
    const owners = object?.metadata.managedFields?.filter(({ fieldsV1 }) =>
      JSON.stringify(fieldsV1).includes('replicas'),
    );
    expect(owners?.map(({ manager }) => manager)).toEqual(['scaler']);
  });

  it('names the version that a Scale is of', () => {
    const server = new TestServer();
    server.create('Deployment', deployment([{ name: 'c', image: 'nginx' }], { replicas: 2 }), {
      fieldManager: 'creator',
    });
    expect(server.apply('Deployment', 'web', scale(5), other).message).toBe(
      'Apply failed with 1 conflict: conflict with "creator" using autoscaling/v1: .spec.replicas',
    );
  });

  it.each<[string, JsonObject, number, string]>([
    [
      'a Deployment',
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } },
      400,
      'invalid object type: apps/v1, Kind=Deployment',
    ],
    [
      'less than nothing',
      scale(-1),
      422,
      'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      'the Scale of another',
      { ...scale(2), metadata: { name: 'web', uid: 'other' } },
      409,
      'Operation cannot be fulfilled on deployments/scale.apps "web": Precondition failed: UID in precondition: other, UID in object meta: ',
    ],
  ])('refuses %s', (_what, body, code, message) => {
    const server = scalable();
    const answer = server.apply('Deployment', 'web', body, { ...other, force: true });
    expect(answer.code).toBe(code);
    expect(answer.message).toContain(message);
  });
});
