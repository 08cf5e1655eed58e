import type { JsonObject, PersistentVolume } from '@kubedrill/kube-model';
import { formatTime, type Instant } from '../../../engine/time.ts';
import { done } from '../../outcome.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { absent, all, inMember } from '../pod-template/defaults/defaulter.ts';
import { wholeThousandths } from '../pod-template/defaults/resource-defaults.ts';
import { defaultStorageSource } from '../pod-template/defaults/volume-defaults.ts';
import {
  validateNewPersistentVolume,
  validatePersistentVolumeStatus,
  validatePersistentVolumeUpdate,
} from './persistent-volume-validation.ts';
import { persistentVolumeWarnings } from './persistent-volume-warnings.ts';
import { persistentVolume as schema } from './schema.ts';

/** pkg/apis/core/v1/defaults.go SetDefaults_PersistentVolume, and the sources' own defaults. */
const withDefaults = all(
  inMember('status', absent({ phase: 'Pending' })),
  inMember(
    'spec',
    all(
      absent({ persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' }),
      inMember('capacity', wholeThousandths),
      defaultStorageSource,
    ),
  ),
);

export const volumeProtection = 'kubernetes.io/pv-protection';

/** pkg/registry/core/persistentvolume, and the admission plugin StorageObjectInUseProtection. */
export const persistentVolumeDefinition: KindDefinition<'PersistentVolume'> = {
  kind: 'PersistentVolume',
  schema,
  defaults: (volume) => withDefaults(volume as unknown as JsonObject) as unknown as PersistentVolume,
  admitCreate: ({ metadata, ...volume }) => {
    const { finalizers = [] } = metadata;
    if (finalizers.includes(volumeProtection)) return done({ ...volume, metadata });
    return done({ ...volume, metadata: { ...metadata, finalizers: [...finalizers, volumeProtection] } });
  },
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (volume, { now }) => ({
      ...volume,
      status: { phase: 'Pending', lastPhaseTransitionTime: formatTime(now) },
    }),
    prepareForUpdate: (volume, old) => ({ ...volume, status: old.status }),
    validateCreate: validateNewPersistentVolume,
    validateUpdate: validatePersistentVolumeUpdate,
    warningsOnCreate: persistentVolumeWarnings,
    warningsOnUpdate: persistentVolumeWarnings,
  },
  status: {
    prepareForUpdate: (volume, old, { now }) => ({ ...volume, spec: old.spec, status: statusSince(volume, old, now) }),
    validateUpdate: validatePersistentVolumeStatus,
  },
  selectableFields: { name: ({ metadata }) => metadata.name },
};

/** Since when it is in its phase follows from the phase, unless the client says it. */
function statusSince({ status }: PersistentVolume, old: PersistentVolume, now: Instant): PersistentVolume['status'] {
  const { phase, lastPhaseTransitionTime: told } = status;
  const { phase: before, lastPhaseTransitionTime: since } = old.status;
  if (phase === before)
    return told === undefined && since !== undefined ? { ...status, lastPhaseTransitionTime: since } : status;
  return told === undefined || told === since ? { ...status, lastPhaseTransitionTime: formatTime(now) } : status;
}
