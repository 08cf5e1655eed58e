import type { PersistentVolume } from '@kubedrill/kube-model';
import { metadataPath, specPath } from '../../validation/path.ts';
import { termWarnings } from '../pod-template/scheduling-warnings.ts';

const deprecatedAnnotations: readonly (readonly [key: string, message: string])[] = [
  ['volume.beta.kubernetes.io/storage-class', 'deprecated since v1.8; use "storageClassName" attribute instead'],
  ['volume.beta.kubernetes.io/mount-options', 'deprecated since v1.31; use "mountOptions" attribute instead'],
];

const recycle =
  'The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.';

/** Storage that Kubernetes no longer has, in its order. */
const formerSources: readonly (readonly [source: string, message: string])[] = [
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

/** pkg/api/persistentvolume/util.go GetWarningsForPersistentVolume. */
export function persistentVolumeWarnings({ metadata, spec }: PersistentVolume): readonly string[] {
  const annotations = metadata.annotations ?? {};
  const place = specPath.child('nodeAffinity').child('required').child('nodeSelectorTerms');
  return [
    ...deprecatedAnnotations
      .filter(([key]) => Object.hasOwn(annotations, key))
      .map(([key, message]) => `${metadataPath.child('annotations').key(key).toString()}: ${message}`),
    ...(spec.persistentVolumeReclaimPolicy === 'Recycle' ? [`spec.persistentVolumeReclaimPolicy: ${recycle}`] : []),
    ...(spec.nodeAffinity?.required?.nodeSelectorTerms ?? []).flatMap((term, index) =>
      termWarnings(term, false, place.index(index)),
    ),
    ...formerSources.filter(([source]) => source in spec).map(([source, message]) => `spec.${source}: ${message}`),
  ];
}
