import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '@kubedrill/kube-model';
import type { ObjectView } from '../../../store/object-view.ts';

/** component-helpers/storage/volume: by which StorageClass claims and volumes find each other. */

export const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** GetPersistentVolumeClaimClass; '' is a class of its own: volumes without one. */
export function classOfClaim({ metadata, spec }: PersistentVolumeClaim): string {
  return metadata.annotations?.[classAnnotation] ?? spec.storageClassName ?? '';
}

/** GetPersistentVolumeClass. */
export function classOfVolume({ metadata, spec }: PersistentVolume): string {
  return metadata.annotations?.[classAnnotation] ?? spec.storageClassName ?? '';
}

/** PersistentVolumeClaimHasClass: whether it says anything about its class. */
export function hasClass({ metadata, spec }: PersistentVolumeClaim): boolean {
  return metadata.annotations?.[classAnnotation] !== undefined || spec.storageClassName !== undefined;
}

const defaultAnnotations = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

/** IsDefaultAnnotation. */
export function isDefaultClass({ metadata }: StorageClass): boolean {
  return defaultAnnotations.some((key) => metadata.annotations?.[key] === 'true');
}

/** GetDefaultClass: of several the newest, of those the first by name. */
export function defaultClass(view: ObjectView): StorageClass | undefined {
  const candidates = view.list('StorageClass').filter(isDefaultClass);
  return candidates.toSorted(
    (left, right) =>
      Date.parse(right.metadata.creationTimestamp) - Date.parse(left.metadata.creationTimestamp) ||
      (left.metadata.name < right.metadata.name ? -1 : 1),
  )[0];
}
