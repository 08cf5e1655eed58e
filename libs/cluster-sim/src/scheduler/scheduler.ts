import type { Pod, PodCondition } from '@kubedrill/kube-model';
import { keyOf, splitKey } from '../controllers/object-key.ts';
import { objectKeyOf } from '../controllers/ownership.ts';
import { conditionChange, conditionOf } from '../controllers/pod-state.ts';
import { noChanges, type Change, type Controller, type Reconciliation } from '../engine/controller.ts';
import { formatTime, type Instant } from '../engine/time.ts';
import type { Commentary, Silence } from '../events/remark.ts';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';
import type { ObjectView, WatchEvent } from '../store/object-view.ts';
import { fitError } from './fit-error.ts';
import { noLongerUnplaced, placed, preempted, unplaced, unplacedStill } from './scheduler-remarks.ts';
import { namedNodes, nodeFilters, notAmongNamed, type PlacementFilter, type Rejection } from './node-filters.ts';
import { NodeInfos, withPods, type NodeInfo } from './node-info.ts';
import { KinCounts } from './kin-counts.ts';
import { bestNode } from './node-scores.ts';
import { affinityFilters } from './pod-affinity.ts';
import { preempt, preemptionReason, type Candidate, type Rejected } from './preemption.ts';
import { PodQueue } from './pod-queue.ts';
import { isChoosy, nominatedNode, priorityOf, type Surroundings } from './scheduled-pod.ts';
import { spreadFilters } from './topology-spread.ts';
import { claimsOf } from './volume-claims.ts';

const noNodes = 'no nodes available to schedule pods';
const nobody: ReadonlySet<Pod> = new Set();

type Placement =
  | { readonly kind: 'node'; readonly name: string }
  /** `candidate`: who makes room; undefined `candidate` with `keepsNomination`: somebody does so already. */
  | {
      readonly kind: 'none';
      readonly message: string;
      readonly candidate?: Candidate;
      readonly keepsNomination: boolean;
    };

/** kube-scheduler: filters, scores and preemption as there. */
export class Scheduler implements Controller {
  readonly name = 'scheduler';
  readonly watches = ['Pod', 'Node', 'PersistentVolumeClaim', 'PersistentVolume', 'StorageClass'] as const;
  private readonly nodes: NodeInfos;
  /** Pods that found no node. */
  private readonly waiting: CopyOnWriteMap<string, true>;
  private readonly queue: PodQueue;
  private readonly kin: KinCounts;
  /** Keys of Pods on nodes that say with whom they want to be. */
  private readonly choosy: CopyOnWriteMap<string, true>;
  /** Nodes by the keys of the Pods for which others make room there. */
  private readonly nominations: CopyOnWriteMap<string, string>;

  constructor(source?: Scheduler) {
    this.nodes = source?.nodes.fork() ?? new NodeInfos();
    this.waiting = source?.waiting.fork() ?? new CopyOnWriteMap();
    this.queue = source?.queue.fork() ?? new PodQueue();
    this.kin = source?.kin.fork() ?? new KinCounts();
    this.choosy = source?.choosy.fork() ?? new CopyOnWriteMap();
    this.nominations = source?.nominations.fork() ?? new CopyOnWriteMap();
  }

  fork(): Scheduler {
    return new Scheduler(this);
  }

  observe(event: WatchEvent): void {
    this.nodes.observe(event);
    this.kin.observe(event);
    const { type, object } = event;
    if (object.kind !== 'Pod') return;
    const isGone = type === 'DELETED';
    if (object.spec.affinity && isChoosy(object)) {
      if (isGone) this.choosy.delete(keyOf(object.metadata));
      else this.choosy.set(keyOf(object.metadata), true);
    }
    const nomination = isGone || object.spec.nodeName ? undefined : nominatedNode(object);
    if (nomination) this.nominations.set(keyOf(object.metadata), nomination);
    else if (this.nominations.size > 0) this.nominations.delete(keyOf(object.metadata));
  }

  comment({ type, object }: WatchEvent): readonly Silence[] | undefined {
    const isGone = type === 'DELETED' && object.kind === 'Pod' && !object.spec.nodeName;
    return isGone ? [noLongerUnplaced(object)] : undefined;
  }

