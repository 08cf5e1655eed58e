import { describe, expect, it } from '@jest/globals';
import type { WorkloadCondition } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { applyTo, clusterWith, deploymentManifest, isReady } from '../cluster-fixture.ts';

const account = `
apiVersion: v1
kind: ServiceAccount
metadata: {name: robot}
`;

/** Two Pods that the API server refuses as long as there is no account for them. */
function refused(): Cluster {
  const cluster = clusterWith(deploymentManifest({ replicas: 2, podSpec: 'serviceAccountName: robot' }));
  expect(cluster.settle(900).kind).toBe('settled');
  return cluster;
}

function failures(cluster: Cluster): readonly (WorkloadCondition | undefined)[] {
  const objects = [...cluster.view.list('ReplicaSet', 'default'), ...cluster.view.list('Deployment', 'default')];
  return objects.map(({ status }) => status.conditions?.find(({ type }) => type === 'ReplicaFailure'));
}

function readyPods(cluster: Cluster): number {
  return cluster.view.list('Pod', 'default').filter(isReady).length;
}

describe('a ReplicaSet whose Pods are refused', () => {
  it('says so, and its Deployment repeats it', () => {
    const cluster = refused();
    const name = cluster.view.list('ReplicaSet', 'default')[0]?.metadata.name ?? '';
    const condition = {
      type: 'ReplicaFailure',
      status: 'True',
      reason: 'FailedCreate',
      message: `pods "${name}-" is forbidden: error looking up service account default/robot: serviceaccount "robot" not found`,
    };
    expect(failures(cluster)).toEqual([expect.objectContaining(condition), expect.objectContaining(condition)]);
  });

  it('comes to rest: the pauses soon are longer than settling looks ahead', () => {
    const report = refused().settle();
    expect(report.kind).toBe('settled');
    expect(report.reconciliations).toBeLessThan(40);
  });

  it('creates them at a later retry, and the condition goes', () => {
    const cluster = refused();
    applyTo(cluster, account);
    expect(readyPods(cluster)).toBe(0);
    cluster.settle();
    expect(readyPods(cluster)).toBe(2);
    expect(failures(cluster)).toEqual([undefined, undefined]);
  });

  it('retries later the longer it has failed', () => {
    const [early, late] = [refused(), refused()];
    late.advance(60_000);
    for (const cluster of [early, late]) {
      applyTo(cluster, account);
      cluster.advance(10_000);
    }
    expect([early, late].map(readyPods)).toEqual([2, 0]);
    late.advance(60_000);
    expect(readyPods(late)).toBe(2);
  });

  it('fails on in a cluster whose fork has what was missing', () => {
    const cluster = refused();
    const fork = cluster.fork();
    applyTo(fork, account);
    fork.settle();
    cluster.settle();
    expect([cluster, fork].map(readyPods)).toEqual([0, 2]);
    expect(failures(cluster)).not.toContain(undefined);
  });
});
