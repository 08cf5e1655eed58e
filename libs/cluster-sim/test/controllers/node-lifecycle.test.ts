import { describe, expect, it } from '@jest/globals';
import { resources, type PodCondition } from '@kubedrill/kube-model';
import type { Cluster } from '../../src/index.ts';
import { clusterWith, podManifest, podOf } from '../cluster-fixture.ts';

function conditionOf(cluster: Cluster, pod: string, type: string): PodCondition | undefined {
  return podOf(cluster, pod).status.conditions?.find((condition) => condition.type === type);
}

function patchNode(cluster: Cluster, name: string, subresource: 'status' | undefined, body: object): void {
  const target = { resource: resources.Node, namespace: '', name, ...(subresource ? { subresource } : {}) };
  const response = cluster.api.handle({ verb: 'patch', patchType: 'strategic', ...target, body: { ...body } });
  if (!response.ok) throw new Error(response.status.message);
}

const onNode2 = 'nodeName: node-2, containers: [{name: c, image: nginx}]';

describe('a node that says it is not ready', () => {
  it('has its Pods marked, with no reason', () => {
    const cluster = clusterWith(podManifest('p', onNode2));
    cluster.settle();
    patchNode(cluster, 'node-2', 'status', { status: { conditions: [{ type: 'Ready', status: 'False' }] } });
    cluster.advance(1_000);
    const ready = conditionOf(cluster, 'p', 'Ready');
    expect(ready?.status).toBe('False');
    expect([ready?.reason, ready?.message]).toEqual([undefined, undefined]);
  });
});

describe('a taint NoExecute', () => {
  it('gives the Pods that it deletes their condition', () => {
    const cluster = clusterWith(podManifest('p', `${onNode2}, terminationGracePeriodSeconds: 30`));
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