  keysFor({ type, object, previous }: WatchEvent, view: ObjectView): readonly string[] {
    if (object.kind !== 'Pod') return this.waiting.size === 0 ? [] : this.queue.add(this.waiting.keys(), view);
    const key = keyOf(object.metadata);
    if (type === 'DELETED') this.waiting.delete(key);
    const isPlaced = Boolean(object.spec.nodeName);
    if (!isPlaced && type !== 'DELETED') return isOwnStatus(previous, object) ? [] : this.queue.add([key], view);
    const isNews = type !== 'MODIFIED' || previous?.kind !== 'Pod' || hasMoved(previous, object);
    return isNews ? this.queue.add(this.waiting.keys(), view) : [];
  }

  reconcile(view: ObjectView, key: string, now: Instant): Reconciliation {
    const first = this.queue.take(key);
    const scheduled = this.schedule(view, first, now);
    // Who had to stand back is still to be placed.
    return first === key ? scheduled : { ...scheduled, wakeAt: now };
  }

  private schedule(view: ObjectView, key: string, now: Instant): Reconciliation {
    const { namespace, name } = splitKey(key);
    const pod = view.get('Pod', namespace, name);
    if (!pod || !isSchedulable(pod)) {
      this.waiting.delete(key);
      return noChanges;
    }
    const placement = this.place(pod, view);
    if (placement.kind === 'node') {
      const bindings = volumesFirst(pod, placement.name, view);
      if (bindings) {
        // Once its claims are bound, the Pod is placed anew.
        this.waiting.set(key, true);
        return { changes: bindings };
      }
      const comment = placed(pod, placement.name);
      const changes = [{ verb: 'bind' as const, key: objectKeyOf(pod), node: placement.name, comment }];
      return this.waiting.delete(key) ? { changes, remarks: [noLongerUnplaced(pod)] } : { changes };
    }
    this.waiting.set(key, true);
    const { candidate, keepsNomination, message } = placement;
    const room = candidate ? this.roomFor(pod, candidate, view, now) : [];
    const node = candidate?.info.node.metadata.name ?? (keepsNomination ? nominatedNode(pod) : undefined);
    return unschedulable(pod, { message, node, room }, now);
  }

  private place(pod: Pod, view: ObjectView): Placement {
    if (this.nodes.count === 0) return { kind: 'none', message: noNodes, keepsNomination: true };
    const around = this.surroundings(view, nobody);
    const claims = claimsOf(pod, view);
    if (claims?.kind === 'refused') return this.refusedEverywhere(pod, claims.why, view);
    const filters = placementFilters(pod, around);
    const own = this.nodes.get(nominatedNode(pod) ?? '');
    // Who has been promised room looks there first.
    if (own && !this.reject(pod, own, filters, view)) return { kind: 'node', name: own.node.metadata.name };
    const named = namedNodes(pod);
    const rejected: Rejected[] = [];
    const feasible: NodeInfo[] = [];
    for (const info of this.nodes.all()) {
      const isNamed = named?.has(info.node.metadata.name) ?? true;
      const rejection = isNamed ? this.reject(pod, info, filters, view) : notAmongNamed;
      if (rejection) rejected.push({ info, rejection });
      else feasible.push(info);
    }
    const best = bestNode(pod, feasible, around);
    return best ? { kind: 'node', name: best.node.metadata.name } : this.withoutPlace(pod, rejected, view);
  }

  private refusedEverywhere(pod: Pod, why: string, view: ObjectView): Placement {
    const rejection: Rejection = { reasons: [why], isFinal: true };
    const rejected = [...this.nodes.all()].map((info) => ({ info, rejection }));
    return this.withoutPlace(pod, rejected, view, why);
  }

  private withoutPlace(pod: Pod, rejected: readonly Rejected[], view: ObjectView, refusal?: string): Placement {
    const preemption = preempt(pod, rejected, view, (info, gone) => {
      const filters = placementFilters(pod, this.surroundings(view, gone));
      return this.reject(pod, withPods(info, gone, -1), filters, view);
    });
    const message = fitError(
      rejected.map(({ rejection }) => rejection),
      preemption,
      refusal,
    );
    const keepsNomination = preemption.kind === 'notEligible';
    return preemption.kind === 'victims'
      ? { kind: 'none', message, candidate: preemption.candidate, keepsNomination }
      : { kind: 'none', message, keepsNomination };
  }

  private surroundings(view: ObjectView, gone: ReadonlySet<Pod>): Surroundings {
    return { view, gone, kin: this.kin, choosy: this.choosy.size === 0 ? [] : this.choosyPods(view, gone) };
  }

