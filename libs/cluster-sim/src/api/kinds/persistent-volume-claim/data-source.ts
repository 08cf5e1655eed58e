import type { DataSource, PersistentVolumeClaimSpec } from '@kubedrill/kube-model';

/** pkg/api/persistentvolumeclaim/util.go: what a volume is to be filled with, which two fields say. */
export function withDataSources(
  spec: PersistentVolumeClaimSpec,
  old: PersistentVolumeClaimSpec | undefined,
): PersistentVolumeClaimSpec {
  if (!spec.dataSource && !spec.dataSourceRef) return spec;
  return normalized(compatible(withoutOtherNamespace(spec, old), old));
}

/** The feature CrossNamespaceVolumeDataSource is off. */
function withoutOtherNamespace(
  { dataSourceRef, ...spec }: PersistentVolumeClaimSpec,
  old: PersistentVolumeClaimSpec | undefined,
): PersistentVolumeClaimSpec {
  if (!dataSourceRef || (dataSourceRef.namespace && !old?.dataSourceRef)) return spec;
  return { ...spec, dataSourceRef };
}

/** EnforceDataSourceBackwardsCompatibility: the older field holds claims and snapshots, and forgets all else. */
function compatible(
  spec: PersistentVolumeClaimSpec,
  old: PersistentVolumeClaimSpec | undefined,
): PersistentVolumeClaimSpec {
  const { dataSource, ...rest } = spec;
  if (!dataSource || spec.dataSourceRef || old?.dataSource || old?.dataSourceRef || isUsual(dataSource)) return spec;
  return rest;
}

function isUsual({ apiGroup = '', kind }: DataSource): boolean {
  return kind === 'PersistentVolumeClaim'
    ? apiGroup === ''
    : kind === 'VolumeSnapshot' && apiGroup === 'snapshot.storage.k8s.io';
}

/** NormalizeDataSources. */
function normalized(spec: PersistentVolumeClaimSpec): PersistentVolumeClaimSpec {
  const { dataSource, dataSourceRef } = spec;
  if (dataSource && !dataSourceRef) return { ...spec, dataSourceRef: dataSource };
  if (!dataSourceRef || dataSource || dataSourceRef.namespace) return spec;
  const { namespace: _none, ...reference } = dataSourceRef;
  return { ...spec, dataSource: reference };
}
