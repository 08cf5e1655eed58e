import type { InternalStruct } from './internal-struct.ts';
import { flag, json, list, number, pointer, text } from './internal-struct.ts';
import { localObjectReference, objectFieldSelector, resourceFieldSelector } from './internal-shared.ts';

/** pkg/apis/core/types.go: names and order of fields as Kubernetes keeps them inside, and as its texts show them. Volumes. Sources that a cloud or a storage system gives are shown as they were sent. */

export const hostPathVolumeSource: InternalStruct = { Path: text('path'), Type: json('type') };

export const emptyDirVolumeSource: InternalStruct = { Medium: text('medium'), SizeLimit: json('sizeLimit') };

export const gitRepoVolumeSource: InternalStruct = {
  Repository: text('repository'),
  Revision: text('revision'),
  Directory: text('directory'),
};

export const keyToPath: InternalStruct = { Key: text('key'), Path: text('path'), Mode: json('mode') };

export const secretVolumeSource: InternalStruct = {
  SecretName: text('secretName'),
  Items: list('items', keyToPath),
  DefaultMode: json('defaultMode'),
  Optional: json('optional'),
};

export const persistentVolumeClaimVolumeSource: InternalStruct = {
  ClaimName: text('claimName'),
  ReadOnly: flag('readOnly'),
};

export const downwardAPIVolumeFile: InternalStruct = {
  Path: text('path'),
  FieldRef: pointer('fieldRef', objectFieldSelector),
  ResourceFieldRef: pointer('resourceFieldRef', resourceFieldSelector),
  Mode: json('mode'),
};

export const downwardAPIVolumeSource: InternalStruct = {
  Items: list('items', downwardAPIVolumeFile),
  DefaultMode: json('defaultMode'),
};

export const configMapVolumeSource: InternalStruct = {
  ...localObjectReference,
  Items: list('items', keyToPath),
  DefaultMode: json('defaultMode'),
  Optional: json('optional'),
};

export const secretProjection: InternalStruct = {
  ...localObjectReference,
  Items: list('items', keyToPath),
  Optional: json('optional'),
};

export const downwardAPIProjection: InternalStruct = { Items: list('items', downwardAPIVolumeFile) };

export const configMapProjection: InternalStruct = {
  ...localObjectReference,
  Items: list('items', keyToPath),
  Optional: json('optional'),
};

export const serviceAccountTokenProjection: InternalStruct = {
  Audience: text('audience'),
  ExpirationSeconds: number('expirationSeconds'),
  Path: text('path'),
};

export const volumeProjection: InternalStruct = {
  Secret: pointer('secret', secretProjection),
  DownwardAPI: pointer('downwardAPI', downwardAPIProjection),
  ConfigMap: pointer('configMap', configMapProjection),
  ServiceAccountToken: pointer('serviceAccountToken', serviceAccountTokenProjection),
  ClusterTrustBundle: json('clusterTrustBundle'),
  PodCertificate: json('podCertificate'),
};

export const projectedVolumeSource: InternalStruct = {
  Sources: list('sources', volumeProjection),
  DefaultMode: json('defaultMode'),
};

export const imageVolumeSource: InternalStruct = { Reference: text('reference'), PullPolicy: text('pullPolicy') };

export const volumeSource: InternalStruct = {
  HostPath: pointer('hostPath', hostPathVolumeSource),
  EmptyDir: pointer('emptyDir', emptyDirVolumeSource),
  GCEPersistentDisk: json('gcePersistentDisk'),
  AWSElasticBlockStore: json('awsElasticBlockStore'),
  GitRepo: pointer('gitRepo', gitRepoVolumeSource),
  Secret: pointer('secret', secretVolumeSource),
  NFS: json('nfs'),
  ISCSI: json('iscsi'),
  Glusterfs: json('glusterfs'),
  PersistentVolumeClaim: pointer('persistentVolumeClaim', persistentVolumeClaimVolumeSource),
  RBD: json('rbd'),
  Quobyte: json('quobyte'),
  FlexVolume: json('flexVolume'),
  Cinder: json('cinder'),
  CephFS: json('cephfs'),
  Flocker: json('flocker'),
  DownwardAPI: pointer('downwardAPI', downwardAPIVolumeSource),
  FC: json('fc'),
  AzureFile: json('azureFile'),
  ConfigMap: pointer('configMap', configMapVolumeSource),
  VsphereVolume: json('vsphereVolume'),
  AzureDisk: json('azureDisk'),
  PhotonPersistentDisk: json('photonPersistentDisk'),
  Projected: pointer('projected', projectedVolumeSource),
  PortworxVolume: json('portworxVolume'),
  ScaleIO: json('scaleIO'),
  StorageOS: json('storageos'),
  CSI: json('csi'),
  Ephemeral: json('ephemeral'),
  Image: pointer('image', imageVolumeSource),
};

export const volume: InternalStruct = { Name: text('name'), ...volumeSource };
