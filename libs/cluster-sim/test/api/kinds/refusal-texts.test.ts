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

const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const scaled = (scaleTargetRef: JsonObject, metrics: readonly JsonObject[] = []): JsonObject => ({
  metadata: { name: 'a' },
  spec: { maxReplicas: 2, scaleTargetRef, metrics },
});
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
      'an autoscaler of a kind without a group',
      'HorizontalPodAutoscaler',
      scaled({ kind: 'Deployment', name: 'web' }),
      'spec.scaleTargetRef.apiVersion: Invalid value: "": apiVersion must specify API group',
    ],
    [
      'an autoscaler of a version that is none',
      'HorizontalPodAutoscaler',
      scaled({ apiVersion: 'a/b/c', kind: 'Deployment', name: 'web' }),
      'spec.scaleTargetRef.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c',
    ],
    [
      'a metric of Pods without a name or an average',
      'HorizontalPodAutoscaler',
      scaled(deployment, [{ type: 'Pods', pods: { metric: { name: '' }, target: { type: 'Value', value: '1' } } }]),
      '[spec.metrics[0].pods.metric.name: Required value: must specify a metric name, spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue]',
    ],
    [
      'a metric of an object without an amount',
      'HorizontalPodAutoscaler',
      scaled(deployment, [
        {
          type: 'Object',
          object: { describedObject: { kind: 'Service', name: 'a' }, metric: { name: 'm' }, target: { type: 'Value' } },
        },
      ]),
      'spec.metrics[0].object.target.averageValue: Required value: must set either a target value or averageValue',
    ],
    [
      'a quota for scopes, as Go writes their selector',
      'ResourceQuota',
      {
        metadata: { name: 'a' },
        spec: {
          hard: { 'services.nodeports': '1' },
          scopeSelector: { matchExpressions: [{ operator: 'Exists', scopeName: 'BestEffort' }] },
        },
      },
      'spec.scopeSelector.matchExpressions: Invalid value: {"MatchExpressions":[{"ScopeName":"BestEffort","Operator":"Exists","Values":null}]}: unsupported scope applied to resource',
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

it('an IngressClass that loses its controller', () => {
  const server = new TestServer();
  server.create('IngressClass', { metadata: { name: 'a' }, spec: { controller: 'example.com/c' } });
  expect(server.patch('IngressClass', 'a', 'merge', { spec: { controller: null } }).message).toBe(
    'IngressClass.networking.k8s.io "a" is invalid: [spec.controller: Invalid value: "": field is immutable, spec.controller: Required value]',
  );
});

/** An autoscaler from before the check may keep what it says: validationOptionsForHorizontalPodAutoscaler. */
it.each<[string, JsonObject, number]>([
  ['the same kind', { kind: 'ReplicationController', name: 'other' }, 200],
  ['another kind', { kind: 'Deployment' }, 422],
])('an autoscaler for %s without a group answers with %i', (_what, scaleTargetRef, code) => {
  const server = new TestServer();
  server.create('HorizontalPodAutoscaler', scaled({ kind: 'ReplicationController', name: 'web' }));
  expect(server.patch('HorizontalPodAutoscaler', 'a', 'merge', { spec: { scaleTargetRef } }).code).toBe(code);
});

it('of the secrets of a ServiceAccount no more than the name is kept', () => {
  const body = { metadata: { name: 'a' }, secrets: [{ kind: 'Secret', name: 's', uid: 'u' }] };
  expect(new TestServer().create('ServiceAccount', body).object).toMatchObject({ secrets: [{ name: 's' }] });
});

/** Storage knows no list without elements: encoding/json writes null where the field has no omitempty. */
it('a list without elements comes back as null where it is always written', () => {
  const body = { metadata: { name: 'a' }, rules: [] };
  expect(new TestServer().create('Role', body).object).toMatchObject({ rules: null });
});

/** patchStrategy replace of policy/v1 PodDisruptionBudgetSpec.selector. */
it('a strategic patch replaces the selector of a PodDisruptionBudget', () => {
  const server = new TestServer();
  server.create('PodDisruptionBudget', {
    metadata: { name: 'a' },
    spec: { minAvailable: null, maxUnavailable: 1, selector: { matchLabels: { app: 'a' } } },
  });
  const selector = { matchLabels: { tier: 'b' } };
  const { object } = server.patch('PodDisruptionBudget', 'a', 'strategic', { spec: { selector } });
  expect(object).toMatchObject({ spec: { maxUnavailable: 1 } });
  expect((object as unknown as { spec: JsonObject }).spec).toEqual({ maxUnavailable: 1, selector });
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
