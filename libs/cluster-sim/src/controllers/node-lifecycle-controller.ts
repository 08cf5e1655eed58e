import type { Node, Pod, PodCondition, Taint } from '@kubedrill/kube-model';
import { noChanges, type Change, type Controller, type Reconciliation } from '../engine/controller.ts';
import { formatTime, type Instant } from '../engine/time.ts';
import type { ObjectView, WatchEvent } from '../store/object-view.ts';
import { conditionOf, conditionChange } from './pod-state.ts';
import { objectKeyOf } from './ownership.ts';
import { sameValue } from './same-value.ts';

const notReady = 'node.kubernetes.io/not-ready';
const unreachable = 'node.kubernetes.io/unreachable';
const unschedulable = 'node.kubernetes.io/unschedulable';
const ownTaints: ReadonlySet<string> = new Set([notReady, unreachable, unschedulable]);

/**
 * pkg/controller/nodelifecycle and pkg/controller/tainteviction: taints follow the condition Ready and spec.unschedulable; the Pods
 * of a node that is not ready are marked so, and deleted when their tolerations run out.
 */
export const nodeLifecycleController: Controller = {
  name: 'nodelifecycle',
  watches: ['Node', 'Pod'],
  keysFor({ type, object, previous }: WatchEvent, view: ObjectView) {
    if (object.kind === 'Node') return type === 'DELETED' ? [] : [object.metadata.name];
    // A Pod concerns a node with NoExecute taints only when it arrives there.
    if (object.kind !== 'Pod' || !object.spec.nodeName) return [];
    if (previous?.kind === 'Pod' && previous.spec.nodeName === object.spec.nodeName) return [];
    const node = view.get('Node', '', object.spec.nodeName);
    return node && evicting(node).length > 0 ? [node.metadata.name] : [];
  },
  reconcile,
};

function reconcile(view: ObjectView, name: string, now: Instant): Reconciliation {
  const node = view.get('Node', '', name);
  if (!node) return noChanges;
  const taints = wantedTaints(node, now);
  if (!sameValue(taints, node.spec.taints ?? [])) {
    const spec = { ...node.spec, taints: taints.length > 0 ? taints : undefined };
    return { changes: [{ verb: 'update', object: { ...node, spec } }] };
  }
  const isReady = readiness(node) === 'True';
  const effective = evicting(node);
  if (isReady && effective.length === 0) return noChanges;
  const changes: Change[] = [];
  let wakeAt: Instant | undefined;
  for (const pod of view.indexed('Pod', 'node', name)) {
    if (!isReady) changes.push(...markedUnready(pod, now));
    const at = evictionTime(pod, effective);
    if (at === undefined || pod.metadata.deletionTimestamp !== undefined) continue;
    if (at <= now) changes.push(...evicted(pod, now));
    else wakeAt = Math.min(at, wakeAt ?? at);
  }
  return wakeAt === undefined ? { changes } : { changes, wakeAt };
}

function readiness({ status }: Node): string | undefined {
  return status.conditions?.find(({ type }) => type === 'Ready')?.status;
}

/** Somebody else's taints stay; those of a condition come and go with it. */
function wantedTaints(node: Node, now: Instant): readonly Taint[] {
  const present = node.spec.taints ?? [];
  const wanted: Taint[] = [];
  const ready = readiness(node);
  if (node.spec.unschedulable) wanted.push({ key: unschedulable, effect: 'NoSchedule' });
  if (ready === 'False' || ready === 'Unknown') {
    const key = ready === 'False' ? notReady : unreachable;
    wanted.push({ key, effect: 'NoSchedule' }, { key, effect: 'NoExecute' });
  }
  const kept = present.filter((taint) => !ownTaints.has(taint.key) || wanted.some((other) => isSame(taint, other)));
  const added = wanted.filter((taint) => !present.some((other) => isSame(taint, other)));
  return [...kept, ...added.map((taint) => ({ ...taint, timeAdded: formatTime(now) }))];
}

function isSame(left: Taint, right: Taint): boolean {
  return left.key === right.key && left.effect === right.effect;
}

function evicting({ spec }: Node): readonly Taint[] {
  return spec.taints?.filter(({ effect }) => effect === 'NoExecute') ?? [];
}

/** MarkPodsNotReady: their endpoints leave before the Pods do. Reason and message stay as the kubelet left them. */
function markedUnready(pod: Pod, now: Instant): readonly Change[] {
  const ready = conditionOf(pod, 'Ready');
  if (ready?.status !== 'True') return [];
  return [conditionChange(pod, { ...ready, status: 'False' }, now)];
}

/** tainteviction addConditionAndDeletePod. */
function evicted(pod: Pod, now: Instant): readonly Change[] {
  const { generation, uid } = pod.metadata;
  const condition: PodCondition = {
    type: 'DisruptionTarget',
    status: 'True',
    observedGeneration: generation,
    lastProbeTime: null,
    reason: 'DeletionByTaintManager',
    message: 'Taint manager: deleting due to NoExecute taint',
  };
  return [conditionChange(pod, condition, now), { verb: 'delete', key: objectKeyOf(pod), uid }];
}

/** tainteviction getMinTolerationTime; undefined: it may stay. */
function evictionTime({ spec }: Pod, taints: readonly Taint[]): Instant | undefined {
  let earliest: Instant | undefined;
  for (const taint of taints) {
    const since = Date.parse(taint.timeAdded ?? '') || 0;
    const tolerations = (spec.tolerations ?? []).filter(
      ({ key, operator = 'Equal', value = '', effect }) =>
        (!effect || effect === 'NoExecute') &&
        (!key || key === taint.key) &&
        (operator === 'Exists' || value === (taint.value ?? '')),
    );
    if (tolerations.length === 0) return 0;
    const seconds = tolerations.flatMap(({ tolerationSeconds }) =>
      tolerationSeconds === undefined ? [] : [Math.max(0, tolerationSeconds)],
    );
    if (seconds.length === 0) continue;
    const at = since + Math.min(...seconds) * 1000;
    earliest = Math.min(at, earliest ?? at);
  }
  return earliest;
}
