import { always, bool, int32, list, map, named, object, pointer, string } from '../../../schema/schema.ts';
import { localObjectReference } from './references.ts';

/** core/v1: volume sources that come from storage over the network or from a cloud. */

export const gcePersistentDiskVolumeSource = object('GCEPersistentDiskVolumeSource', {
  pdName: always(string),
  fsType: string,
  partition: int32,
  readOnly: bool,
});

export const awsElasticBlockStoreVolumeSource = object('AWSElasticBlockStoreVolumeSource', {
  volumeID: always(string),
  fsType: string,
  partition: int32,
  readOnly: bool,
});

export const nfsVolumeSource = object('NFSVolumeSource', {
  server: always(string),
  path: always(string),
  readOnly: bool,
});

export const iscsiVolumeSource = object('ISCSIVolumeSource', {
  targetPortal: always(string),
  iqn: always(string),
  lun: always(int32),
  iscsiInterface: string,
  fsType: string,
  readOnly: bool,
  portals: list(string),
  chapAuthDiscovery: bool,
  chapAuthSession: bool,
  secretRef: localObjectReference,
  initiatorName: pointer(string),
});

export const glusterfsVolumeSource = object('GlusterfsVolumeSource', {
  endpoints: always(string),
  path: always(string),
  readOnly: bool,
});

export const rbdVolumeSource = object('RBDVolumeSource', {
  monitors: always(list(string)),
  image: always(string),
  fsType: string,
  pool: string,
  user: string,
  keyring: string,
  secretRef: localObjectReference,
  readOnly: bool,
});

export const flexVolumeSource = object('FlexVolumeSource', {
  driver: always(string),
  fsType: string,
  secretRef: localObjectReference,
  readOnly: bool,
  options: map(string),
});

export const cinderVolumeSource = object('CinderVolumeSource', {
  volumeID: always(string),
  fsType: string,
  readOnly: bool,
  secretRef: localObjectReference,
});

export const cephFSVolumeSource = object('CephFSVolumeSource', {
  monitors: always(list(string)),
  path: string,
  user: string,
  secretFile: string,
  secretRef: localObjectReference,
  readOnly: bool,
});

export const flockerVolumeSource = object('FlockerVolumeSource', { datasetName: string, datasetUUID: string });

export const fcVolumeSource = object('FCVolumeSource', {
  targetWWNs: list(string),
  lun: pointer(int32),
  fsType: string,
  readOnly: bool,
  wwids: list(string),
});

export const azureFileVolumeSource = object('AzureFileVolumeSource', {
  secretName: always(string),
  shareName: always(string),
  readOnly: bool,
});

export const vsphereVirtualDiskVolumeSource = object('VsphereVirtualDiskVolumeSource', {
  volumePath: always(string),
  fsType: string,
  storagePolicyName: string,
  storagePolicyID: string,
});

export const quobyteVolumeSource = object('QuobyteVolumeSource', {
  registry: always(string),
  volume: always(string),
  readOnly: bool,
  user: string,
  group: string,
  tenant: string,
});

export const azureDiskVolumeSource = object('AzureDiskVolumeSource', {
  diskName: always(string),
  diskURI: always(string),
  cachingMode: pointer(named('v1.AzureDataDiskCachingMode', string)),
  fsType: pointer(string),
  readOnly: pointer(bool),
  kind: pointer(named('v1.AzureDataDiskKind', string)),
});

export const photonPersistentDiskVolumeSource = object('PhotonPersistentDiskVolumeSource', {
  pdID: always(string),
  fsType: string,
});

export const portworxVolumeSource = object('PortworxVolumeSource', {
  volumeID: always(string),
  fsType: string,
  readOnly: bool,
});

export const scaleIOVolumeSource = object('ScaleIOVolumeSource', {
  gateway: always(string),
  system: always(string),
  secretRef: localObjectReference,
  sslEnabled: bool,
  protectionDomain: string,
  storagePool: string,
  storageMode: string,
  volumeName: string,
  fsType: string,
  readOnly: bool,
});

export const storageOSVolumeSource = object('StorageOSVolumeSource', {
  volumeName: string,
  volumeNamespace: string,
  fsType: string,
  readOnly: bool,
  secretRef: localObjectReference,
});

export const csiVolumeSource = object('CSIVolumeSource', {
  driver: always(string),
  readOnly: pointer(bool),
  fsType: pointer(string),
  volumeAttributes: map(string),
  nodePublishSecretRef: localObjectReference,
});
