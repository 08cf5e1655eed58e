import { describe, expect, it } from '@jest/globals';
import type { JsonObject, Kind } from '@kubedrill/kube-model';
import { TestServer } from '../api-server-fixture.ts';

const hints = (zones: number, nodes: number): JsonObject => ({
  metadata: { name: 's' },
  addressType: 'IPv4',
  endpoints: [
    {
      addresses: ['1.2.3.4'],
      hints: {
        forZones: Array.from({ length: zones }, (_zone, index) => ({ name: `z${index}` })),
        forNodes: Array.from({ length: nodes }, (_node, index) => ({ name: `n${index}` })),
      },
    },
  ],
});

const owner = { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'u', controller: true };

const claim = { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };

/** Expected texts follow from the Go structs and validation functions of Kubernetes 1.36. */
describe('refusals', () => {
  it.each<[string, Kind, JsonObject, string]>([
    [
      'a taint twice',
      'Node',
      {
        metadata: { name: 'n' },
        spec: {
          taints: [
            { key: 'a', effect: 'NoSchedule' },
            { key: 'a', value: 'b', effect: 'NoSchedule' },
          ],
        },
      },
      'metadata.taints[1]: Duplicate value: {"Key":"a","Value":"b","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair',
    ],
    [
      'two controllers',
      'ConfigMap',
      { metadata: { name: 'a', ownerReferences: [owner, { ...owner, uid: 'v', blockOwnerDeletion: false }] } },
      'metadata.ownerReferences: Invalid value: [{"apiVersion":"v1","kind":"Pod","name":"a","uid":"u","controller":true},{"apiVersion":"v1","kind":"Pod","name":"a","uid":"v","controller":true,"blockOwnerDeletion":false}]: Only one reference can have Controller set to true. Found "true" in references for Pod/a and Pod/a',
    ],
    [
      'an owner whose version cannot be read',
      'ConfigMap',
      { metadata: { name: 'a', ownerReferences: [{ ...owner, apiVersion: 'a/b/c' }] } },
      'metadata.ownerReferences.apiVersion: Invalid value: "a/b/c": version must not be empty',
    ],
    [
      'too many zones: the nodes are not counted',
      'EndpointSlice',
      hints(9, 9),
      'endpoints[0].hints.forZones: Too many: 9: must have at most 8 items',
    ],
    [
      'too many nodes',
      'EndpointSlice',
      hints(8, 9),
      'endpoints[0].hints.forNodes: Too many: 9: must have at most 8 items',
    ],
    [
      'a Job without a name, for that alone',
      'Job',
      {
        metadata: {},
        spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'a' }] } } },
      },
      'metadata.name: Required value: name or generateName is required',
    ],
    [
      'two claims without a name, as the one volume that they are',
      'StatefulSet',
      {
        metadata: { name: 'a' },
        spec: {
          selector: { matchLabels: { a: 'b' } },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'a' }] } },
          volumeClaimTemplates: [claim, claim],
        },
      },
      '[spec.template.spec.volumes[0].persistentVolumeClaim.claimName: Required value, spec.template.spec.volumes[0].name: Required value]',
    ],
    [
      'a last port where the first is null',
      'NetworkPolicy',
      { metadata: { name: 'a' }, spec: { podSelector: {}, ingress: [{ ports: [{ port: null, endPort: 443 }] }] } },
      'spec.ingress[0].ports[0].endPort: Invalid value: 443: may not be specified when `port` is not specified',
    ],
  ])('%s', (_what, kind, body, text) => {
    const { code, message } = new TestServer().create(kind, body);
    expect(code).toBe(422);
    expect(message?.replace(/^.*? is invalid: /, '')).toBe(text);
  });
});

it('a Pod of a runtime class that is not there', () => {
  const body = {
    metadata: { name: 'p' },
    spec: { runtimeClassName: 'gvisor', containers: [{ name: 'c', image: 'a' }] },
  };
  expect(new TestServer().create('Pod', body)).toMatchObject({
    code: 403,
    message: 'pods "p" is forbidden: pod rejected: RuntimeClass "gvisor" not found',
  });
});

/** ValidateObjectMetaUpdate of pkg/apis/core/validation; ValidatePodDisruptionBudget does without. */
it.each<[Kind, JsonObject, number]>([
  ['ConfigMap', {}, 422],
  ['Service', { spec: { ports: [{ port: 80 }] } }, 422],
  ['NetworkPolicy', { spec: { podSelector: {} } }, 422],
  ['EndpointSlice', { addressType: 'IPv4', endpoints: [] }, 422],
  ['PodDisruptionBudget', { spec: { minAvailable: 1 } }, 200],
])('a finalizer without a domain on a %s that is there', (kind, body, code) => {
  const server = new TestServer();
  server.create(kind, { metadata: { name: 'a' }, ...body });
  const answer = server.patch(kind, 'a', 'merge', { metadata: { finalizers: ['hold'] } });
  expect(answer.code).toBe(code);
  if (code === 200) return;
  expect(answer.message).toContain(
    'is invalid: metadata.finalizers[0]: Invalid value: "hold": name is neither a standard finalizer name nor is it fully qualified',
  );
});

/** reflect.DeepEqual of registry/networking/networkpolicy/strategy.go; of a Deployment apiequality.Semantic looks. */
it.each<[string, JsonObject, number]>([
  ['the same', { podSelector: {} }, 1],
  ['rules without one', { podSelector: {}, ingress: [] }, 2],
  ['labels without one', { podSelector: { matchLabels: {} } }, 2],
])('the generation of a NetworkPolicy that is replaced with %s', (_what, spec, generation) => {
  const server = new TestServer();
  server.create('NetworkPolicy', { metadata: { name: 'a' }, spec: { podSelector: {} } });
  const { object } = server.replace('NetworkPolicy', 'a', { metadata: { name: 'a' }, spec });
  expect(object?.metadata.generation).toBe(generation);
});

/** portallocator/operation.go: a dry run looks at what is taken, and not at the range. */
it.each<[number, number]>([
  [80, 201],
  [30080, 422],
])('a dry run with node port %i answers %i', (nodePort, code) => {
  const server = new TestServer();
  const service = (name: string, port: number): JsonObject => ({
    metadata: { name },
    spec: { type: 'NodePort', ports: [{ port: 80, nodePort: port }] },
  });
  server.create('Service', service('first', 30080));
  expect(server.create('Service', service('second', nodePort), { dryRun: true }).code).toBe(code);
});
