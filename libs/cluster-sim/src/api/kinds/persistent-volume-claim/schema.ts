import { objectMeta } from '../../schema/object-meta.ts';
import { always, list, map, named, object, pointer, quantity, string, time } from '../../schema/schema.ts';
import { persistentVolumeClaimSpec } from '../pod-template/schema/volume.ts';

/** core/v1 PersistentVolumeClaim; its spec is a part of Pods' ephemeral volumes as well. */

const resourceList = named('v1.ResourceList', map(quantity));

const condition = object('PersistentVolumeClaimCondition', {
  type: always(named('v1.PersistentVolumeClaimConditionType', string)),
  status: always(named('v1.ConditionStatus', string)),
  lastProbeTime: always(time),
  lastTransitionTime: always(time),
  reason: string,
  message: string,
});

export const persistentVolumeClaimStatus = object('PersistentVolumeClaimStatus', {
  phase: named('v1.PersistentVolumeClaimPhase', string),
  accessModes: list(named('v1.PersistentVolumeAccessMode', string)),
  capacity: resourceList,
  conditions: list(condition, { patchMergeKey: 'type', listType: { kind: 'map', keys: ['type'] } }),
  allocatedResources: resourceList,
  allocatedResourceStatuses: map(named('v1.ClaimResourceStatus', string)),
  currentVolumeAttributesClassName: pointer(string),
  modifyVolumeStatus: object('ModifyVolumeStatus', {
    targetVolumeAttributesClassName: string,
    status: always(named('v1.PersistentVolumeClaimModifyVolumeStatus', string)),
  }),
});

export const persistentVolumeClaim = object('PersistentVolumeClaim', {
  metadata: always(objectMeta),
  spec: always(persistentVolumeClaimSpec),
  status: always(persistentVolumeClaimStatus),
});
