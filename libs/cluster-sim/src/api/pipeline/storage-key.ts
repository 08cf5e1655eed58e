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
