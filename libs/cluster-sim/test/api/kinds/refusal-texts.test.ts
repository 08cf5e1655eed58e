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
  ])('%s', (_what, kind, body, text) => {
    const { code, message } = new TestServer().create(kind, body);
    expect(code).toBe(422);
    expect(message?.replace(/^.*? is invalid: /, '')).toBe(text);
  });
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
