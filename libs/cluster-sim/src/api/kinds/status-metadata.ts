import type { ObjectMeta } from '@kubedrill/kube-model';

/** metav1.ResetObjectMetaForStatus: a subresource leaves the metadata alone, save for who owns which field. */
export function metadataOfSubresource({ resourceVersion, managedFields }: ObjectMeta, old: ObjectMeta): ObjectMeta {
  return { ...old, resourceVersion, ...(managedFields && { managedFields }) };
}
