import { describe, expect, it } from '@jest/globals';
import { autoscalingV1, resources, type Json, type JsonObject } from '@kubedrill/kube-model';
import {
  createCluster,
  inVersion,
  recordedRequest,
  requestOf,
  type ApiRequest,
  type Cluster,
} from '../../../../src/index.ts';

const older = { resource: autoscalingV1, namespace: 'default' };
const newer = { resource: resources.HorizontalPodAutoscaler, namespace: 'default' };
const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const typeMeta = { apiVersion: 'autoscaling/v1', kind: 'HorizontalPodAutoscaler' };

function answer(cluster: Cluster, request: ApiRequest): JsonObject {
  const response = cluster.api.handle(request);
  if (!response.ok) throw new Error(response.status.message);
  return ('object' in response ? response.object : { items: response.items }) as unknown as JsonObject;
}

function created(cluster: Cluster, spec: JsonObject, annotations: JsonObject = {}): JsonObject {
  const body = {
    ...typeMeta,
    metadata: { name: 'web', annotations },
    spec: { scaleTargetRef, maxReplicas: 5, ...spec },
  };
  return answer(cluster, { verb: 'create', ...older, body });
}

function stored(cluster: Cluster): JsonObject {
  return answer(cluster, { verb: 'get', ...newer, name: 'web' });
}

const cpu = (averageUtilization: number): Json => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});

/** pkg/apis/autoscaling/v1/conversion.go. */
describe('autoscaling/v1', () => {
  it.each([
    ['its target', { targetCPUUtilizationPercentage: 60 }, 60],
    ['the default', {}, 80],
  ])('has %s as a metric of the newer version', (_, spec, utilization) => {
    const cluster = createCluster();
    expect(created(cluster, spec)).toMatchObject({
      ...typeMeta,
      spec: { scaleTargetRef, minReplicas: 1, maxReplicas: 5, targetCPUUtilizationPercentage: utilization },
      status: { currentReplicas: 0, desiredReplicas: 0 },
    });
    expect(stored(cluster)).toMatchObject({
      apiVersion: 'autoscaling/v2',
      spec: { minReplicas: 1, maxReplicas: 5, metrics: [cpu(utilization)] },
    });
  });

  const memory = {
    type: 'Resource',
    resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1Gi' } },
  };
  const pods = {
    type: 'Pods',
    pods: { metric: { name: 'hits' }, target: { type: 'AverageValue', averageValue: '10' } },
  };
  const inAnnotation = [
    { type: 'Resource', resource: { name: 'memory', targetAverageValue: '1Gi' } },
    { type: 'Pods', pods: { metricName: 'hits', targetAverageValue: '10' } },
  ];

  it('carries what it has no fields for in annotations', () => {
    const cluster = createCluster();
    const behavior = { scaleDown: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } };
    const spec = { scaleTargetRef, maxReplicas: 5, metrics: [cpu(50), memory, pods], behavior };
    answer(cluster, { verb: 'create', ...newer, body: { metadata: { name: 'web' }, spec } });
    const shown = answer(cluster, { verb: 'get', ...older, name: 'web' });
    expect(shown['spec']).toEqual({
      scaleTargetRef,
      minReplicas: 1,
      maxReplicas: 5,
      targetCPUUtilizationPercentage: 50,
    });
    const { annotations } = shown['metadata'] as { annotations: Record<string, string> };
    expect(JSON.parse(annotations['autoscaling.alpha.kubernetes.io/metrics'] ?? '')).toEqual(inAnnotation);
    expect(JSON.parse(annotations['autoscaling.alpha.kubernetes.io/behavior'] ?? '')).toMatchObject({
      ScaleDown: {
        StabilizationWindowSeconds: null,
        SelectPolicy: 'Max',
        Policies: [{ Type: 'Pods', Value: 1, PeriodSeconds: 60 }],
        Tolerance: null,
      },
    });
    // And back again, the metrics of the annotation first.
    const before = stored(cluster);
    answer(cluster, { verb: 'update', ...older, name: 'web', body: shown });
    const after = stored(cluster);
    expect(after['metadata']).not.toHaveProperty('annotations');
    expect(after['spec']).toEqual({ ...(before['spec'] as JsonObject), metrics: [memory, pods, cpu(50)] });
  });

  it('has no default beside metrics of an annotation', () => {
    const cluster = createCluster();
    created(cluster, {}, { 'autoscaling.alpha.kubernetes.io/metrics': JSON.stringify(inAnnotation) });
    expect(stored(cluster)['spec']).toMatchObject({ metrics: [memory, pods] });
  });

  it('is patched, listed, watched and deleted in its own form', () => {
    const cluster = createCluster();
    created(cluster, {}, { note: 'kept', 'autoscaling.alpha.kubernetes.io/metrics': 'no JSON' });
    const body = { spec: { targetCPUUtilizationPercentage: 30 } };
    const patched = answer(cluster, { verb: 'patch', ...older, name: 'web', patchType: 'merge', body });
    expect(patched).toMatchObject({ ...typeMeta, spec: { targetCPUUtilizationPercentage: 30 } });
    expect(patched['metadata']).toMatchObject({ annotations: { note: 'kept' } });
    const { items } = answer(cluster, { verb: 'list', ...older }) as { items: readonly JsonObject[] };
    expect(items).toEqual([patched]);
    const object = cluster.view.get('HorizontalPodAutoscaler', 'default', 'web');
    expect(object && inVersion(autoscalingV1, object)).toMatchObject(typeMeta);
    answer(cluster, { verb: 'delete', ...older, name: 'web' });
    expect(cluster.view.get('HorizontalPodAutoscaler', 'default', 'web')).toBeUndefined();
  });

  it('is recorded with its version', () => {
    const request: ApiRequest = { verb: 'get', ...older, name: 'web' };
    expect(requestOf(recordedRequest(request))).toEqual(request);
    const other: ApiRequest = { verb: 'get', ...newer, name: 'web' };
    expect(requestOf(recordedRequest(other))).toEqual(other);
  });

  it.each([
    ['a field of the newer version', { metrics: [] }, 'strict decoding error: unknown field "spec.metrics"'],
    ['too few replicas', { minReplicas: 9 }, 'must be greater than or equal to `minReplicas`'],
  ])('refuses %s', (_, spec, message) => {
    expect(() => created(createCluster(), spec)).toThrow(message);
  });
});
