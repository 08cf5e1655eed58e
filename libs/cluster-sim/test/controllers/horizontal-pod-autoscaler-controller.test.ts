import { expect, it } from '@jest/globals';
import type { Cluster } from '../../src/index.ts';
import { clusterWith, deploymentManifest } from '../cluster-fixture.ts';

const autoscaler = (least: number, most: number): string => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: ${least}, maxReplicas: ${most}}
`;

function after(seconds: number, replicas: number, bounds: string): Cluster {
  const cluster = clusterWith(`${deploymentManifest({ replicas })}${bounds}`);
  cluster.advance(seconds * 1000);
  return cluster;
}

it.each([
  [1, 2, 5, 2],
  [8, 2, 5, 5],
  [3, 2, 5, 3],
  [0, 2, 5, 0],
])('of %d replicas, with bounds of %d and %d, makes %d', (replicas, least, most, expected) => {
  const cluster = after(20, replicas, autoscaler(least, most));
  expect(cluster.view.get('Deployment', 'default', 'web')?.spec.replicas).toBe(expected);
});

it('looks for the first time after fifteen seconds', () => {
  const cluster = after(14, 1, autoscaler(2, 5));
  expect(cluster.view.get('Deployment', 'default', 'web')?.spec.replicas).toBe(1);
});

it('says that nobody measures anything', () => {
  const cluster = after(20, 3, autoscaler(2, 5));
  expect(cluster.view.get('HorizontalPodAutoscaler', 'default', 'web')?.status).toMatchObject({
    currentReplicas: 3,
    desiredReplicas: 0,
    conditions: [
      { type: 'AbleToScale', status: 'True', reason: 'SucceededGetScale' },
      { type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric' },
    ],
  });
  const reasons = cluster.view.list('Event', 'default').map(({ reason }) => reason);
  expect(reasons).toEqual(expect.arrayContaining(['FailedGetResourceMetric', 'FailedComputeMetricsReplicas']));
});
