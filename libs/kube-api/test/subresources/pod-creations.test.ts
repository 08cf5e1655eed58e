import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { servedCluster, type ServedCluster } from '../api-client.ts';

const manifests = `
{apiVersion: v1, kind: Pod, metadata: {name: unbound}, spec: {schedulerName: mine, containers: [{name: c, image: nginx}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: guarded, labels: {app: guarded}}, spec: {containers: [{name: c, image: nginx}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: free}, spec: {terminationGracePeriodSeconds: 0, containers: [{name: c, image: nginx}]}}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: budget}, spec: {minAvailable: 1, selector: {matchLabels: {app: guarded}}}}
`;
const pods = '/api/v1/namespaces/default/pods';
let served: ServedCluster;

beforeAll(async () => {
  served = await servedCluster(manifests);
});

afterAll(() => served.close());

const binding = (pod: string, name: string): object => ({ metadata: { name: pod }, target: { kind: 'Node', name } });
const eviction = (name: string): object => ({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } });
const success = { kind: 'Status', status: 'Success' };

/** What is created under a Pod: pkg/registry/core/pod/storage. One after the other, in this order. */
describe('pods/binding and pods/eviction', () => {
  it.each<readonly [string, string, object, number, object]>([
    ['bind a Pod', 'unbound/binding', binding('unbound', 'node-1'), 201, success],
    [
      'bind it once',
      'unbound/binding',
      binding('unbound', 'node-1'),
      409,
      {
        message:
          'Operation cannot be fulfilled on pods/binding "unbound": pod unbound is already assigned to node "node-1"',
      },
    ],
    ['find no Pod to bind', 'none/binding', binding('none', 'node-1'), 404, { message: 'pods "none" not found' }],
    [
      'do not evict what a budget guards',
      'guarded/eviction',
      eviction('guarded'),
      429,
      { message: "Cannot evict pod as it would violate the pod's disruption budget." },
    ],
    [
      'compare names',
      'free/eviction',
      eviction('other'),
      400,
      { message: 'name in URL does not match name in Eviction object' },
    ],
    ['evict a Pod', 'free/eviction', eviction('free'), 201, success],
    ['find no Pod to evict', 'none/eviction', eviction('none'), 404, { message: 'pods "none" not found' }],
  ])('%s', async (_, path, body, status, answer) => {
    const sent = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const { status: code, text } = await served.send(`${pods}/${path}`, sent);
    expect({ code, answer: JSON.parse(text) as unknown }).toMatchObject({ code: status, answer });
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE'])('know no %s', async (method) => {
    const headers = { 'content-type': 'application/merge-patch+json' };
    const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{}', headers };
    expect((await served.send(`${pods}/guarded/eviction`, { method, ...body })).status).toBe(405);
  });
});
