import { describe, expect, it } from '@jest/globals';
import { resources, type DaemonSet, type Json } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { applyTo, clusterWith, isReady } from '../cluster-fixture.ts';
import { workload, type WorkloadFixture } from './workload-manifests.ts';

const nodes = [1, 2, 3].map((number) => ({ name: `node-${number}`, address: `192.168.49.${number + 1}` }));
const manifest = (fixture: WorkloadFixture): string => workload('DaemonSet', { name: 'agent', ...fixture });
const pods = (cluster: Cluster) => cluster.view.list('Pod', 'default');

function settled(fixture: WorkloadFixture): Cluster {
  const cluster = clusterWith(manifest(fixture), { nodes });
  expect(cluster.settle().kind).toBe('settled');
  return cluster;
}

function statusOf(cluster: Cluster): DaemonSet['status'] | undefined {
  return cluster.view.get('DaemonSet', 'default', 'agent')?.status;
}

const placed = (cluster: Cluster): readonly (string | undefined)[] =>
  pods(cluster)
    .map(({ spec }) => spec.nodeName)
    .toSorted();

function patchNode(cluster: Cluster, name: string, body: Json): void {
  const target = { resource: resources.Node, namespace: '', name };
  const response = cluster.api.handle({ verb: 'patch', ...target, patchType: 'merge', body });
  if (!response.ok) throw new Error(response.status.message);
  cluster.settle();
}

const taint = (effect: string): Json => ({ spec: { taints: [{ key: 'dedicated', effect }] } });

describe('a DaemonSet', () => {
  it('runs a Pod on every node', () => {
    const cluster = settled({});
    expect(placed(cluster)).toEqual(['node-1', 'node-2', 'node-3']);
    // The hash is that of a recording from a real cluster.
    expect(pods(cluster)[0]?.metadata.labels).toEqual({
      app: 'agent',
      'controller-revision-hash': '5fb8c9f9cb',
      'pod-template-generation': '1',
    });
    expect(statusOf(cluster)).toEqual({
      currentNumberScheduled: 3,
      desiredNumberScheduled: 3,
      numberAvailable: 3,
      numberMisscheduled: 0,
      numberReady: 3,
      observedGeneration: 1,
      updatedNumberScheduled: 3,
    });
  });

  it.each([
    ['a node selector', 'nodeSelector: {kubernetes.io/hostname: node-2}', ['node-2']],
    ['a node name', 'nodeName: node-3', ['node-3']],
    ['a selector that no node fits', 'nodeSelector: {disk: ssd}', []],
  ])('keeps to %s', (_what, podSpec, expected) => {
    expect(placed(settled({ podSpec }))).toEqual(expected);
  });

  it.each([
    ['NoSchedule', ['node-1', 'node-2', 'node-3'], 1],
    ['NoExecute', ['node-2', 'node-3'], 0],
    ['PreferNoSchedule', ['node-1', 'node-2', 'node-3'], 0],
  ])('a later taint %s', (effect, expected, misscheduled) => {
    const cluster = settled({});
    patchNode(cluster, 'node-1', taint(effect));
    expect(placed(cluster)).toEqual(expected);
    expect(statusOf(cluster)?.numberMisscheduled).toBe(misscheduled);
  });

  it('comes to a node that begins to fit', () => {
    const cluster = settled({ podSpec: 'nodeSelector: {disk: ssd}' });
    patchNode(cluster, 'node-2', { metadata: { labels: { disk: 'ssd' } } });
    expect(placed(cluster)).toEqual(['node-2']);
  });

  it('runs on a cordoned node', () => {
    const cluster = clusterWith('', { nodes });
    patchNode(cluster, 'node-1', { spec: { unschedulable: true } });
    applyTo(cluster, manifest({}));
    cluster.settle();
    expect(placed(cluster)).toEqual(['node-1', 'node-2', 'node-3']);
  });

  it.each([
    { strategy: 'maxUnavailable: 1', fewest: 2, most: 3 },
    { strategy: 'maxUnavailable: 2', fewest: 1, most: 3 },
    { strategy: 'maxUnavailable: 0, maxSurge: 1', fewest: 3, most: 4 },
  ])('updates with $strategy', ({ strategy, fewest, most }) => {
    const spec = `updateStrategy: {rollingUpdate: {${strategy}}}`;
    const cluster = settled({ spec });
    applyTo(cluster, manifest({ spec, image: 'nginx:1.25' }));
    const ready: number[] = [];
    const present: number[] = [];
    for (let tick = 0; tick < 400; tick += 1) {
      cluster.advance(100);
      const staying = pods(cluster).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      present.push(staying.length);
      ready.push(staying.filter(isReady).length);
    }
    expect([Math.min(...ready), Math.max(...present)]).toEqual([fewest, most]);
    const generations = pods(cluster).map(({ metadata }) => metadata.labels?.['pod-template-generation']);
    expect(generations).toEqual(['2', '2', '2']);
    expect(statusOf(cluster)).toMatchObject({ updatedNumberScheduled: 3, numberAvailable: 3 });
  });
});
