import { describe, expect, it } from '@jest/globals';
import { resources, type Json, type JsonObject, type Pod } from '@kubedrill/kube-model';
import type { ApiResponse } from '../../src/api/request.ts';
import { TestServer } from './api-server-fixture.ts';

const containers = [{ name: 'c', image: 'nginx' }];

function withPod(): TestServer {
  const server = new TestServer();
  server.create('Pod', { metadata: { name: 'web', labels: { app: 'web' } }, spec: { containers } });
  return server;
}

function create({ server }: TestServer, subresource: 'eviction' | 'binding', body: Json, dryRun = false): ApiResponse {
  const target = { resource: resources.Pod, namespace: 'default', name: 'web' };
  return server.handle({ verb: 'create', ...target, subresource, body, dryRun });
}

function said(response: ApiResponse): readonly [number, string] {
  return response.ok ? [response.code, ''] : [response.status.code, response.status.message];
}

function pod(server: TestServer): Pod | undefined {
  return server.store.get('Pod', 'default', 'web');
}

const created = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };

/** pkg/registry/core/pod/storage/eviction.go. */
describe('an eviction', () => {
  const eviction = (deleteOptions: JsonObject): Json => ({ metadata: { name: 'web' }, deleteOptions });

  it('is answered with what was not made', () => {
    const server = withPod();
    expect(create(server, 'eviction', eviction({}))).toMatchObject({ ok: true, code: 201, object: created });
    expect(pod(server)).toBeUndefined();
  });

  it.each<[string, Json, number, string]>([
    ['has the name of the Pod', {}, 400, 'name in URL does not match name in Eviction object'],
    [
      'is of numbers where they belong',
      eviction({ gracePeriodSeconds: 'ten' }),
      400,
      'Eviction in version "v1" cannot be handled as a Eviction: json: cannot unmarshal string into Go struct field DeleteOptions.deleteOptions.gracePeriodSeconds of type int64',
    ],
    [
      'is not unsafe',
      eviction({ ignoreStoreReadErrorWithClusterBreakingPotential: true }),
      422,
      'Eviction.policy "web" is invalid: deleteOptions.ignoreStoreReadErrorWithClusterBreakingPotential: Invalid value: true: can not be set for pod eviction, try after removing the option',
    ],
    [
      'meets the Pod that it means',
      eviction({ preconditions: { uid: 'other' } }),
      409,
      'Operation cannot be fulfilled on Pod "web": the UID in the precondition (other) does not match the UID in record (UID). The object might have been deleted and then recreated',
    ],
    [
      'meets the version that it means',
      eviction({ preconditions: { resourceVersion: '1' } }),
      409,
      'Operation cannot be fulfilled on Pod "web": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (VERSION). The object might have been modified',
    ],
    [
      'knows three ways for dependents',
      eviction({ propagationPolicy: 'Sideways' }),
      422,
      'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Sideways": supported values: "Foreground", "Background", "Orphan", "nil"',
    ],
    [
      'says it once',
      eviction({ propagationPolicy: 'Orphan', orphanDependents: true }),
      422,
      'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set',
    ],
    [
      'is tried or done',
      eviction({ dryRun: ['Some'] }),
      422,
      'DeleteOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
    ],
  ])('%s', (_, body, code, message) => {
    const server = withPod();
    const { uid, resourceVersion } = pod(server)?.metadata ?? { uid: '' };
    const expected = message.replace('UID)', `${uid})`).replace('VERSION', resourceVersion ?? '');
    expect(said(create(server, 'eviction', body))).toEqual([code, expected]);
    expect(pod(server)).toBeDefined();
  });

  it.each<[string, JsonObject, boolean]>([
    ['the body', { dryRun: ['All'] }, false],
    ['the query', {}, true],
  ])('is only tried where %s says so', (_, options, dryRun) => {
    const server = withPod();
    const before = pod(server);
    expect(said(create(server, 'eviction', eviction(options), dryRun))).toEqual([201, '']);
    expect(pod(server)).toBe(before);
  });

  it('finds the version that it means, and the way that dependents go', () => {
    const server = withPod();
    const { resourceVersion = '' } = pod(server)?.metadata ?? {};
    const options = { preconditions: { resourceVersion }, propagationPolicy: 'Foreground' };
    expect(said(create(server, 'eviction', eviction(options)))).toEqual([201, '']);
    expect(pod(server)).toMatchObject({
      metadata: { finalizers: ['foregroundDeletion'] },
      status: { conditions: [{ type: 'DisruptionTarget', reason: 'EvictionByEvictionAPI' }] },
    });
  });

  it('looks at a budget that was overdrawn', () => {
    const server = withPod();
    server.create('PodDisruptionBudget', { metadata: { name: 'few' }, spec: { selector: {}, minAvailable: 1 } });
    const few = server.store.get('PodDisruptionBudget', 'default', 'few');
    const web = pod(server);
    if (few) server.store.put({ ...few, status: { ...few.status, observedGeneration: 1, disruptionsAllowed: -1 } });
    if (web) server.store.put({ ...web, status: { ...web.status, phase: 'Running' } });
    expect(said(create(server, 'eviction', eviction({})))).toEqual([
      403,
      'poddisruptionbudget.policy "few" is forbidden: pdb disruptions allowed is negative',
    ]);
  });
});

