import { labelSelector, objectMeta } from '../../schema/object-meta.ts';
import { always, int32, int64, intOrString, list, named, object, pointer, string, time } from '../../schema/schema.ts';
import { podTemplateSpec } from '../pod-template/schema/pod-spec.ts';
import { persistentVolumeClaimStatus } from '../persistent-volume-claim/schema.ts';
import { persistentVolumeClaimSpec } from '../pod-template/schema/volume.ts';

/** apps/v1 StatefulSet. */

export const volumeClaimTemplate = object('PersistentVolumeClaim', {
  kind: string,
  apiVersion: string,
  metadata: always(objectMeta),
  spec: always(persistentVolumeClaimSpec),
  status: always(persistentVolumeClaimStatus),
});

export const statefulSetUpdateStrategy = object('StatefulSetUpdateStrategy', {
  type: named('v1.StatefulSetUpdateStrategyType', string),
  rollingUpdate: object('RollingUpdateStatefulSetStrategy', {
    partition: pointer(int32),
    maxUnavailable: pointer(intOrString),
  }),
});

export const statefulSetSpec = object('StatefulSetSpec', {
  replicas: pointer(int32),
  selector: labelSelector,
  template: always(podTemplateSpec),
  volumeClaimTemplates: list(volumeClaimTemplate),
  serviceName: always(string),
  podManagementPolicy: named('v1.PodManagementPolicyType', string),
  updateStrategy: always(statefulSetUpdateStrategy),
  revisionHistoryLimit: pointer(int32),
  minReadySeconds: int32,
  persistentVolumeClaimRetentionPolicy: object('StatefulSetPersistentVolumeClaimRetentionPolicy', {
    whenDeleted: named('v1.PersistentVolumeClaimRetentionPolicyType', string),
    whenScaled: named('v1.PersistentVolumeClaimRetentionPolicyType', string),
  }),
  ordinals: object('StatefulSetOrdinals', { start: always(int32) }),
});

export const statefulSetCondition = object('StatefulSetCondition', {
  type: always(named('v1.StatefulSetConditionType', string)),
  status: always(named('v1.ConditionStatus', string)),
  lastTransitionTime: always(time),
  reason: string,
  message: string,
});

export const statefulSetStatus = object('StatefulSetStatus', {
  observedGeneration: int64,
  replicas: always(int32),
  readyReplicas: int32,
  currentReplicas: int32,
  updatedReplicas: int32,
  currentRevision: string,
  updateRevision: string,
  collisionCount: pointer(int32),
  conditions: list(statefulSetCondition, { patchMergeKey: 'type', listType: { kind: 'map', keys: ['type'] } }),
  availableReplicas: always(int32),
});

export const statefulSet = object('StatefulSet', {
  metadata: always(objectMeta),
  spec: always(statefulSetSpec),
  status: always(statefulSetStatus),
});
