import { resources, type Kind, type ObjectKey } from '@kubedrill/kube-model';

/** SpecialDefaultResourcePrefixes of pkg/kubeapiserver/default_storage_factory_builder.go: what once had another name. */
const oldPrefixes: Partial<Record<Kind, string>> = {
  Endpoints: 'services/endpoints',
  Service: 'services/specs',
  Node: 'minions',
  Ingress: 'ingress',
};

/** Where etcd keeps an object; errors of the storage name it. */
export function storageKey({ kind, namespace, name }: ObjectKey): string {
  const { plural, namespaced } = resources[kind];
  const path = namespaced ? `${namespace}/${name}` : name;
  return `/registry/${oldPrefixes[kind] ?? plural}/${path}`;
}

/** What Preconditions.Check of apiserver/pkg/storage finds: another object, or another version of it, than the one that was meant. */
export function preconditionFailed(
  key: ObjectKey,
  what: 'UID' | 'ResourceVersion',
  asked: string,
  found: string,
): string {
  const detail = `Precondition failed: ${what} in precondition: ${asked}, ${what} in object meta: ${found}`;
  return `StorageError: invalid object, Code: 4, Key: ${storageKey(key)}, ResourceVersion: 0, AdditionalErrorMsg: ${detail}`;
}
