import {
  apiVersionOf,
  autoscalingV1,
  isJsonObject,
  resources,
  type HorizontalPodAutoscaler,
  type Json,
  type JsonObject,
  type MetricSpec,
} from '@kubedrill/kube-model';
import { objectMeta } from '../../schema/object-meta.ts';
import { always, int32, int64, object, pointer, string, time } from '../../schema/schema.ts';
import { behaviorOf, behaviorText } from './behavior-annotation.ts';
import { newerMetric, olderMetric } from './older-metrics.ts';

/**
 * autoscaling/v1: the same autoscalers with one target of their own, the CPU. All else that they have is in annotations
 * (pkg/apis/autoscaling/v1/conversion.go).
 */
export const autoscalingV1Schema = object('HorizontalPodAutoscaler', {
  metadata: objectMeta,
  spec: always(
    object('HorizontalPodAutoscalerSpec', {
      scaleTargetRef: always(
        object('CrossVersionObjectReference', { kind: always(string), name: always(string), apiVersion: string }),
      ),
      minReplicas: pointer(int32),
      maxReplicas: always(int32),
      targetCPUUtilizationPercentage: pointer(int32),
    }),
  ),
  status: always(
    object('HorizontalPodAutoscalerStatus', {
      observedGeneration: pointer(int64),
      lastScaleTime: time,
      currentReplicas: always(int32),
      desiredReplicas: always(int32),
      currentCPUUtilizationPercentage: pointer(int32),
    }),
  ),
});

const prefix = 'autoscaling.alpha.kubernetes.io/';
const metricsAnnotation = `${prefix}metrics`;
const behaviorAnnotation = `${prefix}behavior`;
const conditionsAnnotation = `${prefix}conditions`;
/** annotations.go: what conversions write, and take away again. */
const carriers: ReadonlySet<string> = new Set([
  metricsAnnotation,
  behaviorAnnotation,
  conditionsAnnotation,
  `${prefix}current-metrics`,
  `${prefix}scale-down-tolerance`,
  `${prefix}scale-up-tolerance`,
]);

export function olderAutoscaler({ metadata, spec, status }: HorizontalPodAutoscaler): JsonObject {
  const { metrics = [], behavior, scaleTargetRef, minReplicas, maxReplicas } = spec;
  const others = metrics.filter((metric) => cpuUtilization(metric) === undefined);
  const target = metrics.map(cpuUtilization).find((utilization) => utilization !== undefined);
  const { observedGeneration, lastScaleTime, currentReplicas = 0, desiredReplicas, conditions = [] } = status;
  const annotations = {
    ...withoutCarriers(metadata.annotations),
    ...(others.length > 0 ? { [metricsAnnotation]: JSON.stringify(others.map(olderMetric)) } : {}),
    ...(behavior ? { [behaviorAnnotation]: behaviorText(behavior) } : {}),
    ...(conditions.length > 0 ? { [conditionsAnnotation]: JSON.stringify(conditions) } : {}),
  };
  return {
    kind: autoscalingV1.kind,
    apiVersion: apiVersionOf(autoscalingV1),
    metadata: withAnnotations(metadata as unknown as JsonObject, annotations),
    spec: {
      scaleTargetRef: { ...scaleTargetRef },
      ...(minReplicas === undefined ? {} : { minReplicas }),
      maxReplicas,
      ...(target === undefined ? {} : { targetCPUUtilizationPercentage: target }),
    },
    status: {
      ...(observedGeneration === undefined ? {} : { observedGeneration }),
      ...(lastScaleTime === undefined ? {} : { lastScaleTime }),
      currentReplicas,
      desiredReplicas,
    },
  };
}

/** A whole autoscaler, or what is applied of one. */
export function newerAutoscaler(older: JsonObject): JsonObject {
  const { metadata, spec, status, ...rest } = older;
  const annotations = annotationsOf(metadata);
  return {
    ...rest,
    apiVersion: apiVersionOf(resources.HorizontalPodAutoscaler),
    ...(isJsonObject(metadata) ? { metadata: withAnnotations(metadata, withoutCarriers(annotations)) } : {}),
    ...(isJsonObject(spec) ? { spec: newerSpec(spec, annotations) } : {}),
    ...(isJsonObject(status) ? { status: newerStatus(status, annotations) } : {}),
  };
}

type Annotations = Readonly<Record<string, string>>;

function newerSpec(spec: JsonObject, annotations: Annotations): JsonObject {
  const { targetCPUUtilizationPercentage: target, ...rest } = spec;
  const utilization = { type: 'Utilization', averageUtilization: target ?? null };
  const own: readonly Json[] =
    target === undefined ? [] : [{ type: 'Resource', resource: { name: 'cpu', target: utilization } }];
  const others = listIn(annotations[metricsAnnotation]).flatMap((metric) =>
    isJsonObject(metric) ? [newerMetric(metric)] : [],
  );
  const metrics = [...others, ...own];
  const behavior = behaviorOf(annotations[behaviorAnnotation]);
  return { ...rest, ...(metrics.length > 0 ? { metrics } : {}), ...(behavior ? { behavior } : {}) };
}

function newerStatus(status: JsonObject, annotations: Annotations): JsonObject {
  const { currentCPUUtilizationPercentage: _unmeasured, ...rest } = status;
  const conditions = listIn(annotations[conditionsAnnotation]);
  return { ...rest, currentMetrics: null, ...(conditions.length > 0 ? { conditions: [...conditions] } : {}) };
}

function cpuUtilization({ type, resource }: MetricSpec): number | undefined {
  return type === 'Resource' && resource?.name === 'cpu' ? resource.target.averageUtilization : undefined;
}

function annotationsOf(metadata: Json | undefined): Annotations {
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined;
  return isJsonObject(annotations) ? (annotations as Annotations) : {};
}

function withoutCarriers(annotations: Annotations = {}): Annotations {
  return Object.fromEntries(Object.entries(annotations).filter(([name]) => !carriers.has(name)));
}

function withAnnotations(metadata: JsonObject, annotations: Annotations): JsonObject {
  const { annotations: _before, ...rest } = metadata;
  return Object.keys(annotations).length === 0 ? rest : { ...rest, annotations: { ...annotations } };
}

/** What cannot be read is left out, as in the conversion. */
function listIn(text: string | undefined): readonly Json[] {
  if (text === undefined) return [];
  try {
    const value = JSON.parse(text) as Json;
    return Array.isArray(value) ? (value as readonly Json[]) : [];
  } catch {
    return [];
  }
}
