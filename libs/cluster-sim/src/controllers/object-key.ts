import type { ObjectMeta } from '@kubedrill/kube-model';

/** client-go's MetaNamespaceKeyFunc: "namespace/name", or the name alone for what has no namespace. */
export function keyOf({ namespace, name }: Pick<ObjectMeta, 'namespace' | 'name'>): string {
  return namespace ? `${namespace}/${name}` : name;
}

export function splitKey(key: string): { readonly namespace: string; readonly name: string } {
  const slash = key.indexOf('/');
  return slash < 0 ? { namespace: '', name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