/** BindingREST of pkg/registry/core/pod/storage/storage.go. */
describe('a binding', () => {
  const binding = (target: JsonObject, metadata: JsonObject = {}): Json => ({
    metadata: { name: 'web', ...metadata },
    target,
  });
  const toNode = { kind: 'Node', name: 'node-1' };

  it.each<[string, Json, number, string]>([
    ['has the name of the Pod', { target: toNode }, 400, 'name in URL does not match name in Binding object'],
    [
      'is to a node',
      binding({ kind: 'Pod' }),
      500,
      '[target.kind: Unsupported value: "Pod": supported values: "Node", "<empty>", target.name: Required value]',
    ],
    [
      'meets the Pod that it means',
      binding(toNode, { uid: 'other' }),
      409,
      'Operation cannot be fulfilled on pods "web": StorageError: invalid object, Code: 4, Key: /registry/pods/default/web, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: UID',
    ],
    [
      'meets the version that it means',
      binding(toNode, { resourceVersion: '1' }),
      409,
      'Operation cannot be fulfilled on pods "web": StorageError: invalid object, Code: 4, Key: /registry/pods/default/web, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: ResourceVersion in precondition: 1, ResourceVersion in object meta: VERSION',
    ],
  ])('%s', (_, body, code, message) => {
    const server = withPod();
    const { uid, resourceVersion } = pod(server)?.metadata ?? { uid: '' };
    const expected = message.replace(/UID$/, uid).replace(/VERSION$/, resourceVersion ?? '');
    expect(said(create(server, 'binding', body))).toEqual([code, expected]);
    expect(pod(server)?.spec.nodeName).toBeUndefined();
  });

  it.each([
    ['of the place where the node stands', toNode, { 'topology.kubernetes.io/zone': 'a' }],
    ['of the binding alone where it does not name the kind', { name: 'node-1' }, {}],
  ])('brings the labels %s', (_, target, more) => {
    const server = withPod();
    const labels = { 'topology.kubernetes.io/zone': 'a', other: 'b' };
    server.create('Node', { metadata: { name: 'node-1', labels } });
    const own = { labels: { app: 'other' }, annotations: { note: 'bound' } };
    expect(create(server, 'binding', binding(target, own))).toMatchObject({ code: 201, object: created });
    expect(pod(server)).toMatchObject({
      metadata: { labels: { app: 'other', ...more }, annotations: { note: 'bound' } },
      spec: { nodeName: 'node-1' },
      status: { conditions: [{ type: 'PodScheduled', status: 'True' }] },
    });
  });
});
