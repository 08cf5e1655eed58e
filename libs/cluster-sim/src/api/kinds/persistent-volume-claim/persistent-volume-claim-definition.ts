import type { JsonObject, PersistentVolumeClaim } from '@kubedrill/kube-model';
import { done } from '../../outcome.ts';
import { specPath } from '../../validation/path.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { absent, all, inMember } from '../pod-template/defaults/defaulter.ts';
import { wholeThousandths } from '../pod-template/defaults/resource-defaults.ts';
import { defaultClaimSpec } from '../pod-template/defaults/volume-defaults.ts';
import { claimWarnings } from '../pod-template/quantity-warnings.ts';
import { withDataSources } from './data-source.ts';
import { validateClaimStatus, validateClaimUpdate, validateNewClaim } from './persistent-volume-claim-validation.ts';
import { persistentVolumeClaim as schema } from './schema.ts';
import { classAnnotation, defaultClass, hasClass } from './storage-class-name.ts';

const withDefaults = all(
  inMember('status', all(absent({ phase: 'Pending' }), inMember('capacity', wholeThousandths))),
  inMember('spec', defaultClaimSpec),
);

export const claimProtection = 'kubernetes.io/pvc-protection';

/** pkg/registry/core/persistentvolumeclaim, and the admission plugins DefaultStorageClass and StorageObjectInUseProtection. */
export const persistentVolumeClaimDefinition: KindDefinition<'PersistentVolumeClaim'> = {
  kind: 'PersistentVolumeClaim',
  schema,
  defaults: (claim) => withDefaults(claim as unknown as JsonObject) as unknown as PersistentVolumeClaim,
  admitCreate(claim, { view }) {
    const { metadata, spec } = claim;
    const { finalizers = [] } = metadata;
    const storageClass = hasClass(claim) ? undefined : defaultClass(view);
    return done({
      ...claim,
      metadata: finalizers.includes(claimProtection)
        ? metadata
        : { ...metadata, finalizers: [...finalizers, claimProtection] },
      spec: storageClass ? { ...spec, storageClassName: storageClass.metadata.name } : spec,
    });
  },
  strategy: {
    allowCreateOnUpdate: false,
    allowUnconditionalUpdate: true,
    prepareForCreate: (claim) => ({
      ...claim,
      spec: withDataSources(claim.spec, undefined),
      status: { phase: 'Pending' },
    }),
    prepareForUpdate: (claim, old) => ({ ...claim, spec: withDataSources(claim.spec, old.spec), status: old.status }),
    validateCreate: validateNewClaim,
    validateUpdate: validateClaimUpdate,
    warningsOnCreate: warningsOf,
    warningsOnUpdate: warningsOf,
  },
  status: {
    prepareForUpdate: (claim, old) => ({ ...claim, spec: old.spec }),
    validateUpdate: validateClaimStatus,
  },
  selectableFields: { name: ({ metadata }) => metadata.name },
};

/** GetWarningsForPersistentVolumeClaim. */
function warningsOf({ metadata, spec }: PersistentVolumeClaim): readonly string[] {
  const isOld = metadata.annotations?.[classAnnotation] !== undefined;
  return [
    ...(isOld
      ? [`metadata.annotations[${classAnnotation}]: deprecated since v1.8; use "storageClassName" attribute instead`]
      : []),
    ...claimWarnings(spec, specPath),
  ];
}
