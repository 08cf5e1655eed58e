import type { HorizontalPodAutoscaler, ScalingRules } from '@kubedrill/kube-model';
import { validateMetadataUpdate } from '../../validation/metadata.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { statusPath } from '../../validation/path.ts';
import { given, nonNegative } from '../../validation/rule.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { metadataOfSubresource } from '../status-metadata.ts';
import { validateAutoscaler, validateAutoscalerUpdate } from './horizontal-pod-autoscaler-validation.ts';
import { horizontalPodAutoscaler } from './schema.ts';

/** autoscaling/v2 HorizontalPodAutoscaler: pkg/registry/autoscaling/horizontalpodautoscaler. */
export const horizontalPodAutoscalerDefinition: KindDefinition<'HorizontalPodAutoscaler'> = {
  kind: 'HorizontalPodAutoscaler',
  schema: horizontalPodAutoscaler,
  defaults: defaultAutoscaler,
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (autoscaler) => ({ ...autoscaler, status: { desiredReplicas: 0, currentMetrics: null } }),
    prepareForUpdate: (autoscaler, old) => ({ ...autoscaler, status: old.status }),
    validateCreate: validateAutoscaler,
    validateUpdate: validateAutoscalerUpdate,
  },
  status: {
    prepareForUpdate: ({ metadata, status }, old) => ({
      ...old,
      metadata: metadataOfSubresource(metadata, old.metadata),
      status,
    }),
    validateUpdate({ metadata, status }, old) {
      const report: FieldError[] = [];
      validateMetadataUpdate(metadata, old.metadata, report);
      given(nonNegative)(status.currentReplicas, statusPath.child('currentReplicas'), report);
      nonNegative(status.desiredReplicas, statusPath.child('desiredReplicas'), report);
      return report;
    },
  },
};

const defaultMetrics = [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
];

const byPercent = { type: 'Percent', value: 100, periodSeconds: 15 };
const scaleUp: ScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }, byPercent],
};
const scaleDown: ScalingRules = { selectPolicy: 'Max', policies: [byPercent] };

/** pkg/apis/autoscaling/v2/defaults.go. */
function defaultAutoscaler(autoscaler: HorizontalPodAutoscaler): HorizontalPodAutoscaler {
  const { minReplicas = 1, metrics = [], behavior } = autoscaler.spec;
  return {
    ...autoscaler,
    spec: {
      ...autoscaler.spec,
      minReplicas,
      metrics: metrics.length > 0 ? metrics : defaultMetrics,
      ...(behavior
        ? {
            behavior: {
              scaleUp: { ...scaleUp, ...behavior.scaleUp },
              scaleDown: { ...scaleDown, ...behavior.scaleDown },
            },
          }
        : {}),
    },
  };
}
