import { labelSelector, objectMeta } from '../../schema/object-meta.ts';
import {
  always,
  int32,
  int64,
  list,
  named,
  object,
  pointer,
  quantity,
  raw,
  string,
  time,
} from '../../schema/schema.ts';

/** autoscaling/v2 HorizontalPodAutoscaler. */

const reference = object('CrossVersionObjectReference', {
  kind: always(string),
  name: always(string),
  apiVersion: string,
});
const metric = always(object('MetricIdentifier', { name: always(string), selector: labelSelector }));
const target = always(
  object('MetricTarget', {
    type: always(named('v2.MetricTargetType', string)),
    value: pointer(quantity),
    averageValue: pointer(quantity),
    averageUtilization: pointer(int32),
  }),
);

const metricSpec = object('MetricSpec', {
  type: always(named('v2.MetricSourceType', string)),
  object: object('ObjectMetricSource', { describedObject: always(reference), target, metric }),
  pods: object('PodsMetricSource', { metric, target }),
  resource: object('ResourceMetricSource', { name: always(named('v1.ResourceName', string)), target }),
  containerResource: object('ContainerResourceMetricSource', {
    name: always(named('v1.ResourceName', string)),
    target,
    container: always(string),
  }),
  external: object('ExternalMetricSource', { metric, target }),
});

const rules = object('HPAScalingRules', {
  stabilizationWindowSeconds: pointer(int32),
  selectPolicy: pointer(named('v2.ScalingPolicySelect', string)),
  policies: list(
    object('HPAScalingPolicy', {
      type: always(named('v2.HPAScalingPolicyType', string)),
      value: always(int32),
      periodSeconds: always(int32),
    }),
  ),
  tolerance: pointer(quantity),
});

const condition = object('HorizontalPodAutoscalerCondition', {
  type: always(named('v2.HorizontalPodAutoscalerConditionType', string)),
  status: always(named('v1.ConditionStatus', string)),
  lastTransitionTime: time,
  reason: string,
  message: string,
});

export const horizontalPodAutoscaler = object('HorizontalPodAutoscaler', {
  metadata: objectMeta,
  spec: always(
    object('HorizontalPodAutoscalerSpec', {
      scaleTargetRef: always(reference),
      minReplicas: pointer(int32),
      maxReplicas: always(int32),
      metrics: list(metricSpec),
      behavior: object('HorizontalPodAutoscalerBehavior', { scaleUp: rules, scaleDown: rules }),
    }),
  ),
  status: always(
    object('HorizontalPodAutoscalerStatus', {
      observedGeneration: pointer(int64),
      lastScaleTime: time,
      currentReplicas: int32,
      desiredReplicas: always(int32),
      currentMetrics: always(list(raw)),
      conditions: list(condition, { patchMergeKey: 'type', listType: { kind: 'map', keys: ['type'] } }),
    }),
  ),
});
