import { describe, expect, it } from '@jest/globals';
import { resources, type Node, type PodCondition } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { applyTo, clusterWith, deploymentManifest, isReady, podManifest, podOf } from '../cluster-fixture.ts';

function conditionOf(cluster: Cluster, pod: string, type: string): PodCondition | undefined {
  return podOf(cluster, pod).status.conditions?.find((condition) => condition.type === type);
}

function nodeOf(cluster: Cluster, name: string): Node {
  const node = cluster.view.get('Node', '', name);
  if (!node) throw new Error(`there is no node ${name}`);
  return node;
}

function taintsOf(cluster: Cluster, name: string): readonly string[] {
  return (nodeOf(cluster, name).spec.taints ?? []).map(({ key, effect }) => `${key}:${effect}`);
}

function patchNode(cluster: Cluster, name: string, subresource: 'status' | undefined, body: object): void {
  const target = { resource: resources.Node, namespace: '', name, ...(subresource ? { subresource } : {}) };
  const response = cluster.api.handle({ verb: 'patch', patchType: 'strategic', ...target, body: { ...body } });
  if (!response.ok) throw new Error(response.status.message);
}

const pinned = (name: string, extra = ''): string =>
  podManifest(name, `nodeName: node-2, containers: [{name: c, image: nginx}]${extra}`, 'app: p');
const service =
  'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: p}, ports: [{port: 80}]}\n---\n';

/** A cluster whose clock stands at a full ten seconds, when heartbeats come. */
function steady(manifests: string): Cluster {
  const cluster = clusterWith(manifests);
  cluster.settle();
  cluster.advance(10_000 - (cluster.clock.now() % 10_000));
  return cluster;
}

const unreachable = ['node.kubernetes.io/unreachable:NoSchedule', 'node.kubernetes.io/unreachable:NoExecute'];

/** Times: --node-monitor-period 5s, --node-monitor-grace-period 50s, the default tolerations of 300s. */
describe('a node without power', () => {
  it('is taken for unreachable after the grace period, and its Pods for unready', () => {
    const cluster = steady(pinned('p') + service);
    cluster.powerOff('node-2');
    cluster.advance(54_900);
    expect(nodeOf(cluster, 'node-2').status.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('True');
    expect(isReady(podOf(cluster, 'p'))).toBe(true);
    cluster.advance(100);
    expect(nodeOf(cluster, 'node-2').status.conditions).toEqual(
      ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) =>
        expect.objectContaining({
          type,
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
        }),
      ),
    );
    expect(taintsOf(cluster, 'node-2')).toEqual(unreachable);
    const ready = conditionOf(cluster, 'p', 'Ready');
    expect([ready?.status, ready?.reason, ready?.message]).toEqual(['False', undefined, undefined]);
    expect(conditionOf(cluster, 'p', 'ContainersReady')?.status).toBe('True');
    const [slice] = cluster.view
      .list('EndpointSlice', 'default')
      .filter(({ metadata }) => metadata.name !== 'kubernetes');
    expect(slice?.endpoints?.[0]?.conditions).toEqual({ ready: false, serving: false, terminating: false });
    expect(podOf(cluster, 'p').status.phase).toBe('Running');
  });

  it('loses its Pods when their tolerations run out; they stay, terminating, and are replaced elsewhere', () => {
    const cluster = steady(deploymentManifest({ name: 'web', replicas: 3 }));
    const lost = cluster.view.list('Pod', 'default').filter(({ spec }) => spec.nodeName === 'node-2');
    expect(lost).toHaveLength(1);
    cluster.powerOff('node-2');
    cluster.advance(354_000);
    expect(cluster.view.list('Pod', 'default')).toHaveLength(3);
    cluster.advance(2_500);
    const pods = cluster.view.list('Pod', 'default');
    const going = pods.filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
    expect(going.map(({ metadata }) => metadata.uid)).toEqual(lost.map(({ metadata }) => metadata.uid));
    expect(going[0]?.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'DisruptionTarget', reason: 'DeletionByTaintManager' }),
    );
    expect(pods.filter((pod) => isReady(pod) && pod.spec.nodeName !== 'node-2')).toHaveLength(3);
    cluster.advance(3_600_000);
    expect(cluster.view.list('Pod', 'default')).toHaveLength(4);
  });

  it('keeps Pods that tolerate it for ever', () => {
    const forever = ', tolerations: [{operator: Exists}]';
    const cluster = steady(pinned('p', forever));
    cluster.powerOff('node-2');
    cluster.advance(1_000_000);
    expect(podOf(cluster, 'p').metadata.deletionTimestamp).toBeUndefined();
  });

  it('is given no NoExecute taint while no node is ready', () => {
    const cluster = steady(pinned('p'));
    for (const name of ['node-1', 'node-2', 'node-3']) cluster.powerOff(name);
    cluster.advance(600_000);
    expect(taintsOf(cluster, 'node-2')).toEqual(['node.kubernetes.io/unreachable:NoSchedule']);
    expect(podOf(cluster, 'p').metadata.deletionTimestamp).toBeUndefined();
  });

  it('is dealt with ten seconds after another one of its zone', () => {
    const cluster = steady('');
    for (const name of ['node-1', 'node-2']) cluster.powerOff(name);
    cluster.advance(55_000);
    const evicted = (): number =>
      ['node-1', 'node-2'].filter((name) => taintsOf(cluster, name).some((taint) => taint.endsWith('NoExecute')))
        .length;
    expect(evicted()).toBe(1);
    cluster.advance(10_000);
    expect(evicted()).toBe(2);
  });

  it('answers nothing, and nothing runs there', () => {
    const cluster = steady(pinned('p') + podManifest('q', 'nodeName: node-1, containers: [{name: c, image: nginx}]'));
    const { podIP = '' } = podOf(cluster, 'p').status;
    const outcome = (): string => {
      const from = { kind: 'pod', namespace: 'default', name: 'q' } as const;
      return cluster.connect({ from, host: podIP, port: 80, protocol: 'TCP' }).outcome.kind;
    };
    expect(outcome()).toBe('delivered');
    cluster.powerOff('node-2');
    expect(outcome()).toBe('unreachable');
    expect(cluster.exec({ namespace: 'default', pod: 'p' }, ['true'])).toEqual({
      stdout: '',
      stderr: 'Error from server: error dialing backend: dial tcp 172.18.0.3:10250: connect: no route to host\n',
      exitCode: 1,
    });
  });
});

