import type { InternalStruct } from '../pod/internal/internal-struct.ts';
import { flag, json, list, pointer, text } from '../pod/internal/internal-struct.ts';
import { hostPathVolumeSource } from '../pod/internal/internal-volume.ts';

/** pkg/apis/core/types.go PersistentVolumeSource; what a cloud or a storage system gives is shown as it was sent. */

const secret: InternalStruct = { Name: text('name'), Namespace: text('namespace') };

const csi: InternalStruct = {
  Driver: text('driver'),
  VolumeHandle: text('volumeHandle'),
  ReadOnly: flag('readOnly'),
  FSType: text('fsType'),
  VolumeAttributes: json('volumeAttributes'),
  ControllerPublishSecretRef: pointer('controllerPublishSecretRef', secret),
  NodeStageSecretRef: pointer('nodeStageSecretRef', secret),
  NodePublishSecretRef: pointer('nodePublishSecretRef', secret),
  ControllerExpandSecretRef: pointer('controllerExpandSecretRef', secret),
  NodeExpandSecretRef: pointer('nodeExpandSecretRef', secret),
};

export const internalSource: InternalStruct = {
  GCEPersistentDisk: json('gcePersistentDisk'),
  AWSElasticBlockStore: json('awsElasticBlockStore'),
  HostPath: pointer('hostPath', hostPathVolumeSource),
  Glusterfs: json('glusterfs'),
  NFS: pointer('nfs', { Server: text('server'), Path: text('path'), ReadOnly: flag('readOnly') }),
  RBD: json('rbd'),
  Quobyte: json('quobyte'),
  ISCSI: json('iscsi'),
  FlexVolume: json('flexVolume'),
  Cinder: json('cinder'),
  CephFS: json('cephfs'),
  FC: json('fc'),
  Flocker: json('flocker'),
  AzureFile: json('azureFile'),
  VsphereVolume: json('vsphereVolume'),
  AzureDisk: json('azureDisk'),
  PhotonPersistentDisk: json('photonPersistentDisk'),
  PortworxVolume: json('portworxVolume'),
  ScaleIO: json('scaleIO'),
  Local: pointer('local', { Path: text('path'), FSType: json('fsType') }),
  StorageOS: json('storageos'),
  CSI: pointer('csi', csi),
};

const requirement: InternalStruct = { Key: text('key'), Operator: text('operator'), Values: json('values') };

export const internalAffinity: InternalStruct = {
  Required: pointer('required', {
    NodeSelectorTerms: list('nodeSelectorTerms', {
      MatchExpressions: list('matchExpressions', requirement),
      MatchFields: list('matchFields', requirement),
    }),
  }),
};
