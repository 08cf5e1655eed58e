import type { DaemonSet, Node, Pod } from '@kubedrill/kube-model';
import { noChanges, type Change, type Controller, type Reconciliation } from '../../engine/controller.ts';
import type { Instant } from '../../engine/time.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { matcherOf } from '../label-selector.ts';
import { keyOf, splitKey } from '../object-key.ts';
import { claim, controllerOf, objectKeyOf } from '../ownership.ts';
import { PodCommentary } from '../pod-commentary.ts';
import { availableFrom, isPodReady, isPodTerminal } from '../pod-state.ts';
import { retried } from '../refused-changes.ts';
import { sameValue } from '../same-value.ts';
import { daemonPod, eligibility, isUpdated, targetNode, type Eligibility } from './daemon-pod.ts';
import { endedPods } from './daemonset-remarks.ts';
import { historyOf, surplusHistory } from './daemonset-history.ts';
import { byPrecedence, placementOn } from './daemonset-placement.ts';
import { rollingUpdate, type UpdateStep } from './daemonset-rolling-update.ts';

/** Pods that one reconciliation creates or deletes at most: daemon_controller.go BurstReplicas. */
const burst = 250;
const reporter = 'daemonset-controller';

/** pkg/controller/daemon/daemon_controller.go. */
export const daemonSetController: Controller = {
  name: 'daemonset',
  watches: ['DaemonSet', 'Pod', 'Node'],
  keysFor,
  reconcile,
};

function keysFor({ type, object, previous }: WatchEvent, view: ObjectView): readonly string[] {
  switch (object.kind) {
    case 'DaemonSet':
      return type === 'DELETED' ? [] : [keyOf(object.metadata)];
    case 'Node':
      return type === 'MODIFIED' && previous?.kind === 'Node' && !concernsPlacement(previous, object)
        ? []
        : view.list('DaemonSet').map(({ metadata }) => keyOf(metadata));
    case 'Pod': {
      const former = type === 'MODIFIED' && previous?.kind === 'Pod' ? ownersOf(previous, view) : [];
      return [...ownersOf(object, view), ...former];
    }
    default:
      return [];
  }
}

function concernsPlacement(before: Node, after: Node): boolean {
  return !sameValue(before.metadata.labels, after.metadata.labels) || !sameValue(before.spec.taints, after.spec.taints);
}

function ownersOf({ metadata }: Pod, view: ObjectView): readonly string[] {
  const { namespace = '', labels } = metadata;
  const owner = controllerOf(metadata);
  if (owner) return owner.kind === 'DaemonSet' ? [`${namespace}/${owner.name}`] : [];
  return view
    .list('DaemonSet', namespace)
    .filter(({ spec }) => matcherOf(spec.selector)(labels))
    .map((set) => keyOf(set.metadata));
}

function reconcile(view: ObjectView, key: string, now: Instant): Reconciliation {
  const { namespace, name } = splitKey(key);
  const set = view.get('DaemonSet', namespace, name);
  if (!set || set.metadata.deletionTimestamp !== undefined) return noChanges;
  const matches = matcherOf(set.spec.selector);
  const { claimed, changes } = claim(
    set,
    view.indexed('Pod', 'owner', set.metadata.uid),
    view.indexed('Pod', 'orphan', namespace),
    ({ metadata }) => matches(metadata.labels),
  );
  const history = historyOf(view, set);
  const { hash, collisionCount } = history;
  const writes: Change[] = [...changes, ...history.changes];
  if (hash === undefined) {
    const status = { ...set.status, collisionCount };
    return { changes: [...writes, { verb: 'updateStatus', object: { ...set, status } }] };
  }
  const sync = new DaemonSetSync(view, set, claimed, hash, now);
  const placing = sync.place();
  const status = sync.status();
  const report: readonly Change[] = [
    ...surplusHistory(set, history.old, claimed),
    ...(sameValue(status, set.status) ? [] : [{ verb: 'updateStatus', object: { ...set, status } } as const]),
  ];
  const remarks = endedPods(set, sync.ended);
  return { ...retried([...writes, ...placing], () => report, sync.nextAvailable), remarks };
}

interface DaemonNode {
  readonly node: string;
  readonly eligible: Eligibility;
  readonly pods: readonly Pod[];
}

/** getNodesToDaemonPods: Pods that have ended and go take no place. */
function podsByNode(claimed: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const byNode = new Map<string, Pod[]>();
  for (const pod of claimed) {
    const node = targetNode(pod);
    if (node === undefined || (isPodTerminal(pod) && pod.metadata.deletionTimestamp !== undefined)) continue;
    const pods = byNode.get(node);
    if (pods) pods.push(pod);
    else byNode.set(node, [pod]);
  }
  return byNode;
}

