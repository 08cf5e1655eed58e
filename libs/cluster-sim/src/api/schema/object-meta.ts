import { always, atomic, bool, int64, list, map, named, object, pointer, raw, string, time } from './schema.ts';

/** k8s.io/apimachinery/pkg/apis/meta/v1: the shapes that kinds share. */

export const ownerReference = atomic(
  object('OwnerReference', {
    apiVersion: always(string),
    kind: always(string),
    name: always(string),
    uid: always(named('types.UID', string)),
    controller: pointer(bool),
    blockOwnerDeletion: pointer(bool),
  }),
);

const managedFieldsEntry = object('ManagedFieldsEntry', {
  manager: string,
  operation: named('v1.ManagedFieldsOperationType', string),
  apiVersion: string,
  time,
  fieldsType: string,
  fieldsV1: raw,
  subresource: string,
});

export const objectMeta = always(
  object('ObjectMeta', {
    name: string,
    generateName: string,
    namespace: string,
    selfLink: string,
    uid: named('types.UID', string),
    resourceVersion: string,
    generation: int64,
    creationTimestamp: time,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: pointer(int64),
    labels: map(string),
    annotations: map(string),
    ownerReferences: list(ownerReference, { patchMergeKey: 'uid', listType: { kind: 'map', keys: ['uid'] } }),
    finalizers: list(string, { patchMergeKey: '', listType: { kind: 'set' } }),
    managedFields: list(managedFieldsEntry),
  }),
);

const labelSelectorRequirement = object('LabelSelectorRequirement', {
  key: always(string),
  operator: always(named('v1.LabelSelectorOperator', string)),
  values: list(string),
});

export const labelSelector = atomic(
  object('LabelSelector', {
    matchLabels: map(string),
    matchExpressions: list(labelSelectorRequirement),
  }),
);

export const condition = object('Condition', {
  type: always(string),
  status: always(named('v1.ConditionStatus', string)),
  observedGeneration: int64,
  lastTransitionTime: always(time),
  reason: always(string),
  message: always(string),
});

export const objectReference = atomic(
  object('ObjectReference', {
    kind: string,
    namespace: string,
    name: string,
    uid: named('types.UID', string),
    apiVersion: string,
    resourceVersion: string,
    fieldPath: string,
  }),
);
