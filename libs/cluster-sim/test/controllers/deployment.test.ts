import { describe, expect, it } from '@jest/globals';
import { resources, type Deployment, type Kind } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { applyTo, clusterWith, deploymentManifest, isReady } from '../cluster-fixture.ts';

function deploymentOf(cluster: Cluster, name = 'web'): Deployment {
  const found = cluster.view.get('Deployment', 'default', name);
  if (!found) throw new Error(`there is no Deployment ${name}`);
  return found;
}

const pods = (cluster: Cluster) => cluster.view.list('Pod', 'default');
const sets = (cluster: Cluster) => cluster.view.list('ReplicaSet', 'default');
const revisionOf = (annotations: Readonly<Record<string, string>> | undefined): string | undefined =>
  annotations?.['deployment.kubernetes.io/revision'];

function remove(
  cluster: Cluster,
  kind: Kind,
  name: string,
  propagation?: 'Orphan' | 'Foreground' | 'Background',
): void {
  const response = cluster.api.handle({
    verb: 'delete',
    resource: resources[kind],
    namespace: 'default',
    name,
    propagation,
  });
  if (!response.ok) throw new Error(response.status.message);
}

/** Deployment with a slow start, so that every step of a rollout shows. */
const slow = 'readinessProbe: {httpGet: {port: 80}, initialDelaySeconds: 5, periodSeconds: 1}';

function settled(manifest: string): Cluster {
  const cluster = clusterWith(manifest);
  expect(cluster.settle().kind).toBe('settled');
  return cluster;
}

describe('a rolling update', () => {
  it.each([
    { replicas: 4, maxSurge: '25%', maxUnavailable: '25%', most: 5, fewest: 3 },
    { replicas: 3, maxSurge: '1', maxUnavailable: '0', most: 4, fewest: 3 },
    { replicas: 3, maxSurge: '0', maxUnavailable: '1', most: 3, fewest: 2 },
    { replicas: 5, maxSurge: '100%', maxUnavailable: '0', most: 10, fewest: 5 },
    // Both round to nothing: one Pod may be missing, or nothing would ever move.
    { replicas: 2, maxSurge: '0', maxUnavailable: '10%', most: 2, fewest: 1 },
  ])('of $replicas with maxSurge $maxSurge and maxUnavailable $maxUnavailable keeps both', (fixture) => {
    const { replicas, maxSurge, maxUnavailable, most, fewest } = fixture;
    const spec = `strategy: {rollingUpdate: {maxSurge: ${maxSurge}, maxUnavailable: ${maxUnavailable}}}`;
    const cluster = settled(deploymentManifest({ replicas, spec, container: slow }));
    applyTo(cluster, deploymentManifest({ replicas, spec, container: slow, image: 'nginx:1.26' }));
    const seen = new Set<string>();
    for (let tick = 0; tick < 120; tick += 1) {
      cluster.advance(500);
      const alive = pods(cluster).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      const ready = alive.filter(isReady).length;
      expect(alive.length).toBeLessThanOrEqual(most);
      expect(ready).toBeGreaterThanOrEqual(fewest);
      seen.add(`${alive.length} ${ready}`);
    }
    expect(seen.size).toBeGreaterThan(1);
    expect(pods(cluster).map(({ spec: { containers } }) => containers[0]?.image)).toEqual(
      Array(replicas).fill('nginx:1.26'),
    );
    expect(deploymentOf(cluster).status).toMatchObject({
      replicas,
      updatedReplicas: replicas,
      availableReplicas: replicas,
    });
  });

  it('stands still on Pods that never become ready, and keeps the old ones', () => {
    const cluster = settled(deploymentManifest({ replicas: 4 }));
    applyTo(cluster, deploymentManifest({ replicas: 4, image: 'nginx:doesnotexist' }));
    expect(cluster.settle().kind).toBe('settled');
    expect(deploymentOf(cluster).status).toMatchObject({
      replicas: 5,
      updatedReplicas: 2,
      availableReplicas: 3,
      unavailableReplicas: 2,
    });
    const waiting = pods(cluster).flatMap(({ status }) => status.containerStatuses?.[0]?.state.waiting?.reason ?? []);
    expect(waiting).toEqual(['ImagePullBackOff', 'ImagePullBackOff']);
    cluster.advance(600_000);
    expect(deploymentOf(cluster).status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }),
    );
  });

  it('counts revisions, and a template that comes back gets its ReplicaSet with a new one', () => {
    const cluster = settled(deploymentManifest({ replicas: 1 }));
    for (const image of ['nginx:1.26', 'nginx:1.25']) {
      applyTo(cluster, deploymentManifest({ replicas: 1, image }));
      cluster.settle();
    }
    expect(revisionOf(deploymentOf(cluster).metadata.annotations)).toBe('3');
    expect(sets(cluster).map(({ spec, metadata }) => [spec.replicas, revisionOf(metadata.annotations)])).toEqual([
      [1, '3'],
      [0, '2'],
    ]);
    expect(sets(cluster)[0]?.metadata.annotations?.['deployment.kubernetes.io/revision-history']).toBe('1');
  });

  it('keeps as many old ReplicaSets as the history limit says', () => {
    const cluster = settled(deploymentManifest({ replicas: 1, spec: 'revisionHistoryLimit: 1' }));
    for (const tag of ['1.26', '1.27', '1.28']) {
      applyTo(cluster, deploymentManifest({ replicas: 1, spec: 'revisionHistoryLimit: 1', image: `nginx:${tag}` }));
      cluster.settle();
    }
    expect(sets(cluster).map(({ metadata }) => revisionOf(metadata.annotations))).toEqual(['3', '4']);
  });
});

