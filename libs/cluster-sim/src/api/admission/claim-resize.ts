import { resources, type PersistentVolumeClaim } from '@kubedrill/kube-model';
import type { ObjectView } from '../../store/object-view.ts';
import { classOfClaim } from '../kinds/persistent-volume-claim/storage-class-name.ts';
import { compareQuantities, parseQuantity } from '../quantity.ts';
import type { ApiStatus } from '../request.ts';
import { forbidden } from '../status.ts';

const notResizable =
  'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';

/** The admission plugin PersistentVolumeClaimResize: whether a claim may ask for more than it did. */
export function refusedResize(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
  view: ObjectView,
): ApiStatus | undefined {
  const [size, before] = [claim, old].map(({ spec }) => parseQuantity(spec.resources?.requests?.storage ?? '0'));
  if (!size?.ok || !before?.ok || compareQuantities(size.quantity, before.quantity) <= 0) return undefined;
  const { name } = claim.metadata;
  if (old.status.phase !== 'Bound')
    return forbidden(resources[claim.kind], name, 'Only bound persistent volume claims can be expanded');
  const className = classOfClaim(claim);
  const isSame = className !== '' && className === classOfClaim(old);
  const storageClass = isSame ? view.get('StorageClass', '', className) : undefined;
  return storageClass?.allowVolumeExpansion ? undefined : forbidden(resources[claim.kind], name, notResizable);
}
