import type { PersistentVolume, PersistentVolumeClaim, Pod } from '@kubedrill/kube-model';
import { claimProtection } from '../../api/kinds/persistent-volume-claim/persistent-volume-claim-definition.ts';
import { volumeProtection } from '../../api/kinds/persistent-volume/persistent-volume-definition.ts';
import { noChanges, type Controller, type Reconciliation } from '../../engine/controller.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { keyOf, splitKey } from '../object-key.ts';
import { saidNoLonger } from './claim-remarks.ts';
import { syncClaim } from './claim-sync.ts';
import { bindCompleted } from './volume-match.ts';
import { syncVolume } from './volume-sync.ts';

const nothing: readonly string[] = [];

/**
 * pkg/controller/volume/persistentvolume, its half for claims. A claim that waits is looked at as soon as there is something new for it;
 * there it may have to wait for the next of the looks that come every 15 seconds.
 */
export const persistentVolumeClaimController: Controller = {
  name: 'persistentvolume-binder-claims',
  watches: ['PersistentVolumeClaim', 'PersistentVolume', 'StorageClass', 'Pod'],
  keysFor({ type, object }, view) {
    if (view.count('PersistentVolumeClaim') === 0) return nothing;
    switch (object.kind) {
      case 'PersistentVolumeClaim':
        return type === 'DELETED' ? nothing : [keyOf(object.metadata)];
      case 'PersistentVolume':
        return claimsOf(object, view);
      case 'Pod':
        return type === 'ADDED' ? claimKeys(object).filter((key) => isUnbound(key, view)) : nothing;
      default:
        return unboundClaims(view).map(({ metadata }) => keyOf(metadata));
    }
  },
  reconcile(view, key, now) {
    const { namespace, name } = splitKey(key);
    const claim = view.get('PersistentVolumeClaim', namespace, name);
    return claim ? syncClaim(view, claim, now) : noChanges;
  },
  comment: ({ type, object }) =>
    type === 'DELETED' && object.kind === 'PersistentVolumeClaim' ? [saidNoLonger(object)] : undefined,
};

function isUnboundClaim({ metadata }: PersistentVolumeClaim): boolean {
  return metadata.annotations?.[bindCompleted] === undefined;
}

function unboundClaims(view: ObjectView): readonly PersistentVolumeClaim[] {
  return view.list('PersistentVolumeClaim').filter(isUnboundClaim);
}

function isUnbound(key: string, view: ObjectView): boolean {
  const { namespace, name } = splitKey(key);
  const claim = view.get('PersistentVolumeClaim', namespace, name);
  return claim !== undefined && isUnboundClaim(claim);
}

/** Those that name the volume, those that it names, and those that wait for any. */
function claimsOf({ metadata, spec, status }: PersistentVolume, view: ObjectView): readonly string[] {
  const isFree = status.phase === 'Available';
  const named = spec.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : undefined;
  return view
    .list('PersistentVolumeClaim')
    .filter(
      (claim) =>
        claim.spec.volumeName === metadata.name || keyOf(claim.metadata) === named || (isFree && isUnboundClaim(claim)),
    )
    .map((claim) => keyOf(claim.metadata));
}

/** Its half for volumes. */
export const persistentVolumeController: Controller = {
  name: 'persistentvolume-binder-volumes',
  watches: ['PersistentVolume', 'PersistentVolumeClaim'],
  keysFor({ type, object }, view) {
    if (object.kind === 'PersistentVolume') return type === 'DELETED' ? nothing : [object.metadata.name];
    if (object.kind !== 'PersistentVolumeClaim') return nothing;
    const { namespace, name } = object.metadata;
    return view
      .list('PersistentVolume')
      .filter(({ spec: { claimRef } }) => claimRef?.name === name && claimRef.namespace === namespace)
      .map(({ metadata }) => metadata.name);
  },
  reconcile(view, key) {
    const volume = view.get('PersistentVolume', '', key);
    return volume ? syncVolume(view, volume) : noChanges;
  },
};

/** pkg/controller/volume/pvcprotection: a claim goes when no Pod on a node names it any more. */
export const claimProtectionController: Controller = {
  name: 'persistentvolumeclaim-protection',
  watches: ['PersistentVolumeClaim', 'Pod'],
  keysFor({ type, object }: WatchEvent, view) {
    if (view.count('PersistentVolumeClaim') === 0) return nothing;
    if (object.kind === 'Pod') return type === 'DELETED' ? claimKeys(object) : nothing;
    return type !== 'DELETED' && isGoing(object, claimProtection) ? [keyOf(object.metadata)] : nothing;
  },
  reconcile(view, key) {
    const { namespace, name } = splitKey(key);
    const claim = view.get('PersistentVolumeClaim', namespace, name);
    if (!claim || !isGoing(claim, claimProtection)) return noChanges;
    const isUsed = view.list('Pod', namespace).some((pod) => pod.spec.nodeName && claimKeys(pod).includes(key));
    return isUsed ? noChanges : withoutFinalizer(claim, claimProtection);
  },
};

/** pkg/controller/volume/pvprotection: a volume goes when it is not bound. */
export const volumeProtectionController: Controller = {
  name: 'persistentvolume-protection',
  watches: ['PersistentVolume'],
  keysFor: ({ type, object }) =>
    type !== 'DELETED' && isGoing(object, volumeProtection) ? [object.metadata.name] : nothing,
  reconcile(view, key) {
    const volume = view.get('PersistentVolume', '', key);
    if (!volume || !isGoing(volume, volumeProtection) || volume.status.phase === 'Bound') return noChanges;
    return withoutFinalizer(volume, volumeProtection);
  },
};

function isGoing({ metadata }: WatchEvent['object'], finalizer: string): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers?.includes(finalizer) ?? false);
}

function withoutFinalizer(object: PersistentVolume | PersistentVolumeClaim, finalizer: string): Reconciliation {
  const finalizers = object.metadata.finalizers?.filter((name) => name !== finalizer) ?? [];
  const metadata = { ...object.metadata, finalizers };
  return { changes: [{ verb: 'update', object: { ...object, metadata } as typeof object }] };
}

function claimKeys({ metadata: { namespace = '' }, spec }: Pod): readonly string[] {
  return (spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim ? [`${namespace}/${persistentVolumeClaim.claimName}`] : [],
  );
}
