import type { ObjectMeta } from '@kubedrill/kube-model';

/** printController; '' without one. */
export function controllerText({ ownerReferences = [] }: ObjectMeta): string {
  const owner = ownerReferences.find(({ controller }) => controller === true);
  return owner ? `${owner.kind}/${owner.name}` : '';
}