describe('other changes', () => {
  it('Recreate has no old Pod left when the first new one comes', () => {
    const spec = 'strategy: {type: Recreate}';
    const cluster = settled(deploymentManifest({ replicas: 2, spec, container: slow }));
    applyTo(cluster, deploymentManifest({ replicas: 2, spec, container: slow, image: 'nginx:1.26' }));
    for (let tick = 0; tick < 40; tick += 1) {
      cluster.advance(250);
      expect(new Set(pods(cluster).map((pod) => pod.spec.containers[0]?.image)).size).toBeLessThanOrEqual(1);
    }
    expect(pods(cluster).filter(isReady)).toHaveLength(2);
  });

  it('a paused Deployment scales, but does not roll out', () => {
    const cluster = settled(deploymentManifest({ replicas: 2, spec: 'paused: true' }));
    expect(pods(cluster)).toHaveLength(0);
    const running = settled(deploymentManifest({ replicas: 2 }));
    applyTo(running, deploymentManifest({ replicas: 3, spec: 'paused: true', image: 'nginx:1.26' }));
    running.settle();
    expect(pods(running).map(({ spec }) => spec.containers[0]?.image)).toEqual(Array(3).fill('nginx:1.25'));
  });

  it('a deleted Pod is replaced by one with another name and address', () => {
    const cluster = settled(deploymentManifest({ replicas: 2 }));
    const before = pods(cluster).map(({ metadata, status }) => [metadata.name, status.podIP]);
    remove(cluster, 'Pod', before[0]?.[0] ?? '');
    cluster.settle();
    const after = pods(cluster).map(({ metadata, status }) => [metadata.name, status.podIP]);
    expect(after).toHaveLength(2);
    expect(after).toContainEqual(before[1]);
    expect(after).not.toContainEqual(before[0]);
    expect(after.map(([, address]) => address)).not.toContain(before[0]?.[1]);
  });

  it.each([
    ['Background', 0, 0],
    ['Foreground', 0, 0],
    ['Orphan', 1, 2],
  ] as const)('deletion with propagation %s leaves %i ReplicaSets and %i Pods', (propagation, setCount, podCount) => {
    const cluster = settled(deploymentManifest({ replicas: 2 }));
    remove(cluster, 'Deployment', 'web', propagation);
    cluster.settle();
    expect([sets(cluster).length, pods(cluster).length]).toEqual([setCount, podCount]);
    expect(cluster.view.get('Deployment', 'default', 'web')).toBeUndefined();
  });

  it('a Namespace takes all that is in it along', () => {
    const cluster = settled('apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n');
    applyTo(cluster, deploymentManifest({ replicas: 2 }).replace('{name: web}', '{name: web, namespace: shop}'));
    cluster.settle();
    expect(cluster.view.list('Pod', 'shop')).toHaveLength(2);
    expect(cluster.view.get('ConfigMap', 'shop', 'kube-root-ca.crt')).toBeDefined();
    const response = cluster.api.handle({ verb: 'delete', resource: resources.Namespace, namespace: '', name: 'shop' });
    expect(response.ok).toBe(true);
    cluster.settle();
    expect(cluster.view.get('Namespace', '', 'shop')).toBeUndefined();
    expect(cluster.view.list('Pod', 'shop')).toHaveLength(0);
  });
});