  private choosyPods(view: ObjectView, gone: ReadonlySet<Pod>): readonly Pod[] {
    return [...this.choosy.keys()].flatMap((key) => {
      const { namespace, name } = splitKey(key);
      const pod = view.get('Pod', namespace, name);
      return pod?.spec.nodeName && !gone.has(pod) ? [pod] : [];
    });
  }

  /** RunFilterPluginsWithNominatedPods: what is promised to more important Pods is not free. */
  private reject(
    pod: Pod,
    info: NodeInfo,
    filters: readonly PlacementFilter[],
    view: ObjectView,
  ): Rejection | undefined {
    const promised =
      this.nominations.size === 0
        ? []
        : this.nominated(info, view).filter((other) => other !== pod && priorityOf(other) >= priorityOf(pod));
    const full = promised.length === 0 ? info : withPods(info, promised, 1);
    for (const filter of nodeFilters) {
      const rejection = filter(pod, full);
      if (rejection) return rejection;
    }
    for (const filter of filters) {
      const rejection = filter(info.node);
      if (rejection) return rejection;
    }
    return undefined;
  }

  private nominated({ node }: NodeInfo, view: ObjectView): readonly Pod[] {
    return [...this.nominations].flatMap(([key, name]) => {
      const { namespace, name: podName } = splitKey(key);
      const pod = name === node.metadata.name ? view.get('Pod', namespace, podName) : undefined;
      return pod ? [pod] : [];
    });
  }

  /** PreemptPod for each victim; who was promised the room and is less important has it no longer. */
  private roomFor(pod: Pod, { info, victims }: Candidate, view: ObjectView, now: Instant): readonly Change[] {
    const condition: PodCondition = {
      type: 'DisruptionTarget',
      status: 'True',
      lastProbeTime: null,
      reason: preemptionReason,
      message: `${pod.spec.schedulerName ?? ''}: preempting to accommodate a higher priority pod`,
    };
    const lower = this.nominated(info, view).filter((other) => priorityOf(other) < priorityOf(pod));
    const living = victims.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    return [
      ...lower.map((other): Change => ({ verb: 'updateStatus', object: withNomination(other, undefined) })),
      ...living.flatMap((victim): Change[] => {
        const { generation, uid } = victim.metadata;
        const observed = generation === undefined ? condition : { ...condition, observedGeneration: generation };
        const comment = preempted(victim, pod, info.node.metadata.name);
        return [conditionChange(victim, observed, now), { verb: 'delete', key: objectKeyOf(victim), uid, comment }];
      }),
    ];
  }
}

function placementFilters(pod: Pod, around: Surroundings): readonly PlacementFilter[] {
  const claims = claimsOf(pod, around.view);
  const volumes = claims?.kind === 'claims' ? [claims.filter] : [];
  return [...volumes, ...spreadFilters(pod, around), ...affinityFilters(pod, around)];
}

/** PreBind: what has to be written for the Pod's volumes; undefined where all are bound. */
function volumesFirst(pod: Pod, nodeName: string, view: ObjectView): readonly Change[] | undefined {
  const claims = claimsOf(pod, view);
  const node = claims?.kind === 'claims' ? view.get('Node', '', nodeName) : undefined;
  if (claims?.kind !== 'claims' || !node || !claims.isWaiting) return undefined;
  return claims.bindingsOn(node);
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

interface Unplaced {
  readonly message: string;
  /** Where it is promised room. */
  readonly node: string | undefined;
  /** What makes that room. */
  readonly room: readonly Change[];
}

/** handleSchedulingFailure. */
function unschedulable(pod: Pod, { message, node, room }: Unplaced, now: Instant): Reconciliation {
  const former = conditionOf(pod, 'PodScheduled');
  const isKnown = former?.status === 'False' && former.reason === 'Unschedulable' && former.message === message;
  if (isKnown && room.length === 0 && nominatedNode(pod) === node) return noChanges;
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
  const object = withNomination({ ...pod, status: { ...pod.status, conditions: [...others, condition] } }, node);
  const comment: Commentary = { done: (stored) => unplacedStill(stored, message, now) };
  return { changes: [...room, { verb: 'updateStatus', object, comment }], remarks: [unplaced(pod, message)] };
}

function withNomination(pod: Pod, node: string | undefined): Pod {
  const { nominatedNodeName: _former, ...status } = pod.status as Pod['status'] & {
    readonly nominatedNodeName?: string;
  };
  return { ...pod, status: node === undefined ? status : ({ ...status, nominatedNodeName: node } as Pod['status']) };
}
