import { labelSelector, objectMeta } from '../../schema/object-meta.ts';
import { always, int32, int64, list, named, object, pointer, string, time } from '../../schema/schema.ts';
import { podTemplateSpec } from '../pod-template/schema/pod-spec.ts';

/** apps/v1 ReplicaSet. */

export const replicaSetSpec = object('ReplicaSetSpec', {
  replicas: pointer(int32),
  minReadySeconds: int32,
  selector: labelSelector,
  template: always(podTemplateSpec),
});

export const replicaSetCondition = object('ReplicaSetCondition', {
  type: always(named('v1.ReplicaSetConditionType', string)),
  status: always(named('v1.ConditionStatus', string)),
  lastTransitionTime: always(time),
  reason: string,
  message: string,
});

export const replicaSetStatus = object('ReplicaSetStatus', {
  replicas: always(int32),
  fullyLabeledReplicas: int32,
  readyReplicas: int32,
  availableReplicas: int32,
  terminatingReplicas: pointer(int32),
  observedGeneration: int64,
  conditions: list(replicaSetCondition, { patchMergeKey: 'type', listType: { kind: 'map', keys: ['type'] } }),
});

export const replicaSet = object('ReplicaSet', {
  metadata: always(objectMeta),
  spec: always(replicaSetSpec),
  status: always(replicaSetStatus),
});
