import { labelSelector } from '../../../schema/object-meta.ts';
import { always, bool, embedded, int32, int64, list, map, object, pointer, string } from '../../../schema/schema.ts';
import { keyToPath, localObjectReference, objectFieldSelector, resourceFieldSelector } from './references.ts';

/** core/v1: volume sources that project API objects and the pod itself into files. */

export const secretVolumeSource = object('SecretVolumeSource', {
  secretName: string,
  items: list(keyToPath),
  defaultMode: pointer(int32),
  optional: pointer(bool),
});

export const configMapVolumeSource = object('ConfigMapVolumeSource', {
  ...embedded(localObjectReference),
  items: list(keyToPath),
  defaultMode: pointer(int32),
  optional: pointer(bool),
});

export const downwardAPIVolumeFile = object('DownwardAPIVolumeFile', {
  path: always(string),
  fieldRef: objectFieldSelector,
  resourceFieldRef: resourceFieldSelector,
  mode: pointer(int32),
});

export const downwardAPIVolumeSource = object('DownwardAPIVolumeSource', {
  items: list(downwardAPIVolumeFile),
  defaultMode: pointer(int32),
});

export const secretProjection = object('SecretProjection', {
  ...embedded(localObjectReference),
  items: list(keyToPath),
  optional: pointer(bool),
});

export const configMapProjection = object('ConfigMapProjection', {
  ...embedded(localObjectReference),
  items: list(keyToPath),
  optional: pointer(bool),
});

export const downwardAPIProjection = object('DownwardAPIProjection', { items: list(downwardAPIVolumeFile) });

export const serviceAccountTokenProjection = object('ServiceAccountTokenProjection', {
  audience: string,
  expirationSeconds: pointer(int64),
  path: always(string),
});

export const clusterTrustBundleProjection = object('ClusterTrustBundleProjection', {
  name: pointer(string),
  signerName: pointer(string),
  labelSelector,
  optional: pointer(bool),
  path: always(string),
});

export const podCertificateProjection = object('PodCertificateProjection', {
  signerName: string,
  keyType: string,
  maxExpirationSeconds: pointer(int32),
  credentialBundlePath: string,
  keyPath: string,
  certificateChainPath: string,
  userAnnotations: map(string),
});

export const volumeProjection = object('VolumeProjection', {
  secret: secretProjection,
  downwardAPI: downwardAPIProjection,
  configMap: configMapProjection,
  serviceAccountToken: serviceAccountTokenProjection,
  clusterTrustBundle: clusterTrustBundleProjection,
  podCertificate: podCertificateProjection,
});

export const projectedVolumeSource = object('ProjectedVolumeSource', {
  sources: always(list(volumeProjection)),
  defaultMode: pointer(int32),
});
