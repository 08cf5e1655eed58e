import type { ObjectMeta } from '@kubedrill/kube-model';
import { classOfClaim, classOfVolume, isDefaultClass } from '../kinds/persistent-volume-claim/storage-class-name.ts';
import { ageColumn, column, nameColumn, wide } from './table.ts';
import type { TableColumn } from './table.ts';

/** kubernetes/pkg/printers/internalversion/printers.go: storage. */

const shortModes = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' };

/** GetAccessModesAsString. */
export function accessModesText(modes: readonly string[] = []): string {
  const shown = Object.entries(shortModes).filter(([mode]) => modes.includes(mode));
  return shown.map(([, short]) => short).join(',');
}

function phaseOf({
  metadata,
  status,
}: {
  readonly metadata: ObjectMeta;
  readonly status: { readonly phase: string };
}): string {
  return metadata.deletionTimestamp === undefined ? status.phase : 'Terminating';
}

export const persistentVolumeTable: readonly TableColumn<'PersistentVolume'>[] = [
  nameColumn,
  column('Capacity', ({ spec }) => spec.capacity?.storage ?? '0'),
  column('Access Modes', ({ spec }) => accessModesText(spec.accessModes)),
  column('Reclaim Policy', ({ spec }) => spec.persistentVolumeReclaimPolicy ?? ''),
  column('Status', phaseOf),
  column('Claim', ({ spec: { claimRef } }) => (claimRef ? `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}` : '')),
  column('StorageClass', classOfVolume),
  column('VolumeAttributesClass', ({ spec }) => spec.volumeAttributesClassName ?? '<unset>'),
  column('Reason', ({ status }) => status.reason ?? ''),
  ageColumn,
  wide('VolumeMode', ({ spec }) => spec.volumeMode ?? '<unset>'),
];

export const persistentVolumeClaimTable: readonly TableColumn<'PersistentVolumeClaim'>[] = [
  nameColumn,
  column('Status', phaseOf),
  column('Volume', ({ spec }) => spec.volumeName ?? ''),
  column('Capacity', ({ spec, status }) => (spec.volumeName ? (status.capacity?.storage ?? '0') : '')),
  column('Access Modes', ({ spec, status }) => (spec.volumeName ? accessModesText(status.accessModes) : '')),
  column('StorageClass', classOfClaim),
  column('VolumeAttributesClass', ({ spec }) => spec.volumeAttributesClassName ?? '<unset>'),
  ageColumn,
  wide('VolumeMode', ({ spec }) => spec.volumeMode ?? '<unset>'),
];

export const storageClassTable: readonly TableColumn<'StorageClass'>[] = [
  column('Name', (storageClass) => `${storageClass.metadata.name}${isDefaultClass(storageClass) ? ' (default)' : ''}`),
  column('Provisioner', ({ provisioner }) => provisioner),
  column('ReclaimPolicy', ({ reclaimPolicy = 'Delete' }) => reclaimPolicy),
  column('VolumeBindingMode', ({ volumeBindingMode = 'Immediate' }) => volumeBindingMode),
  column('AllowVolumeExpansion', ({ allowVolumeExpansion = false }) => String(allowVolumeExpansion)),
  ageColumn,
];
