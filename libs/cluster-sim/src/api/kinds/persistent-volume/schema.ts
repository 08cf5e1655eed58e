import { objectMeta, objectReference } from '../../schema/object-meta.ts';
import type { ObjectSchema, Schema } from '../../schema/schema.ts';
import {
  always,
  atomic,
  bool,
  list,
  map,
  named,
  object,
  pointer,
  quantity,
  string,
  time,
} from '../../schema/schema.ts';
import {
  awsElasticBlockStoreVolumeSource,
  azureDiskVolumeSource,
  azureFileVolumeSource,
  cephFSVolumeSource,
  cinderVolumeSource,
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
} from '../pod-template/schema/network-volume-source.ts';
import { secretReference } from '../pod-template/schema/references.ts';
import { nodeSelector } from '../pod-template/schema/scheduling.ts';
import { hostPathVolumeSource } from '../pod-template/schema/volume.ts';

/** core/v1 PersistentVolume. */

/** The source of a Pod's volume in its form for volumes that belong to no namespace: it names Secrets with theirs. */
function persistent(goType: string, source: ObjectSchema, fields: Readonly<Record<string, Schema>> = {}): ObjectSchema {
  const secret = source.fields['secretRef'] && { secretRef: secretReference };
  return object(goType, { ...source.fields, ...secret, ...fields });
}

const csiPersistentVolumeSource = object('CSIPersistentVolumeSource', {
  driver: always(string),
  volumeHandle: always(string),
  readOnly: bool,
  fsType: string,
  volumeAttributes: map(string),
  controllerPublishSecretRef: secretReference,
  nodeStageSecretRef: secretReference,
  nodePublishSecretRef: secretReference,
  controllerExpandSecretRef: secretReference,
  nodeExpandSecretRef: secretReference,
});

/** In the order of k8s.io/api. */
const persistentVolumeSource: Readonly<Record<string, ObjectSchema>> = {
  gcePersistentDisk: gcePersistentDiskVolumeSource,
  awsElasticBlockStore: awsElasticBlockStoreVolumeSource,
  hostPath: hostPathVolumeSource,
  glusterfs: persistent('GlusterfsPersistentVolumeSource', glusterfsVolumeSource, {
    endpointsNamespace: pointer(string),
  }),
  nfs: nfsVolumeSource,
  rbd: persistent('RBDPersistentVolumeSource', rbdVolumeSource),
  iscsi: persistent('ISCSIPersistentVolumeSource', iscsiVolumeSource),
  cinder: persistent('CinderPersistentVolumeSource', cinderVolumeSource),
  cephfs: persistent('CephFSPersistentVolumeSource', cephFSVolumeSource),
  fc: fcVolumeSource,
  flocker: flockerVolumeSource,
  flexVolume: persistent('FlexPersistentVolumeSource', flexVolumeSource),
  azureFile: persistent('AzureFilePersistentVolumeSource', azureFileVolumeSource, {
    secretNamespace: pointer(string),
  }),
  vsphereVolume: vsphereVirtualDiskVolumeSource,
  quobyte: quobyteVolumeSource,
  azureDisk: azureDiskVolumeSource,
  photonPersistentDisk: photonPersistentDiskVolumeSource,
  portworxVolume: portworxVolumeSource,
  scaleIO: persistent('ScaleIOPersistentVolumeSource', scaleIOVolumeSource),
  local: object('LocalVolumeSource', { path: always(string), fsType: pointer(string) }),
  storageos: persistent('StorageOSPersistentVolumeSource', storageOSVolumeSource, { secretRef: objectReference }),
  csi: csiPersistentVolumeSource,
};

const persistentVolumeSpec = object('PersistentVolumeSpec', {
  capacity: named('v1.ResourceList', map(quantity)),
  ...persistentVolumeSource,
  accessModes: list(named('v1.PersistentVolumeAccessMode', string)),
  claimRef: objectReference,
  persistentVolumeReclaimPolicy: named('v1.PersistentVolumeReclaimPolicy', string),
  storageClassName: string,
  mountOptions: list(string),
  volumeMode: pointer(named('v1.PersistentVolumeMode', string)),
  nodeAffinity: object('VolumeNodeAffinity', { required: atomic(nodeSelector) }),
  volumeAttributesClassName: pointer(string),
});

export const persistentVolume = object('PersistentVolume', {
  metadata: always(objectMeta),
  spec: always(persistentVolumeSpec),
  status: always(
    object('PersistentVolumeStatus', {
      phase: named('v1.PersistentVolumePhase', string),
      message: string,
      reason: string,
      lastPhaseTransitionTime: pointer(time),
    }),
  ),
});
