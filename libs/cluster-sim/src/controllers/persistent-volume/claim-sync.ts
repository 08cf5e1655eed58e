import type { PersistentVolume, PersistentVolumeClaim } from '@kubedrill/kube-model';
import { classOfClaim, defaultClass, hasClass } from '../../api/kinds/persistent-volume-claim/storage-class-name.ts';
import { noChanges, type Reconciliation } from '../../engine/controller.ts';
import type { Instant } from '../../engine/time.ts';
import type { Utterance } from '../../events/remark.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { saidAgain, saidNoLonger, volumeRemark } from './claim-remarks.ts';
import { provisionerOf } from './provisioners.ts';
import { bindingChanges, claimStatusChange } from './volume-binding.ts';
import { bindCompleted, isBoundTo, isDelayed, matchingVolume, misfit, selectedNode } from './volume-match.ts';

/** pkg/controller/volume/persistentvolume/pv_controller.go syncClaim. */
export function syncClaim(view: ObjectView, claim: PersistentVolumeClaim, now: Instant): Reconciliation {
  return claim.metadata.annotations?.[bindCompleted] === undefined
    ? syncUnbound(view, claim, now)
    : syncBound(view, claim);
}

function bind(volume: PersistentVolume, claim: PersistentVolumeClaim): Reconciliation {
  const changes = bindingChanges(volume, claim);
  return changes.length === 0 ? noChanges : { changes, remarks: [saidNoLonger(claim)] };
}

function pending(claim: PersistentVolumeClaim, remarks: readonly Utterance[]): Reconciliation {
  return { changes: claimStatusChange(claim, 'Pending', undefined), remarks };
}

function syncUnbound(view: ObjectView, claim: PersistentVolumeClaim, now: Instant): Reconciliation {
  const { volumeName } = claim.spec;
  if (volumeName) return syncNamed(view.get('PersistentVolume', '', volumeName), claim, now);
  const delays = isDelayed(claim, view);
  const volume = matchingVolume(claim, { volumes: view.list('PersistentVolume'), isDelayed: delays });
  if (volume) return bind(volume, claim);
  const storageClass = hasClass(claim) ? undefined : defaultClass(view);
  if (storageClass) {
    const spec = { ...claim.spec, storageClassName: storageClass.metadata.name };
    return { changes: [{ verb: 'update', object: { ...claim, spec } }] };
  }
  if (delays && claim.metadata.annotations?.[selectedNode] === undefined) {
    const { reason, message } = waitsFor(view, claim);
    return pending(claim, saidAgain(volumeRemark(claim, 'Normal', reason, message), claim, now));
  }
  if (classOfClaim(claim) !== '') return provision(view, claim, now);
  const message = 'no persistent volumes available for this claim and no storage class is set';
  return pending(claim, saidAgain(volumeRemark(claim, 'Normal', 'FailedBinding', message), claim, now));
}

/** emitEventForUnboundDelayBindingClaim. */
function waitsFor(
  view: ObjectView,
  { metadata }: PersistentVolumeClaim,
): { readonly reason: string; readonly message: string } {
  const pods = view
    .list('Pod', metadata.namespace ?? '')
    .filter(
      ({ spec }) =>
        !spec.nodeName &&
        spec.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === metadata.name),
    )
    .map((pod) => pod.metadata.name);
  if (pods.length === 0)
    return {
      reason: 'WaitForFirstConsumer',
      message: 'waiting for first consumer to be created before binding',
    };
  const words = pods.length > 1 ? 'pods' : 'pod';
  return { reason: 'WaitForPodScheduled', message: `waiting for ${words} ${pods.join(',')} to be scheduled` };
}

/** A claim that names its volume. */
function syncNamed(volume: PersistentVolume | undefined, claim: PersistentVolumeClaim, now: Instant): Reconciliation {
  if (!volume) return pending(claim, []);
  if (isBoundTo(volume, claim)) return bind(volume, claim);
  if (volume.spec.claimRef) {
    const message = `volume "${volume.metadata.name}" already bound to a different claim.`;
    return pending(claim, saidAgain(volumeRemark(claim, 'Warning', 'FailedBinding', message), claim, now));
  }
  const why = misfit(volume, claim);
  if (why === undefined) return bind(volume, claim);
  const message = `Cannot bind to requested volume "${volume.metadata.name}": ${why}`;
  return pending(claim, saidAgain(volumeRemark(claim, 'Warning', 'VolumeMismatch', message), claim, now));
}

const provisionerAnnotations = [
  'volume.beta.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/storage-provisioner',
];

/** provisionClaim: whoever provisions volumes does so outside of Kubernetes, and nobody does here. */
function provision(view: ObjectView, claim: PersistentVolumeClaim, now: Instant): Reconciliation {
  const name = classOfClaim(claim);
  const storageClass = view.get('StorageClass', '', name);
  const found = storageClass
    ? provisionerOf(storageClass)
    : { problem: `storageclass.storage.k8s.io "${name}" not found` };
  if ('problem' in found)
    return {
      changes: [],
      remarks: saidAgain(volumeRemark(claim, 'Warning', 'ProvisioningFailed', found.problem), claim, now),
    };
  const annotations = { ...claim.metadata.annotations };
  const isAsked = provisionerAnnotations.every((key) => annotations[key] === found.name);
  for (const key of provisionerAnnotations) annotations[key] = found.name;
  const message = `Waiting for a volume to be created either by the external provisioner '${found.name}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`;
  return {
    changes: isAsked ? [] : [{ verb: 'update', object: { ...claim, metadata: { ...claim.metadata, annotations } } }],
    remarks: saidAgain(volumeRemark(claim, 'Normal', 'ExternalProvisioning', message), claim, now),
  };
}

function syncBound(view: ObjectView, claim: PersistentVolumeClaim): Reconciliation {
  const { volumeName } = claim.spec;
  if (!volumeName)
    return lost(claim, 'ClaimLost', 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!');
  const volume = view.get('PersistentVolume', '', volumeName);
  if (!volume)
    return lost(claim, 'ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
  const { claimRef } = volume.spec;
  if (!claimRef || claimRef.uid === claim.metadata.uid) return bind(volume, claim);
  return lost(claim, 'ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly');
}

/** updateClaimStatusWithEvent: said once. */
function lost(claim: PersistentVolumeClaim, reason: string, message: string): Reconciliation {
  if (claim.status.phase === 'Lost') return noChanges;
  return {
    changes: claimStatusChange(claim, 'Lost', undefined),
    remarks: [volumeRemark(claim, 'Warning', reason, message)],
  };
}
