import { describe, expect, it } from '@jest/globals';
import type { NodeOptions } from '../../src/cluster.ts';
import { clusterWith, podManifest, podOf } from '../cluster-fixture.ts';

/**
 * Which of several possible nodes a Pod gets: the scores and weights of pkg/scheduler/framework/plugins. node-1 and node-2 are in zone a,
 * node-3 is in zone b and would rather not be used; node-1 has two Pods from the start.
 */
const nodes: readonly NodeOptions[] = [
  { name: 'node-1', address: '172.18.0.2', labels: { 'topology.kubernetes.io/zone': 'a', disk: 'ssd' } },
  { name: 'node-2', address: '172.18.0.3', labels: { 'topology.kubernetes.io/zone': 'a' } },
  {
    ...{ name: 'node-3', address: '172.18.0.4', labels: { 'topology.kubernetes.io/zone': 'b' } },
    taints: [{ key: 'spare', effect: 'PreferNoSchedule' as const }],
  },
];

const container = 'containers: [{name: c, image: nginx}]';
const tolerant = 'tolerations: [{key: spare, operator: Exists}]';
const present =
  podManifest('first', `nodeName: node-1, ${container}`, 'app: db') +
  podManifest('second', `nodeName: node-1, ${container}`, 'app: db');

const preferred = (kind: string, topologyKey: string): string =>
  `affinity: {${kind}: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 50, podAffinityTerm: {labelSelector: {matchLabels: {app: db}}, topologyKey: ${topologyKey}}}]}}`;
const soft = (topologyKey: string): string =>
  `topologySpreadConstraints: [{maxSkew: 1, topologyKey: ${topologyKey}, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: db}}}]`;

describe('of several nodes a Pod gets', () => {
  it.each([
    ['that with the fewest Pods, but not one with a taint that it does not tolerate', container, 'node-2'],
    [
      'one with such a taint where it tolerates it',
      `${tolerant}, nodeSelector: {topology.kubernetes.io/zone: b}, ${container}`,
      'node-3',
    ],
    [
      'that which it prefers',
      `affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: {matchExpressions: [{key: disk, operator: In, values: [ssd]}]}}]}}, ${container}`,
      'node-1',
    ],
    [
      'that of the Pods which it wants to be with',
      `${preferred('podAffinity', 'kubernetes.io/hostname')}, ${container}`,
      'node-1',
    ],
    [
      'one far from those which it does not want to be with',
      `${tolerant}, ${preferred('podAntiAffinity', 'topology.kubernetes.io/zone')}, ${container}`,
      'node-3',
    ],
    ['that which makes things even', `${tolerant}, ${soft('topology.kubernetes.io/zone')}, ${container}`, 'node-3'],
  ])('%s', (_what, spec, node) => {
    const cluster = clusterWith(present + podManifest('third', spec, 'app: db'), { nodes });
    cluster.settle();
    expect(podOf(cluster, 'third').spec.nodeName).toBe(node);
  });

  it('one where Pods that have to be with it are already', () => {
    const friend = `nodeName: node-1, affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {app: web}}, topologyKey: kubernetes.io/hostname}]}}, ${container}`;
    const cluster = clusterWith(podManifest('friend', friend) + podManifest('web', container, 'app: web'), { nodes });
    cluster.settle();
    expect(podOf(cluster, 'web').spec.nodeName).toBe('node-1');
  });

  it('one without Pods of its Service', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n---\n';
    const crowd = ['a', 'b', 'c'].map((name) => podManifest(name, `nodeName: node-2, ${container}`)).join('');
    const one = podManifest('one', `nodeName: node-1, ${container}`, 'app: web');
    const two = podManifest('two', container, 'app: web');
    const cluster = clusterWith(service + crowd + one + two, { nodes: nodes.slice(0, 2) });
    cluster.settle();
    expect(podOf(cluster, 'two').spec.nodeName).toBe('node-2');
  });
});
