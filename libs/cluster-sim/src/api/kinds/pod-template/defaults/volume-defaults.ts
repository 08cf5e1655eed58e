import type { JsonObject } from '@kubedrill/kube-model';
import { defaultPullPolicy } from './container-defaults.ts';
import type { Defaulter } from './defaulter.ts';
import { absent, all, inElements, inMember } from './defaulter.ts';
import { roundResources } from './resource-defaults.ts';

/** Sources: pkg/apis/core/v1/defaults.go and the +default markers of the types (zz_generated.defaults.go). */

/** 0644 */
const readableByAll = absent({ defaultMode: 420 });

const downwardItems = inElements('items', inMember('fieldRef', absent({ apiVersion: 'v1' })));

const projection = all(
  inMember('downwardAPI', downwardItems),
  inMember('serviceAccountToken', absent({ expirationSeconds: 3600 })),
);

/** SetDefaults_PersistentVolumeClaimSpec. */
export const defaultClaimSpec: Defaulter = all(
  absent({ volumeMode: 'Filesystem' }),
  inMember('resources', roundResources),
);

/** A volume that names no source is an empty directory. */
function emptyDirectory(volume: JsonObject): JsonObject {
  return Object.keys(volume).some((member) => member !== 'name') ? volume : { ...volume, emptyDir: {} };
}

/** Sources that Pods and PersistentVolumes have in common. */
export const defaultStorageSource: Defaulter = all(
  inMember('hostPath', absent({ type: '' })),
  inMember('iscsi', absent({ iscsiInterface: 'default' })),
  inMember('rbd', absent({ pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' })),
  inMember('azureDisk', absent({ cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' })),
  inMember('scaleIO', absent({ storageMode: 'ThinProvisioned', fsType: 'xfs' })),
);

export const defaultVolume: Defaulter = all(
  emptyDirectory,
  inMember('image', (image) =>
    image.pullPolicy === undefined ? { ...image, pullPolicy: defaultPullPolicy(image.reference) } : image,
  ),
  defaultStorageSource,
  inMember('secret', readableByAll),
  inMember('configMap', readableByAll),
  inMember('downwardAPI', all(readableByAll, downwardItems)),
  inMember('projected', all(readableByAll, inElements('sources', projection))),
  inMember('ephemeral', inMember('volumeClaimTemplate', inMember('spec', defaultClaimSpec))),
);
