import {
  always,
  atomic,
  bool,
  embedded,
  int32,
  list,
  named,
  object,
  pointer,
  quantity,
  string,
} from '../../../schema/schema.ts';

/** core/v1: how pods name other objects and their keys. */

export const localObjectReference = atomic(object('LocalObjectReference', { name: string }));

export const objectFieldSelector = atomic(
  object('ObjectFieldSelector', { apiVersion: string, fieldPath: always(string) }),
);

export const resourceFieldSelector = atomic(
  object('ResourceFieldSelector', {
    containerName: string,
    resource: always(string),
    divisor: always(quantity),
  }),
);

export const configMapKeySelector = atomic(
  object('ConfigMapKeySelector', {
    ...embedded(localObjectReference),
    key: always(string),
    optional: pointer(bool),
  }),
);

export const secretKeySelector = atomic(
  object('SecretKeySelector', {
    ...embedded(localObjectReference),
    key: always(string),
    optional: pointer(bool),
  }),
);

export const fileKeySelector = atomic(
  object('FileKeySelector', {
    volumeName: always(string),
    path: always(string),
    key: always(string),
    optional: pointer(bool),
  }),
);

export const keyToPath = object('KeyToPath', { key: always(string), path: always(string), mode: pointer(int32) });

export const secretReference = atomic(object('SecretReference', { name: string, namespace: string }));

export const typedLocalObjectReference = atomic(
  object('TypedLocalObjectReference', {
    apiGroup: pointer(string),
    kind: always(string),
    name: always(string),
  }),
);

export const typedObjectReference = object('TypedObjectReference', {
  apiGroup: pointer(string),
  kind: always(string),
  name: always(string),
  namespace: pointer(string),
});

export const nodeSelectorRequirement = object('NodeSelectorRequirement', {
  key: always(string),
  operator: always(named('v1.NodeSelectorOperator', string)),
  values: list(string),
});
