import type { Node, PersistentVolume, PersistentVolumeClaim } from '@kubedrill/kube-model';
import { classOfClaim, classOfVolume } from '../../api/kinds/persistent-volume-claim/storage-class-name.ts';
import { compareQuantities, parseQuantity, type Quantity } from '../../api/quantity.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { matcherOf } from '../label-selector.ts';

/** component-helpers/storage/volume: which volumes fit a claim. */

export const boundByController = 'pv.kubernetes.io/bound-by-controller';
export const bindCompleted = 'pv.kubernetes.io/bind-completed';
export const selectedNode = 'volume.kubernetes.io/selected-node';

const none: Quantity = { nano: 0n, format: 'BinarySI', text: '0' };

export function capacityOf({ spec }: PersistentVolume): Quantity {
  return amountOf(spec.capacity?.storage);
}

export function requestOf({ spec }: PersistentVolumeClaim): Quantity {
  return amountOf(spec.resources?.requests?.storage);
}

function amountOf(text: string | undefined): Quantity {
  const parsed = parseQuantity(text ?? '');
  return parsed.ok ? parsed.quantity : none;
}

/** IsVolumeBoundToClaim: the volume names the claim, be it without saying which claim of that name. */
export function isBoundTo({ spec }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const { claimRef } = spec;
  if (claimRef?.name !== metadata.name || claimRef.namespace !== metadata.namespace) return false;
  return !claimRef.uid || claimRef.uid === metadata.uid;
}

/** IsDelayBindingMode: a class may wait for the first Pod. */
export function isDelayed(claim: PersistentVolumeClaim, view: ObjectView): boolean {
  const name = classOfClaim(claim);
  return name !== '' && view.get('StorageClass', '', name)?.volumeBindingMode === 'WaitForFirstConsumer';
}

function isSameMode(claim: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  return (claim.spec.volumeMode ?? 'Filesystem') === (volume.spec.volumeMode ?? 'Filesystem');
}

function hasAccessModes({ spec }: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  return (spec.accessModes ?? []).every((mode) => volume.spec.accessModes?.includes(mode));
}

function attributesClass({ spec }: { readonly spec: { readonly volumeAttributesClassName?: string } }): string {
  return spec.volumeAttributesClassName ?? '';
}

/** What there is to choose from. `fits`: a node that is to reach the volume; without one only claims that don't wait get one. */
export interface Candidates {
  readonly volumes: readonly PersistentVolume[];
  readonly isDelayed: boolean;
  readonly fits?: (volume: PersistentVolume) => boolean;
}

/** FindMatchingVolume, of those with the fewest access modes that suffice: one that names the claim already, or the smallest. */
export function matchingVolume(
  claim: PersistentVolumeClaim,
  { volumes, isDelayed: delays, fits }: Candidates,
): PersistentVolume | undefined {
  const eligible = volumes.filter(
    (volume) =>
      (!volume.spec.claimRef || isBoundTo(volume, claim)) &&
      compareQuantities(capacityOf(volume), requestOf(claim)) >= 0 &&
      isSameMode(claim, volume) &&
      attributesClass(claim) === attributesClass(volume) &&
      volume.metadata.deletionTimestamp === undefined &&
      hasAccessModes(claim, volume),
  );
  const own = eligible.find((volume) => isBoundTo(volume, claim));
  if (own) return fits && !fits(own) ? undefined : own;
  if (delays && !fits) return undefined;
  const isSelected = claim.spec.selector ? matcherOf(claim.spec.selector) : () => true;
  const free = eligible.filter(
    (volume) =>
      volume.status.phase === 'Available' &&
      isSelected(volume.metadata.labels) &&
      classOfVolume(volume) === classOfClaim(claim) &&
      (!fits || fits(volume)),
  );
  return free.toSorted(
    (left, right) =>
      (fits ? 0 : (left.spec.accessModes?.length ?? 0) - (right.spec.accessModes?.length ?? 0)) ||
      compareQuantities(capacityOf(left), capacityOf(right)),
  )[0];
}

/** checkVolumeSatisfyClaim: why a volume that the claim names does not do; undefined: it does. */
export function misfit(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  const { name, deletionTimestamp } = volume.metadata;
  if (deletionTimestamp !== undefined) return `the volume is marked for deletion "${name}"`;
  if (compareQuantities(capacityOf(volume), requestOf(claim)) < 0) return 'requested PV is too small';
  if (classOfVolume(volume) !== classOfClaim(claim)) return 'storageClassName does not match';
  if (attributesClass(claim) !== attributesClass(volume)) return 'volumeAttributesClassName does not match';
  if (!isSameMode(claim, volume)) return 'incompatible volumeMode';
  return hasAccessModes(claim, volume) ? undefined : 'incompatible accessMode';
}

export { isSameMode };

/** CheckNodeAffinity. */
export function reaches(
  { spec }: PersistentVolume,
  node: Node,
  matchesTerm: (node: Node, term: VolumeTerm) => boolean,
): boolean {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms;
  return terms === undefined || terms.some((term) => matchesTerm(node, term));
}

type VolumeTerm = NonNullable<
  NonNullable<PersistentVolume['spec']['nodeAffinity']>['required']
>['nodeSelectorTerms'][number];
