import { describe, expect, it } from '@jest/globals';
import { resources, type JsonObject } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { clusterWith, podManifest } from '../cluster-fixture.ts';
import { eventLines } from './event-lines.ts';

const node = { resource: resources.Node, namespace: '', name: 'node-2' };

function powerOff(cluster: Cluster): void {
  cluster.powerOff('node-2');
  cluster.advance(60_000);
}

function powerOn(cluster: Cluster): void {
  cluster.powerOn('node-2');
  cluster.advance(1_000);
}

function spec(change: JsonObject) {
  return (cluster: Cluster): void => {
    const patched = cluster.api.handle({ verb: 'patch', patchType: 'merge', ...node, body: { spec: change } });
    expect(patched.ok).toBe(true);
    cluster.advance(1_000);
  };
}

/** Texts of pkg/controller/util/node, pkg/controller/tainteviction and pkg/kubelet/kubelet_node_status.go. */
describe('what is said about nodes', () => {
  it.each<[string, readonly ((cluster: Cluster) => void)[], readonly string[]]>([
    ['of the first ones nobody remembers anything', [], []],
    [
      'a kubelet that is lost and comes back',
      [powerOff, powerOn],
      [
        'Normal NodeNotReady Node/node-* node-controller: Node node-* status is now: NodeNotReady',
        'Warning NodeNotReady Pod/web node-controller: Node is not ready',
        'Normal Starting Node/node-* kubelet: Starting kubelet.',
        'Normal NodeHasSufficientMemory Node/node-* kubelet: Node node-* status is now: NodeHasSufficientMemory',
        'Normal NodeHasNoDiskPressure Node/node-* kubelet: Node node-* status is now: NodeHasNoDiskPressure',
        'Normal NodeHasSufficientPID Node/node-* kubelet: Node node-* status is now: NodeHasSufficientPID',
        'Normal NodeReady Node/node-* kubelet: Node node-* status is now: NodeReady',
        'Normal SandboxChanged Pod/web kubelet: Pod sandbox changed, it will be killed and re-created.',
        'Normal TaintManagerEviction Pod/web taint-eviction-controller: Cancelling deletion of Pod default/web',
      ],
    ],
    [
      'five minutes later',
      [
        powerOff,
        (cluster) => {
          cluster.advance(300_000);
        },
      ],
      [
        'Normal NodeNotReady Node/node-* node-controller: Node node-* status is now: NodeNotReady',
        'Warning NodeNotReady Pod/web node-controller: Node is not ready',
        'Normal TaintManagerEviction Pod/web taint-eviction-controller: Marking for deletion Pod default/web',
      ],
    ],
    [
      'a node that is cordoned for a while',
      [spec({ unschedulable: true }), spec({ unschedulable: false })],
      [
        'Normal NodeNotSchedulable Node/node-* kubelet: Node node-* status is now: NodeNotSchedulable',
        'Normal NodeSchedulable Node/node-* kubelet: Node node-* status is now: NodeSchedulable',
      ],
    ],
    [
      'a node that comes later, and goes',
      [
        ({ api }) => {
          api.handle({
            verb: 'create',
            resource: resources.Node,
            namespace: '',
            body: { metadata: { name: 'node-9' } },
          });
        },
        (cluster) => {
          cluster.advance(1_000);
          cluster.api.handle({ verb: 'delete', ...node, name: 'node-9' });
          cluster.advance(1_000);
        },
      ],
      [
        'Normal RegisteredNode Node/node-* node-controller: Node node-* event: Registered Node node-* in Controller',
        'Normal RemovingNode Node/node-* node-controller: Node node-* event: Removing Node node-* from Controller',
      ],
    ],
  ])('%s', (_what, steps, lines) => {
    const cluster = clusterWith(podManifest('web', 'nodeName: node-2, containers: [{name: c, image: nginx}]'));
    cluster.settle();
    cluster.advance(60_000);
    const before = new Set(eventLines(cluster));
    for (const step of steps) step(cluster);
    const said = eventLines(cluster).filter((line) => !before.has(line) && !line.includes('Pulled'));
    // What is said at one moment about several objects has no order.
    expect(said.toSorted()).toEqual(lines.toSorted());
  });
});

it('a node without power says nothing', () => {
  const probe = 'readinessProbe: {httpGet: {port: 81}}';
  const cluster = clusterWith(podManifest('web', `nodeName: node-2, containers: [{name: c, image: nginx, ${probe}}]`));
  cluster.advance(25_000);
  const failures = (): number | undefined =>
    cluster.view.list('Event').find(({ reason }) => reason === 'Unhealthy')?.count;
  expect(failures()).toBe(3);
  cluster.powerOff('node-2');
  cluster.advance(120_000);
  expect(failures()).toBe(3);
});
