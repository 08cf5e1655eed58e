import type { PersistentVolumeClaim, Pod, StatefulSet } from '@kubedrill/kube-model';
import { noChanges, type Change, type Controller, type Reconciliation } from '../../engine/controller.ts';
import type { Instant } from '../../engine/time.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { matcherOf } from '../label-selector.ts';
import { keyOf, splitKey } from '../object-key.ts';
import { claim, controllerOf } from '../ownership.ts';
import { retried } from '../refused-changes.ts';
import { sameValue } from '../same-value.ts';
import { memberOf, podRevision } from './stateful-pod.ts';
import { revisionsOf, surplusRevisions } from './statefulset-revisions.ts';
import { nextAvailable, statusOf } from './statefulset-status.ts';
import { StatefulSetSync } from './statefulset-sync.ts';

/** pkg/controller/statefulset/stateful_set.go. */
export const statefulSetController: Controller = {
  name: 'statefulset',
  watches: ['StatefulSet', 'Pod', 'PersistentVolumeClaim'],
  keysFor,
  reconcile,
};

function keysFor({ type, object, previous }: WatchEvent, view: ObjectView): readonly string[] {
  if (object.kind === 'StatefulSet') return type === 'DELETED' ? [] : [keyOf(object.metadata)];
  if (object.kind === 'PersistentVolumeClaim') return type === 'MODIFIED' ? [] : claimants(object, view);
  if (object.kind !== 'Pod') return [];
  const owners = ownersOf(object, view, type === 'DELETED');
  const former = type === 'MODIFIED' && previous?.kind === 'Pod' ? ownersOf(previous, view, false) : [];
  return [...owners, ...former.filter((key) => !owners.includes(key))];
}

/** The StatefulSet that controls the Pod, or may adopt it by its name; one that goes makes room for a Pod of that name. */
function ownersOf({ metadata }: Pod, view: ObjectView, isGone: boolean): readonly string[] {
  const { namespace = '', name } = metadata;
  const owner = controllerOf(metadata);
  if (owner?.kind === 'StatefulSet') return [`${namespace}/${owner.name}`];
  if (owner && !isGone) return [];
  const set = memberOf(name)?.set;
  return set !== undefined && view.get('StatefulSet', namespace, set) ? [`${namespace}/${set}`] : [];
}

/** Whose Pods the claim is for, by its name. */
function claimants({ metadata }: PersistentVolumeClaim, view: ObjectView): readonly string[] {
  const named = memberOf(metadata.name)?.set;
  return view
    .list('StatefulSet', metadata.namespace ?? '')
    .filter(({ metadata: { name: set }, spec }) =>
      spec.volumeClaimTemplates?.some(({ metadata: { name = '' } }) => named === `${name}-${set}`),
    )
    .map((set) => keyOf(set.metadata));
}

function reconcile(view: ObjectView, key: string, now: Instant): Reconciliation {
  const { namespace, name } = splitKey(key);
  const set = view.get('StatefulSet', namespace, name);
  if (!set) return noChanges;
  const matches = matcherOf(set.spec.selector);
  const { claimed: pods, changes } = claim(
    set,
    view.indexed('Pod', 'owner', set.metadata.uid),
    view.indexed('Pod', 'orphan', namespace),
    ({ metadata }) => memberOf(metadata.name)?.set === name && matches(metadata.labels),
  );
  const revisions = revisionsOf(view, set);
  const sync = new StatefulSetSync(view, set, revisions, pods, now);
  if (set.metadata.deletionTimestamp === undefined) sync.run();
  const status = statusOf(set, pods, revisions, sync.deletedForUpdate, now);
  const surplus = surplusRevisions(set, revisions, new Set(pods.map(podRevision)));
  const next = retried(
    [...changes, ...revisions.changes, ...sync.changes],
    () => [...statusChange(set, status), ...surplus],
    nextAvailable(set, pods, now),
  );
  return sync.remarks.length > 0 ? { ...next, remarks: sync.remarks } : next;
}

function statusChange(set: StatefulSet, status: StatefulSet['status']): readonly Change[] {
  return sameValue(status, set.status) ? [] : [{ verb: 'updateStatus', object: { ...set, status } }];
}
