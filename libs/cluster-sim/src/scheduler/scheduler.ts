import type { Pod, PodCondition } from '@kubedrill/kube-model';
import { keyOf, splitKey } from '../controllers/object-key.ts';
import { objectKeyOf } from '../controllers/ownership.ts';
import { conditionOf } from '../controllers/pod-state.ts';
import { noChanges, type Controller, type Reconciliation } from '../engine/controller.ts';
import { formatTime, type Instant } from '../engine/time.ts';
import type { Commentary, Silence } from '../events/remark.ts';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';
import type { ObjectView, WatchEvent } from '../store/object-view.ts';
import { fitError } from './fit-error.ts';
import { noLongerUnplaced, placed, unplaced, unplacedStill } from './scheduler-remarks.ts';
import { nodeFilters, type Rejection } from './node-filters.ts';
import { NodeInfos, type NodeInfo } from './node-info.ts';
import { keepsOthersAway, placementFilters, type PlacementFilter } from './pod-filters.ts';

const noNodes = 'no nodes available to schedule pods';

type Placement = { readonly kind: 'node'; readonly name: string } | { readonly kind: 'none'; readonly message: string };

/** kube-scheduler: filters as there; of the nodes that are left the one with the fewest Pods, of equals the one that came first. */
export class Scheduler implements Controller {
  readonly name = 'scheduler';
  readonly watches = ['Pod', 'Node'] as const;
  private readonly nodes: NodeInfos;
  /** Pods that found no node. */
  private readonly waiting: CopyOnWriteMap<string, true>;
  /** Keys of Pods on nodes that keep others away. */
  private readonly exclusive: CopyOnWriteMap<string, true>;

  constructor(source?: Scheduler) {
    this.nodes = source?.nodes.fork() ?? new NodeInfos();
    this.waiting = source?.waiting.fork() ?? new CopyOnWriteMap();
    this.exclusive = source?.exclusive.fork() ?? new CopyOnWriteMap();
  }

  fork(): Scheduler {
    return new Scheduler(this);
  }

  observe(event: WatchEvent): void {
    this.nodes.observe(event);
    const { type, object } = event;
    if (object.kind !== 'Pod' || !object.spec.affinity || !keepsOthersAway(object)) return;
    if (type === 'DELETED') this.exclusive.delete(keyOf(object.metadata));
    else this.exclusive.set(keyOf(object.metadata), true);
  }

  comment({ type, object }: WatchEvent): readonly Silence[] | undefined {
    const isGone = type === 'DELETED' && object.kind === 'Pod' && !object.spec.nodeName;
    return isGone ? [noLongerUnplaced(object)] : undefined;
  }

  keysFor({ type, object, previous }: WatchEvent): readonly string[] {
    if (object.kind === 'Node') return [...this.waiting.keys()];
    if (object.kind !== 'Pod') return [];
    const key = keyOf(object.metadata);
    if (type === 'DELETED') this.waiting.delete(key);
    const isPlaced = Boolean(object.spec.nodeName);
    if (!isPlaced && type !== 'DELETED') return isOwnStatus(previous, object) ? [] : [key];
    const isNews = type !== 'MODIFIED' || previous?.kind !== 'Pod' || hasMoved(previous, object);
    return isNews ? [...this.waiting.keys()] : [];
  }

  reconcile(view: ObjectView, key: string, now: Instant): Reconciliation {
    const { namespace, name } = splitKey(key);
    const pod = view.get('Pod', namespace, name);
    if (!pod || !isSchedulable(pod)) {
      this.waiting.delete(key);
      return noChanges;
    }
    const placement = this.place(pod, view);
    if (placement.kind === 'node') {
      const comment = placed(pod, placement.name);
      const changes = [{ verb: 'bind' as const, key: objectKeyOf(pod), node: placement.name, comment }];
      return this.waiting.delete(key) ? { changes, remarks: [noLongerUnplaced(pod)] } : { changes };
    }
    this.waiting.set(key, true);
    return unschedulable(pod, placement.message, now);
  }

  private place(pod: Pod, view: ObjectView): Placement {
    const placements = placementFilters(pod, view, this.exclusivePods(view));
    const rejections: Rejection[] = [];
    let best: NodeInfo | undefined;
    for (const info of this.nodes.all()) {
      const rejection = reject(pod, info, placements);
      if (rejection) rejections.push(rejection);
      else if (!best || info.load.pods < best.load.pods) best = info;
    }
    if (best) return { kind: 'node', name: best.node.metadata.name };
    return { kind: 'none', message: this.nodes.count === 0 ? noNodes : fitError(rejections) };
  }

  private exclusivePods(view: ObjectView): readonly Pod[] {
    if (this.exclusive.size === 0) return [];
    return [...this.exclusive.keys()].flatMap((key) => {
      const { namespace, name } = splitKey(key);
      const pod = view.get('Pod', namespace, name);
      return pod?.spec.nodeName ? [pod] : [];
    });
  }
}

function reject(pod: Pod, info: NodeInfo, placements: readonly PlacementFilter[]): Rejection | undefined {
  for (const filter of nodeFilters) {
    const rejection = filter(pod, info);
    if (rejection) return rejection;
  }
  for (const filter of placements) {
    const rejection = filter(info.node);
    if (rejection) return rejection;
  }
  return undefined;
}

function isSchedulable({ metadata, spec, status }: Pod): boolean {
  const isForUs = (spec.schedulerName ?? 'default-scheduler') === 'default-scheduler';
  const isGated = (spec.schedulingGates?.length ?? 0) > 0;
  const isOver = metadata.deletionTimestamp !== undefined || status.phase === 'Failed' || status.phase === 'Succeeded';
  return isForUs && !isGated && !isOver && !spec.nodeName;
}

/** The scheduler's own note that the Pod fits nowhere is no reason to try again. */
function isOwnStatus(before: WatchEvent['previous'], after: Pod): boolean {
  return before?.kind === 'Pod' && before.spec === after.spec && before.metadata.labels === after.metadata.labels;
}

function hasMoved(before: Pod, after: Pod): boolean {
  return (
    before.spec.nodeName !== after.spec.nodeName ||
    before.status.phase !== after.status.phase ||
    before.metadata.labels !== after.metadata.labels
  );
}

function unschedulable(pod: Pod, message: string, now: Instant): Reconciliation {
  const former = conditionOf(pod, 'PodScheduled');
  if (former?.status === 'False' && former.reason === 'Unschedulable' && former.message === message) return noChanges;
  const condition: PodCondition = {
    type: 'PodScheduled',
    status: 'False',
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    lastProbeTime: null,
    lastTransitionTime: former?.status === 'False' ? former.lastTransitionTime : formatTime(now),
    reason: 'Unschedulable',
    message,
  };
  const others = pod.status.conditions?.filter(({ type }) => type !== 'PodScheduled') ?? [];
  const object = { ...pod, status: { ...pod.status, conditions: [...others, condition] } };
  const comment: Commentary = { done: (stored) => unplacedStill(stored, message, now) };
  return { changes: [{ verb: 'updateStatus', object, comment }], remarks: [unplaced(pod, message)] };
}