describe('a node that gets its power back', () => {
  it('is ready again, and its Pods start anew', () => {
    const cluster = steady(pinned('p'));
    const { podIP } = podOf(cluster, 'p').status;
    cluster.powerOff('node-2');
    cluster.advance(100_000);
    cluster.powerOn('node-2');
    cluster.settle();
    expect(taintsOf(cluster, 'node-2')).toEqual([]);
    expect(nodeOf(cluster, 'node-2').status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Ready', status: 'True', reason: 'KubeletReady' }),
    );
    const { status } = podOf(cluster, 'p');
    expect(isReady(podOf(cluster, 'p'))).toBe(true);
    expect(status.podIP).not.toBe(podIP);
    expect(status.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 255, reason: 'Unknown' } },
    });
  });

  it('runs init containers again before the others', () => {
    const init = 'initContainers: [{name: i, image: busybox, command: [sleep, "5"]}]';
    const cluster = steady(podManifest('p', `nodeName: node-2, ${init}, containers: [{name: c, image: nginx}]`));
    cluster.powerOff('node-2');
    cluster.advance(20_000);
    cluster.powerOn('node-2');
    cluster.advance(4_000);
    expect(podOf(cluster, 'p').status.initContainerStatuses?.[0]?.state.running).toBeDefined();
    expect(isReady(podOf(cluster, 'p'))).toBe(false);
    cluster.advance(4_000);
    expect(isReady(podOf(cluster, 'p'))).toBe(true);
    expect(podOf(cluster, 'p').status.initContainerStatuses?.[0]?.restartCount).toBe(1);
  });

  it('ends the Pods that were deleted meanwhile', () => {
    const cluster = steady(pinned('p'));
    cluster.powerOff('node-2');
    cluster.advance(400_000);
    expect(podOf(cluster, 'p').metadata.deletionTimestamp).toBeDefined();
    cluster.powerOn('node-2');
    cluster.settle();
    expect(cluster.view.get('Pod', 'default', 'p')).toBeUndefined();
  });
});

