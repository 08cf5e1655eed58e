import type { PersistentVolume, PersistentVolumeClaim } from '@kubedrill/kube-model';
import { noChanges, type Change, type Reconciliation } from '../../engine/controller.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { objectKeyOf } from '../ownership.ts';
import { volumeRemark } from './claim-remarks.ts';
import { phaseChange, unversioned } from './volume-binding.ts';
import { boundByController, isSameMode } from './volume-match.ts';

/** pkg/controller/volume/persistentvolume/pv_controller.go syncVolume. */
export function syncVolume(view: ObjectView, volume: PersistentVolume): Reconciliation {
  const { claimRef } = volume.spec;
  if (!claimRef?.uid) return { changes: phaseChange(volume, 'Available') };
  const named = view.get('PersistentVolumeClaim', claimRef.namespace ?? '', claimRef.name ?? '');
  const claim = named?.metadata.uid === claimRef.uid ? named : undefined;
  if (!claim) return release(volume);
  if (!claim.spec.volumeName) return isSameMode(claim, volume) ? noChanges : mismatch(volume, claim);
  if (claim.spec.volumeName === volume.metadata.name) return { changes: phaseChange(volume, 'Bound') };
  return unbind(volume);
}

function mismatch(volume: PersistentVolume, claim: PersistentVolumeClaim): Reconciliation {
  const why = 'due to incompatible volumeMode.';
  const [volumeName, claimName] = [volume.metadata.name, claim.metadata.name];
  const ofVolume = `Cannot bind PersistentVolume to requested PersistentVolumeClaim "${claimName}" ${why}`;
  const ofClaim = `Cannot bind PersistentVolume "${volumeName}" to requested PersistentVolumeClaim ${why}`;
  return {
    changes: [],
    remarks: [
      volumeRemark(volume, 'Warning', 'VolumeMismatch', ofVolume),
      volumeRemark(claim, 'Warning', 'VolumeMismatch', ofClaim),
    ],
  };
}

function release(volume: PersistentVolume): Reconciliation {
  const { phase } = volume.status;
  if (phase === 'Released') return reclaim(volume);
  // The change makes the volume dirty again, and it is reclaimed then.
  return phase === 'Failed' ? noChanges : { changes: phaseChange(volume, 'Released') };
}

/** reclaimVolume. Nobody deletes what a driver outside of Kubernetes keeps. */
function reclaim(volume: PersistentVolume): Reconciliation {
  const { name } = volume.metadata;
  switch (volume.spec.persistentVolumeReclaimPolicy) {
    case 'Recycle': {
      const isRecyclable = volume.spec.hostPath !== undefined || volume.spec.nfs !== undefined;
      if (!isRecyclable) return fail(volume, 'VolumeFailedRecycle', 'No recycler plugin found for the volume!');
      const remark = volumeRemark(volume, 'Normal', 'VolumeRecycled', 'Volume recycled');
      return { ...unbind(volume), remarks: [remark] };
    }
    case 'Delete': {
      if (volume.spec.csi) return noChanges;
      const { hostPath } = volume.spec;
      if (!hostPath) {
        const problem = 'no deletable volume plugin matched';
        return fail(
          volume,
          'VolumeFailedDelete',
          `error getting deleter volume plugin for volume "${name}": ${problem}`,
        );
      }
      if (!/^\/tmp\/.+/.test(hostPath.path))
        return fail(
          volume,
          'VolumeFailedDelete',
          `host_path deleter only supports /tmp/.+ but received provided ${hostPath.path}`,
        );
      return { changes: [{ verb: 'delete', key: objectKeyOf(volume), uid: volume.metadata.uid }] };
    }
    default:
      return noChanges;
  }
}

/** updateVolumePhaseWithEvent. */
function fail(volume: PersistentVolume, reason: string, message: string): Reconciliation {
  return {
    changes: phaseChange(volume, 'Failed', message),
    remarks: [volumeRemark(volume, 'Warning', reason, message)],
  };
}

/** unbindVolume: one that the controller has bound is free again, one that somebody asked for waits for a claim of that name. */
function unbind(volume: PersistentVolume): Reconciliation {
  const { [boundByController]: isOurs, ...others } = volume.metadata.annotations ?? {};
  const { claimRef, ...spec } = volume.spec;
  const { uid: _former, ...reference } = claimRef ?? {};
  const { annotations: _annotations, ...metadata } = volume.metadata;
  const object: PersistentVolume =
    isOurs === undefined
      ? { ...volume, spec: { ...spec, claimRef: reference } }
      : {
          ...volume,
          metadata: Object.keys(others).length > 0 ? { ...metadata, annotations: others } : metadata,
          spec,
        };
  const changes: readonly Change[] = [{ verb: 'update', object }, ...phaseChange(unversioned(object), 'Available')];
  return { changes };
}
