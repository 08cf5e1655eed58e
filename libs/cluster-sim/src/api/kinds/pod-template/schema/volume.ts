import { labelSelector, objectMeta } from '../../../schema/object-meta.ts';
import type { ObjectSchema } from '../../../schema/schema.ts';
import { always, bool, embedded, list, map, named, object, pointer, quantity, string } from '../../../schema/schema.ts';
import {
  awsElasticBlockStoreVolumeSource,
  azureDiskVolumeSource,
  azureFileVolumeSource,
  cephFSVolumeSource,
  cinderVolumeSource,
  csiVolumeSource,
  fcVolumeSource,
  flexVolumeSource,
  flockerVolumeSource,
  gcePersistentDiskVolumeSource,
  glusterfsVolumeSource,
  iscsiVolumeSource,
  nfsVolumeSource,
  photonPersistentDiskVolumeSource,
  portworxVolumeSource,
  quobyteVolumeSource,
  rbdVolumeSource,
  scaleIOVolumeSource,
  storageOSVolumeSource,
  vsphereVirtualDiskVolumeSource,
} from './network-volume-source.ts';
import {
  configMapVolumeSource,
  downwardAPIVolumeSource,
  projectedVolumeSource,
  secretVolumeSource,
} from './projected-volume-source.ts';
import { typedLocalObjectReference, typedObjectReference } from './references.ts';

/** core/v1: volumes of a pod. The sources of storage are a union: a patch lists the members that stay. */

export const hostPathVolumeSource = object('HostPathVolumeSource', {
  path: always(string),
  type: pointer(named('v1.HostPathType', string)),
});

export const emptyDirVolumeSource = object('EmptyDirVolumeSource', {
  medium: named('v1.StorageMedium', string),
  sizeLimit: pointer(quantity),
});

export const gitRepoVolumeSource = object('GitRepoVolumeSource', {
  repository: always(string),
  revision: string,
  directory: string,
});

export const persistentVolumeClaimVolumeSource = object('PersistentVolumeClaimVolumeSource', {
  claimName: always(string),
  readOnly: bool,
});

export const volumeResourceRequirements = object('VolumeResourceRequirements', {
  limits: named('v1.ResourceList', map(quantity)),
  requests: named('v1.ResourceList', map(quantity)),
});

export const persistentVolumeClaimSpec = object('PersistentVolumeClaimSpec', {
  accessModes: list(named('v1.PersistentVolumeAccessMode', string)),
  selector: labelSelector,
  resources: always(volumeResourceRequirements),
  volumeName: string,
  storageClassName: pointer(string),
  volumeMode: pointer(named('v1.PersistentVolumeMode', string)),
  dataSource: typedLocalObjectReference,
  dataSourceRef: typedObjectReference,
  volumeAttributesClassName: pointer(string),
});

export const persistentVolumeClaimTemplate = object('PersistentVolumeClaimTemplate', {
  metadata: always(objectMeta),
  spec: always(persistentVolumeClaimSpec),
});

export const ephemeralVolumeSource = object('EphemeralVolumeSource', {
  volumeClaimTemplate: persistentVolumeClaimTemplate,
});

export const imageVolumeSource = object('ImageVolumeSource', {
  reference: string,
  pullPolicy: named('v1.PullPolicy', string),
});

export const volumeSource = object('VolumeSource', {
  hostPath: hostPathVolumeSource,
  emptyDir: emptyDirVolumeSource,
  gcePersistentDisk: gcePersistentDiskVolumeSource,
  awsElasticBlockStore: awsElasticBlockStoreVolumeSource,
  gitRepo: gitRepoVolumeSource,
  secret: secretVolumeSource,
  nfs: nfsVolumeSource,
  iscsi: iscsiVolumeSource,
  glusterfs: glusterfsVolumeSource,
  persistentVolumeClaim: persistentVolumeClaimVolumeSource,
  rbd: rbdVolumeSource,
  flexVolume: flexVolumeSource,
  cinder: cinderVolumeSource,
  cephfs: cephFSVolumeSource,
  flocker: flockerVolumeSource,
  downwardAPI: downwardAPIVolumeSource,
  fc: fcVolumeSource,
  azureFile: azureFileVolumeSource,
  configMap: configMapVolumeSource,
  vsphereVolume: vsphereVirtualDiskVolumeSource,
  quobyte: quobyteVolumeSource,
  azureDisk: azureDiskVolumeSource,
  photonPersistentDisk: photonPersistentDiskVolumeSource,
  projected: projectedVolumeSource,
  portworxVolume: portworxVolumeSource,
  scaleIO: scaleIOVolumeSource,
  storageos: storageOSVolumeSource,
  csi: csiVolumeSource,
  ephemeral: ephemeralVolumeSource,
  image: imageVolumeSource,
});

export const volume: ObjectSchema = {
  ...object('Volume', { name: always(string), ...embedded(volumeSource) }),
  retainKeys: true,
};
