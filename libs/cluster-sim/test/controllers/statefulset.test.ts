import { describe, expect, it } from '@jest/globals';
import { resources, type Pod, type StatefulSet } from '@kubedrill/kube-model';
import type { Cluster, ClusterSettings } from '../../src/index.ts';
import { applyTo, clusterWith } from '../cluster-fixture.ts';
import { workload, type WorkloadFixture } from './workload-manifests.ts';

const manifest = (fixture: WorkloadFixture): string => workload('StatefulSet', { name: 'db', ...fixture });
const pods = (cluster: Cluster): readonly Pod[] => cluster.view.list('Pod', 'default');
const names = (cluster: Cluster): readonly string[] =>
  pods(cluster)
    .map(({ metadata }) => metadata.name)
    .toSorted();
const revision = ({ metadata }: Pod): string => metadata.labels?.['controller-revision-hash'] ?? '';

function statefulSet(cluster: Cluster): StatefulSet {
  const found = cluster.view.get('StatefulSet', 'default', 'db');
  if (!found) throw new Error('there is no StatefulSet db');
  return found;
}

function settled(fixture: WorkloadFixture, settings: ClusterSettings = {}): Cluster {
  const cluster = clusterWith(manifest(fixture), settings);
  expect(cluster.settle().kind).toBe('settled');
  return cluster;
}

function change(cluster: Cluster, fixture: WorkloadFixture): void {
  applyTo(cluster, manifest(fixture));
  expect(cluster.settle().kind).toBe('settled');
}

/** The names of the Pods whenever these change, in the order of time. */
function history(cluster: Cluster, seconds: number): readonly string[] {
  const seen: string[] = [];
  for (let tick = 0; tick < seconds * 10; tick += 1) {
    const current = names(cluster).join(' ');
    if (seen.at(-1) !== current) seen.push(current);
    cluster.advance(100);
  }
  return seen;
}

describe('a StatefulSet', () => {
  it('gives Pods their identity', () => {
    const cluster = settled({ spec: 'replicas: 2, serviceName: db, ordinals: {start: 5}' });
    expect(names(cluster)).toEqual(['db-5', 'db-6']);
    const pod = cluster.view.get('Pod', 'default', 'db-6');
    expect(pod?.spec).toMatchObject({ hostname: 'db-6', subdomain: 'db' });
    // The hash is that of a recording from a real cluster.
    expect(pod?.metadata.labels).toEqual({
      app: 'db',
      'apps.kubernetes.io/pod-index': '6',
      'controller-revision-hash': 'db-5685d99b96',
      'statefulset.kubernetes.io/pod-name': 'db-6',
    });
    expect(statefulSet(cluster).status).toEqual({
      observedGeneration: 1,
      replicas: 2,
      readyReplicas: 2,
      currentReplicas: 2,
      updatedReplicas: 2,
      availableReplicas: 2,
      currentRevision: 'db-5685d99b96',
      updateRevision: 'db-5685d99b96',
      collisionCount: 0,
    });
  });

  it.each([
    ['one after the other', 'OrderedReady', ['', 'db-0', 'db-0 db-1', 'db-0 db-1 db-2']],
    ['at once', 'Parallel', ['', 'db-0 db-1 db-2']],
  ])('makes Pods %s', (_how, policy, expected) => {
    const cluster = clusterWith(manifest({ spec: `replicas: 3, podManagementPolicy: ${policy}` }));
    expect(history(cluster, 10)).toEqual(expected);
  });

  it('waits for a Pod that is not ready', () => {
    const unready = { container: () => ({ ready: false }) };
    const cluster = settled(
      { spec: 'replicas: 3' },
      { podBehaviour: ({ metadata }) => (metadata.name === 'db-1' ? unready : undefined) },
    );
    expect(names(cluster)).toEqual(['db-0', 'db-1']);
    expect(statefulSet(cluster).status).toMatchObject({ replicas: 2, readyReplicas: 1, availableReplicas: 1 });
  });

  it('of a billion Pods meets the bound of the cluster', () => {
    const spec = 'replicas: 1000000000, podManagementPolicy: Parallel';
    const cluster = clusterWith(manifest({ spec }), { bounds: { maxPods: 20 } });
    expect(cluster.settle()).toMatchObject({ kind: 'limited', bound: 'maxPods' });
  });

  it('removes Pods from above', () => {
    const cluster = settled({ spec: 'replicas: 3' });
    applyTo(cluster, manifest({ spec: 'replicas: 1' }));
    expect(history(cluster, 10)).toEqual(['db-0 db-1 db-2', 'db-0 db-1', 'db-0']);
  });

  it('updates from above, down to the partition', () => {
    const update = (partition: number): string =>
      `replicas: 3, updateStrategy: {rollingUpdate: {partition: ${partition}}}`;
    const cluster = settled({ spec: update(2) });
    const before = revision(pods(cluster)[0] as Pod);
    change(cluster, { spec: update(2), image: 'nginx:1.25' });
    const updated = (): readonly string[] =>
      pods(cluster)
        .filter((pod) => revision(pod) !== before)
        .map(({ metadata }) => metadata.name)
        .toSorted();
    expect(updated()).toEqual(['db-2']);
    expect(statefulSet(cluster).status).toMatchObject({
      currentRevision: before,
      currentReplicas: 2,
      updatedReplicas: 1,
    });
    // What is lost below the partition comes back as it was.
    cluster.api.handle({ verb: 'delete', resource: resources.Pod, namespace: 'default', name: 'db-0' });
    cluster.settle();
    expect(updated()).toEqual(['db-2']);
    expect(cluster.view.get('Pod', 'default', 'db-0')?.spec.containers[0]?.image).toBe('nginx');
    change(cluster, { spec: update(0), image: 'nginx:1.25' });
    expect(updated()).toEqual(['db-0', 'db-1', 'db-2']);
    const { currentRevision, updateRevision } = statefulSet(cluster).status;
    expect(currentRevision).toBe(updateRevision);
  });

  it('brings a former revision back under its name', () => {
    const cluster = settled({ spec: 'replicas: 1' });
    const first = statefulSet(cluster).status.updateRevision;
    change(cluster, { spec: 'replicas: 1', image: 'nginx:1.25' });
    change(cluster, { spec: 'replicas: 1' });
    expect(statefulSet(cluster).status.updateRevision).toBe(first);
    const revisions = cluster.view.list('ControllerRevision', 'default').map(({ revision }) => revision);
    expect(revisions.toSorted()).toEqual([2, 3]);
  });

  it('leaves Pods alone with the strategy OnDelete', () => {
    const spec = 'replicas: 2, updateStrategy: {type: OnDelete}';
    const cluster = settled({ spec });
    const uids = pods(cluster).map(({ metadata }) => metadata.uid);
    change(cluster, { spec, image: 'nginx:1.25' });
    expect(pods(cluster).map(({ metadata }) => metadata.uid)).toEqual(uids);
    expect(statefulSet(cluster).status.updatedReplicas).toBeUndefined();
  });

  it('takes its Pods and revisions along', () => {
    const cluster = settled({ spec: 'replicas: 2' });
    const target = { resource: resources.StatefulSet, namespace: 'default', name: 'db' };
    cluster.api.handle({ verb: 'delete', ...target, propagation: 'Background' });
    cluster.settle();
    expect(names(cluster)).toEqual([]);
    expect(cluster.view.list('ControllerRevision', 'default')).toEqual([]);
  });
});