/** One look at the nodes and at the DaemonSet's Pods on them. */
class DaemonSetSync {
  nextAvailable: Instant | undefined;
  /** Pods that have ended by themselves, and go. */
  ended: readonly Pod[] = [];
  private readonly set: DaemonSet;
  private readonly hash: string;
  private readonly now: Instant;
  private readonly nodes: readonly DaemonNode[];
  /** Pods that wait for a node that is gone. */
  private readonly stranded: readonly Pod[];

  constructor(view: ObjectView, set: DaemonSet, claimed: readonly Pod[], hash: string, now: Instant) {
    this.set = set;
    this.hash = hash;
    this.now = now;
    const byNode = podsByNode(claimed);
    const nodes = view.list('Node', '');
    this.nodes = nodes.map((node) => {
      const { name } = node.metadata;
      return { node: name, eligible: eligibility(set, node), pods: byNode.get(name) ?? [] };
    });
    const known = new Set(nodes.map(({ metadata }) => metadata.name));
    this.stranded = [...byNode].flatMap(([node, pods]) =>
      known.has(node) ? [] : pods.filter(({ spec }) => !spec.nodeName),
    );
  }

  /** manage, and where that leaves nothing to do, rollingUpdate. */
  place(): readonly Change[] {
    const isAvailable = (pod: Pod): boolean => this.isAvailable(pod);
    const steps = this.nodes.map((node) => placementOn(this.set, node, this.hash, isAvailable));
    this.ended = steps.flatMap(({ podsToDelete }) => podsToDelete.filter(isPodTerminal));
    const placed = this.changesOf({
      podsToDelete: [...steps.flatMap(({ podsToDelete }) => podsToDelete), ...this.stranded],
      nodesToFill: steps.flatMap(({ nodesToFill }) => nodesToFill),
    });
    if (placed.length > 0 || this.set.spec.updateStrategy.type !== 'RollingUpdate') return placed;
    const used = this.nodes
      .filter(({ eligible, pods }) => eligible === 'runs' || pods.length > 0)
      .map(({ node, eligible, pods }) => ({ node, pods, shouldRun: eligible === 'runs' }));
    return this.changesOf(rollingUpdate(this.set, used, this.hash, isAvailable));
  }

  /** updateDaemonSetStatus. */
  status(): DaemonSet['status'] {
    const desired = this.nodes.filter(({ eligible }) => eligible === 'runs');
    const scheduled = desired.flatMap(({ pods }) => pods.toSorted(byPrecedence).slice(0, 1));
    const misscheduled = this.nodes.filter(({ eligible, pods }) => eligible !== 'runs' && pods.length > 0);
    const available = scheduled.filter((pod) => this.isAvailable(pod)).length;
    const updated = scheduled.filter((pod) => isUpdated(pod, this.set, this.hash)).length;
    const unavailable = desired.length - available;
    const { collisionCount, conditions } = this.set.status;
    return {
      currentNumberScheduled: scheduled.length,
      numberMisscheduled: misscheduled.length,
      desiredNumberScheduled: desired.length,
      numberReady: scheduled.filter(isPodReady).length,
      observedGeneration: this.set.metadata.generation,
      ...(updated > 0 && { updatedNumberScheduled: updated }),
      ...(available > 0 && { numberAvailable: available }),
      ...(unavailable > 0 && { numberUnavailable: unavailable }),
      ...(collisionCount !== undefined && { collisionCount }),
      ...(conditions && { conditions }),
    };
  }

  private changesOf({ podsToDelete, nodesToFill }: UpdateStep): readonly Change[] {
    const commentary = new PodCommentary(reporter, this.set);
    const creations = nodesToFill.slice(0, burst).map((node): Change => {
      const object = daemonPod(this.set, node, this.hash);
      return { verb: 'create', object, comment: commentary.created };
    });
    const deletions = podsToDelete.slice(0, burst).map((pod): Change => {
      const comment = commentary.deleted(pod);
      return { verb: 'delete', key: objectKeyOf(pod), uid: pod.metadata.uid, comment };
    });
    return [...creations, ...deletions];
  }

  private isAvailable(pod: Pod): boolean {
    const from = availableFrom(pod, this.set.spec.minReadySeconds ?? 0);
    if (from === undefined) return false;
    if (from > this.now) this.nextAvailable = Math.min(from, this.nextAvailable ?? from);
    return from <= this.now;
  }
}
