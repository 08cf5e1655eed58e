import { describe, expect, it } from '@jest/globals';
import { resources } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { clusterWith, podManifest, podOf } from '../cluster-fixture.ts';

const nodes = ['node-1', 'node-2', 'node-3'].map((name, index) => ({
  name,
  address: `172.18.0.${index + 2}`,
  podCapacity: 3,
  labels: { disk: index === 0 ? 'ssd' : 'hdd', zone: index < 2 ? 'a' : 'b' },
  ...(index === 2 ? { taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' as const }] } : {}),
}));

const podResource = resources.Pod;
const container = 'containers: [{name: c, image: nginx}]';
const pause = (extra: string): string => `containers: [{name: c, image: nginx, ${extra}}]`;

function settled(manifests: string): Cluster {
  const cluster = clusterWith(manifests, { nodes });
  cluster.settle();
  return cluster;
}

function messageOf(cluster: Cluster, name: string): string | undefined {
  return podOf(cluster, name).status.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  )?.message;
}

describe('the scheduler', () => {
  it.each([
    ['a nodeSelector', `nodeSelector: {disk: ssd}, ${container}`, ['node-1']],
    [
      'a toleration',
      `nodeSelector: {zone: b}, tolerations: [{key: dedicated, operator: Exists}], ${container}`,
      ['node-3'],
    ],
    [
      'a node affinity',
      `affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: NotIn, values: [ssd]}]}]}}}, ${container}`,
      ['node-2'],
    ],
    ['no wish', container, ['node-1', 'node-2']],
  ])('heeds %s', (_title, spec, expected) => {
    expect(expected).toContain(podOf(settled(podManifest('p', spec)), 'p').spec.nodeName);
  });

  const noVictims = (count: number): string => `${count} No preemption victims found for incoming pod`;
  const noHelp = (count: number): string => `${count} Preemption is not helpful for scheduling`;
  const preemption = (...reasons: readonly string[]): string =>
    `no new claims to deallocate, preemption: 0/3 nodes are available: ${reasons.join(', ')}.`;

  it.each([
    [
      'an unknown label',
      `nodeSelector: {disk: tape}, ${container}`,
      `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node affinity/selector. ${preemption(noHelp(3))}`,
    ],
    [
      'more CPU than any node has',
      pause('resources: {requests: {cpu: "100"}}'),
      `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. ${preemption(noHelp(3))}`,
    ],
  ])('says why %s fits nowhere', (_title, spec, message) => {
    expect(messageOf(settled(podManifest('p', spec)), 'p')).toBe(message);
  });

  it('fills nodes evenly up to their capacity, and says when they are full', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const cluster = settled(names.map((name) => podManifest(name, container)).join(''));
    const placed = names.slice(0, 6).map((name) => podOf(cluster, name).spec.nodeName);
    expect(placed.filter((node) => node === 'node-1')).toHaveLength(3);
    expect(messageOf(cluster, 'g')).toBe(
      `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Too many pods. ${preemption(noHelp(1), noVictims(2))}`,
    );
    expect(cluster.api.handle({ verb: 'delete', resource: podResource, namespace: 'default', name: 'a' }).ok).toBe(
      true,
    );
    cluster.settle();
    expect(podOf(cluster, 'g').spec.nodeName).toBe('node-1');
  });

  it('gives a hostPort of a node away once', () => {
    const spec = `nodeSelector: {disk: ssd}, ${pause('ports: [{containerPort: 80, hostPort: 8080}]')}`;
    const cluster = settled(podManifest('a', spec) + podManifest('b', spec));
    expect(podOf(cluster, 'a').spec.nodeName).toBe('node-1');
    expect(messageOf(cluster, 'b')).toContain("1 node(s) didn't have free ports for the requested pod ports");
  });

  it('keeps Pods apart that want to be', () => {
    const apart = `affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {app: x}}, topologyKey: kubernetes.io/hostname}]}}, ${container}`;
    const cluster = settled(['a', 'b', 'c'].map((name) => podManifest(name, apart, 'app: x')).join(''));
    expect(['a', 'b'].map((name) => podOf(cluster, name).spec.nodeName).sort()).toEqual(['node-1', 'node-2']);
    expect(messageOf(cluster, 'c')).toContain("2 node(s) didn't match pod anti-affinity rules");
  });
});
