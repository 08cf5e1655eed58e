import type { InternalStruct } from '../pod/internal/internal-struct.ts';
import { json, labelSelector, pointer, struct, text } from '../pod/internal/internal-struct.ts';

/** pkg/apis/core/types.go: a claim's spec as Kubernetes keeps it inside, and as its texts show it. */

const dataSource: InternalStruct = { APIGroup: json('apiGroup'), Kind: text('kind'), Name: text('name') };

export const internalClaimSpec: InternalStruct = {
  AccessModes: json('accessModes'),
  Selector: labelSelector('selector'),
  Resources: struct('resources', { Limits: json('limits'), Requests: json('requests') }),
  VolumeName: text('volumeName'),
  StorageClassName: json('storageClassName'),
  VolumeMode: json('volumeMode'),
  DataSource: pointer('dataSource', dataSource),
  DataSourceRef: pointer('dataSourceRef', { ...dataSource, Namespace: json('namespace') }),
  VolumeAttributesClassName: json('volumeAttributesClassName'),
};
