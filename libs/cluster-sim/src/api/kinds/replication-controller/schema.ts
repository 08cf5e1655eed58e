import { objectMeta } from '../../schema/object-meta.ts';
import { always, atomic, int32, int64, list, map, named, object, pointer, string, time } from '../../schema/schema.ts';
import { podTemplateSpec } from '../pod-template/schema/pod-spec.ts';

/** core/v1 ReplicationController. */

const replicationControllerSpec = object('ReplicationControllerSpec', {
  replicas: pointer(int32),
  minReadySeconds: int32,
  selector: atomic(map(string)),
  template: podTemplateSpec,
});

const replicationControllerCondition = object('ReplicationControllerCondition', {
  type: always(named('v1.ReplicationControllerConditionType', string)),
  status: always(named('v1.ConditionStatus', string)),
  lastTransitionTime: always(time),
  reason: string,
  message: string,
});

const replicationControllerStatus = object('ReplicationControllerStatus', {
  replicas: always(int32),
  fullyLabeledReplicas: int32,
  readyReplicas: int32,
  availableReplicas: int32,
  observedGeneration: int64,
  conditions: list(replicationControllerCondition, {
    patchMergeKey: 'type',
    listType: { kind: 'map', keys: ['type'] },
  }),
});

export const replicationController = object('ReplicationController', {
  metadata: always(objectMeta),
  spec: always(replicationControllerSpec),
  status: always(replicationControllerStatus),
});
