import type { PersistentVolume, PersistentVolumeClaim } from '@kubedrill/kube-model';
import type { Change } from '../../engine/controller.ts';
import { sameValue } from '../same-value.ts';
import { bindCompleted, boundByController, isBoundTo } from './volume-match.ts';

/** pkg/controller/volume/persistentvolume/pv_controller.go bind: each write that is still missing, in its order. */
export function bindingChanges(volume: PersistentVolume, claim: PersistentVolumeClaim): readonly Change[] {
  const bound = boundVolume(volume, claim);
  const claimed = boundClaim(claim, bound);
  return [
    ...(bound === volume ? [] : [{ verb: 'update', object: bound } as const]),
    ...phaseChange(bound, 'Bound'),
    ...(claimed === claim ? [] : [{ verb: 'update', object: claimed } as const]),
    ...claimStatusChange(claimed, 'Bound', bound),
  ];
}

/** GetBindVolumeToClaim. The same volume where it says so already. */
export function boundVolume(volume: PersistentVolume, claim: PersistentVolumeClaim): PersistentVolume {
  const { name, namespace, uid, resourceVersion } = claim.metadata;
  const { claimRef } = volume.spec;
  const isComplete = claimRef?.uid === uid && claimRef.name === name && claimRef.namespace === namespace;
  const wasAsked = isBoundTo(volume, claim);
  if (isComplete && wasAsked) return volume;
  const reference = { kind: 'PersistentVolumeClaim', namespace, name, uid, apiVersion: 'v1', resourceVersion };
  const metadata = wasAsked ? volume.metadata : annotated(volume.metadata, boundByController);
  return { ...volume, metadata, spec: { ...volume.spec, claimRef: reference } };
}

/** bindClaimToVolume. */
function boundClaim(claim: PersistentVolumeClaim, volume: PersistentVolume): PersistentVolumeClaim {
  const isNamed = claim.spec.volumeName === volume.metadata.name;
  if (isNamed && claim.metadata.annotations?.[bindCompleted] !== undefined) return claim;
  const metadata = isNamed ? claim.metadata : annotated(claim.metadata, boundByController);
  return {
    ...claim,
    metadata: annotated(metadata, bindCompleted),
    spec: { ...claim.spec, volumeName: volume.metadata.name },
  };
}

function annotated(metadata: PersistentVolume['metadata'], key: string): PersistentVolume['metadata'] {
  if (metadata.annotations?.[key] !== undefined) return metadata;
  return { ...metadata, annotations: { ...metadata.annotations, [key]: 'yes' } };
}

/** updateVolumePhase. An object that may have been written a moment ago names no version. */
export function phaseChange(
  volume: PersistentVolume,
  phase: PersistentVolume['status']['phase'],
  message = '',
): readonly Change[] {
  if (volume.status.phase === phase) return [];
  const { message: _former, ...status } = volume.status;
  const next = { ...status, phase, ...(message !== '' && { message }) };
  return [{ verb: 'updateStatus', object: { ...unversioned(volume), status: next } }];
}

/** updateClaimStatus. */
export function claimStatusChange(
  claim: PersistentVolumeClaim,
  phase: PersistentVolumeClaim['status']['phase'],
  volume: PersistentVolume | undefined,
): readonly Change[] {
  const { accessModes: _modes, capacity, ...rest } = claim.status;
  const { accessModes } = volume?.spec ?? {};
  const size = claim.status.phase === phase ? capacity : volume?.spec.capacity;
  const status = {
    ...rest,
    phase,
    ...(volume && accessModes && { accessModes }),
    ...(volume && size && { capacity: size }),
  };
  return sameValue(status, claim.status) ? [] : [{ verb: 'updateStatus', object: { ...unversioned(claim), status } }];
}

export function unversioned<O extends PersistentVolume | PersistentVolumeClaim>(object: O): O {
  return { ...object, metadata: { ...object.metadata, resourceVersion: '' } };
}
