import type { Pod } from '@kubedrill/kube-model';
import { noChanges, type Change, type Controller, type Reconciliation } from '../../engine/controller.ts';
import type { ApiStatus } from '../../api/request.ts';
import type { Instant } from '../../engine/time.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { keyOf, splitKey } from '../object-key.ts';
import { claim, controllerOf, objectKeyOf } from '../ownership.ts';
import { PodCommentary } from '../pod-commentary.ts';
import { podFromTemplate } from '../pod-from-template.ts';
import { isPodActive, isPodReady, isPodTerminal } from '../pod-state.ts';
import { isNamespaceTerminating } from '../refused-changes.ts';
import { matcherOfSet, type ReplicatingSet } from './replicating-set.ts';
import { countedStatus } from './replicaset-status.ts';
import { scaleDownOrder } from './scale-down-order.ts';

/** Pods that one reconciliation creates or deletes at most: replica_set.go BurstReplicas. */
const burst = 500;

type SetKind = ReplicatingSet['kind'];

/** pkg/controller/replicaset/replica_set.go. */
export const replicaSetController = replicatingController('ReplicaSet', 'replicaset', 'replicaset-controller');

/** pkg/controller/replication: the same controller over ReplicationControllers. */
export const replicationController = replicatingController(
  'ReplicationController',
  'replicationcontroller',
  'replication-controller',
);

function replicatingController(kind: SetKind, name: string, reporter: string): Controller {
  return {
    name,
    watches: [kind, 'Pod'],
    keysFor: (event, view) => keysFor(kind, event, view),
    reconcile: (view, key, now) => reconcile(kind, reporter, view, key, now),
  };
}

function keysFor(kind: SetKind, event: WatchEvent, view: ObjectView): readonly string[] {
  const { object, previous } = event;
  if (object.kind === kind) return event.type === 'DELETED' ? [] : [keyOf(object.metadata)];
  if (object.kind !== 'Pod') return [];
  if (event.type === 'MODIFIED' && previous?.kind === 'Pod' && !concernsOwner(previous, object)) return [];
  const former = previous?.kind === 'Pod' && event.type === 'MODIFIED' ? ownersOf(kind, previous, view) : [];
  const owners = ownersOf(kind, object, view);
  return former.length === 0 ? owners : [...owners, ...former.filter((key) => !owners.includes(key))];
}

/** Whether a ReplicaSet would count the Pod differently. */
function concernsOwner(before: Pod, after: Pod): boolean {
  return (
    before.metadata.labels !== after.metadata.labels ||
    before.metadata.ownerReferences !== after.metadata.ownerReferences ||
    before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp ||
    isPodTerminal(before) !== isPodTerminal(after) ||
    isPodReady(before) !== isPodReady(after)
  );
}

function ownersOf(kind: SetKind, { metadata }: Pod, view: ObjectView): readonly string[] {
  const { namespace = '', labels } = metadata;
  const owner = controllerOf(metadata);
  if (owner) return owner.kind === kind ? [`${namespace}/${owner.name}`] : [];
  return view
    .list(kind, namespace)
    .filter((set) => matcherOfSet(set)(labels))
    .map((set) => keyOf(set.metadata));
}

function reconcile(kind: SetKind, reporter: string, view: ObjectView, key: string, now: Instant): Reconciliation {
  const { namespace, name } = splitKey(key);
  const set = view.get(kind, namespace, name);
  if (!set) return noChanges;
  const matches = matcherOfSet(set);
  const owned = view.indexed('Pod', 'owner', set.metadata.uid);
  const { claimed, changes } = claim(
    set,
    owned.filter(isPodActive),
    view.indexed('Pod', 'orphan', namespace).filter(isPodActive),
    ({ metadata }) => matches(metadata.labels),
  );
  const terminating = owned.filter((pod) => isTerminating(pod) && matches(pod.metadata.labels)).length;
  const sizing = set.metadata.deletionTimestamp === undefined ? resize(view, set, claimed, { reporter, now }) : [];
  const report = (refusal: ApiStatus | undefined): Reconciliation => {
    const failure = refusal && !isNamespaceTerminating(refusal) ? refusal.message : undefined;
    const { status, nextAvailable } = countedStatus(set, claimed, terminating, failure, now);
    const writes: readonly Change[] = status
      ? [{ verb: 'updateStatus', object: { ...set, status } as ReplicatingSet }]
      : [];
    if (failure !== undefined) return { changes: writes, hasFailed: true };
    const counted = { changes: writes, isStable: true };
    return nextAvailable === undefined ? counted : { ...counted, wakeAt: nextAvailable };
  };
  if (changes.length + sizing.length === 0) return report(undefined);
  // What has been done shows in the Pods, which make the ReplicaSet dirty again: then it counts them.
  return { changes: [...changes, ...sizing], then: (refusal) => (refusal ? report(refusal) : noChanges) };
}

/** IsPodTerminating: going, but its containers may still run. */
function isTerminating(pod: Pod): boolean {
  return !isPodTerminal(pod) && pod.metadata.deletionTimestamp !== undefined;
}

/** manageReplicas. What has been created or deleted makes the ReplicaSet dirty again, so a large difference takes several rounds. */
function resize(
  view: ObjectView,
  set: ReplicatingSet,
  pods: readonly Pod[],
  { reporter, now }: { readonly reporter: string; readonly now: Instant },
): readonly Change[] {
  const missing = set.spec.replicas - pods.length;
  if (missing > 0) {
    const object = podFromTemplate(set, set.spec.template);
    const comment = new PodCommentary(reporter, set).created;
    return Array.from({ length: Math.min(missing, burst) }, (): Change => ({ verb: 'create', object, comment }));
  }
  const surplus = Math.min(-missing, burst);
  if (surplus === 0) return [];
  const commentary = new PodCommentary(reporter, set);
  const order = surplus < pods.length ? scaleDownOrder(pods, relatedPods(view, set), now) : pods;
  return order.slice(0, surplus).map((pod): Change => ({
    verb: 'delete',
    key: objectKeyOf(pod),
    uid: pod.metadata.uid,
    comment: commentary.deleted(pod),
  }));
}

/** getIndirectlyRelatedPods: those that the ReplicaSets of the same Deployment select. */
function relatedPods(view: ObjectView, set: ReplicatingSet): readonly Pod[] {
  const owner = controllerOf(set.metadata);
  if (!owner) return view.indexed('Pod', 'owner', set.metadata.uid);
  return view
    .indexed(set.kind, 'owner', owner.uid)
    .flatMap(({ metadata }) => view.indexed('Pod', 'owner', metadata.uid));
}
