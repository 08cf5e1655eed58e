import { labelSelector, objectMeta } from '../../schema/object-meta.ts';
import { always, int32, int64, intOrString, list, named, object, pointer, string, time } from '../../schema/schema.ts';
import { podTemplateSpec } from '../pod-template/schema/pod-spec.ts';

/** apps/v1 DaemonSet. */

export const daemonSetUpdateStrategy = object('DaemonSetUpdateStrategy', {
  type: named('v1.DaemonSetUpdateStrategyType', string),
  rollingUpdate: object('RollingUpdateDaemonSet', {
    maxUnavailable: pointer(intOrString),
    maxSurge: pointer(intOrString),
  }),
});

export const daemonSetSpec = object('DaemonSetSpec', {
  selector: labelSelector,
  template: always(podTemplateSpec),
  updateStrategy: always(daemonSetUpdateStrategy),
  minReadySeconds: int32,
  revisionHistoryLimit: pointer(int32),
});

export const daemonSetCondition = object('DaemonSetCondition', {
  type: always(named('v1.DaemonSetConditionType', string)),
  status: always(named('v1.ConditionStatus', string)),
  lastTransitionTime: always(time),
  reason: string,
  message: string,
});

export const daemonSetStatus = object('DaemonSetStatus', {
  currentNumberScheduled: always(int32),
  numberMisscheduled: always(int32),
  desiredNumberScheduled: always(int32),
  numberReady: always(int32),
  observedGeneration: int64,
  updatedNumberScheduled: int32,
  numberAvailable: int32,
  numberUnavailable: int32,
  collisionCount: pointer(int32),
  conditions: list(daemonSetCondition, { patchMergeKey: 'type', listType: { kind: 'map', keys: ['type'] } }),
});

export const daemonSet = object('DaemonSet', {
  metadata: always(objectMeta),
  spec: always(daemonSetSpec),
  status: always(daemonSetStatus),
});