describe('a node that says it is not ready', () => {
  it('is tainted until its kubelet puts that right; its Pods are not marked', () => {
    const cluster = steady(pinned('p'));
    cluster.advance(1_000);
    patchNode(cluster, 'node-2', 'status', { status: { conditions: [{ type: 'Ready', status: 'False' }] } });
    cluster.advance(1_000);
    expect(taintsOf(cluster, 'node-2')).toEqual([
      'node.kubernetes.io/not-ready:NoSchedule',
      'node.kubernetes.io/not-ready:NoExecute',
    ]);
    expect(isReady(podOf(cluster, 'p'))).toBe(true);
    cluster.advance(8_000);
    expect(taintsOf(cluster, 'node-2')).toEqual([]);
  });
});

describe('a taint NoExecute', () => {
  it('gives the Pods that it deletes their condition', () => {
    const cluster = clusterWith(
      podManifest('p', 'nodeName: node-2, containers: [{name: c, image: busybox, command: [sleep, infinity]}]'),
    );
    cluster.settle();
    patchNode(cluster, 'node-2', undefined, { spec: { taints: [{ key: 'k', effect: 'NoExecute' }] } });
    cluster.advance(0);
    expect(podOf(cluster, 'p').metadata.deletionTimestamp).toBeDefined();
    expect(conditionOf(cluster, 'p', 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    });
  });
});

/** pkg/controller/podgc: a look every 20 seconds, 40 of them in quarantine. */
describe('Pods whose node is gone', () => {
  it('are deleted by force after the quarantine', () => {
    const cluster = steady(pinned('p'));
    cluster.advance(20_000 - (cluster.clock.now() % 20_000) + 1_000);
    cluster.api.handle({ verb: 'delete', resource: resources.Node, namespace: '', name: 'node-2' });
    cluster.advance(58_900);
    expect(podOf(cluster, 'p').metadata.deletionTimestamp).toBeUndefined();
    cluster.advance(200);
    expect(cluster.view.get('Pod', 'default', 'p')).toBeUndefined();
  });

  it('go when their node is declared out of service', () => {
    const cluster = steady(pinned('p'));
    cluster.powerOff('node-2');
    cluster.advance(400_000);
    const taints = [
      ...(nodeOf(cluster, 'node-2').spec.taints ?? []),
      { key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' },
    ];
    patchNode(cluster, 'node-2', undefined, { spec: { taints } });
    cluster.advance(20_000);
    expect(cluster.view.get('Pod', 'default', 'p')).toBeUndefined();
  });
});

/** pkg/controller/tainteviction processPodOnNode: the time of a toleration runs from when the Pod is seen on the node. */
describe('a Pod that comes to a node with a NoExecute taint', () => {
  it('stays as long as it tolerates the taint', () => {
    const cluster = steady('');
    patchNode(cluster, 'node-2', undefined, { spec: { taints: [{ key: 'a', effect: 'NoExecute' }] } });
    cluster.advance(60_000);
    const toleration = 'tolerations: [{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 5}]';
    applyTo(cluster, pinned('p', `, ${toleration}`));
    cluster.advance(4_000);
    expect(podOf(cluster, 'p').metadata.deletionTimestamp).toBeUndefined();
    cluster.advance(2_000);
    expect(cluster.view.get('Pod', 'default', 'p')).toBeUndefined();
  });
});

it('labels of old follow those that took their place', () => {
  const cluster = steady(pinned('p'));
  const old = { 'beta.kubernetes.io/os': 'linux', 'beta.kubernetes.io/arch': 'amd64' };
  expect(nodeOf(cluster, 'node-1').metadata.labels).toMatchObject(old);
  patchNode(cluster, 'node-1', undefined, {
    metadata: { labels: { 'kubernetes.io/arch': 'arm64', 'beta.kubernetes.io/os': null } },
  });
  cluster.settle();
  expect(nodeOf(cluster, 'node-1').metadata.labels).toMatchObject({ ...old, 'beta.kubernetes.io/arch': 'arm64' });
});
