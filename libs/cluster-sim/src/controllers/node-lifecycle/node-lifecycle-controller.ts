import type { Node, NodeCondition, Pod } from '@kubedrill/kube-model';
import { noChanges, type Change, type Controller, type Reconciliation } from '../../engine/controller.ts';
import { formatTime, type Instant } from '../../engine/time.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { conditionChange, conditionOf } from '../pod-state.ts';
import { sameValue } from '../same-value.ts';
import { unreachableFrom, type Heartbeats } from './heartbeats.ts';
import { labelsPutRight } from './node-labels.ts';
import { nodeRemarks, unreadyCommentary } from './node-remarks.ts';
import { plannedTaints, readiness } from './node-taints.ts';
import { evictingTaints, evictionsFrom, spared } from './taint-eviction.ts';

/** Conditions that a kubelet answers for (tryUpdateNodeHealth). */
const kubeletConditions = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/**
 * pkg/controller/nodelifecycle and pkg/controller/tainteviction: a node that is silent becomes unreachable, and its Pods unready;
 * taints follow the conditions and spec.unschedulable, and Pods are deleted when their tolerations run out.
 */
export function nodeLifecycleController(heartbeats: Heartbeats): Controller {
  return {
    name: 'nodelifecycle',
    watches: ['Node', 'Pod'],
    keysFor,
    comment: nodeRemarks,
    reconcile: (view, name, now) => reconcile(heartbeats, view, name, now),
  };
}

function keysFor({ type, object, previous }: WatchEvent, view: ObjectView): readonly string[] {
  if (object.kind === 'Node') {
    // How the others are dealt with depends on how many are ready.
    const isReadinessChanged = previous?.kind === 'Node' && readiness(previous) !== readiness(object);
    if (isReadinessChanged) return view.list('Node', '').map(({ metadata }) => metadata.name);
    return type === 'DELETED' ? [] : [object.metadata.name];
  }
  // A Pod concerns a node with NoExecute taints only when it arrives there.
  if (object.kind !== 'Pod' || !object.spec.nodeName) return [];
  if (previous?.kind === 'Pod' && previous.spec.nodeName === object.spec.nodeName) return [];
  const node = view.get('Node', '', object.spec.nodeName);
  return node && evictingTaints(node).length > 0 ? [node.metadata.name] : [];
}

function reconcile(heartbeats: Heartbeats, view: ObjectView, name: string, now: Instant): Reconciliation {
  const node = view.get('Node', '', name);
  if (!node) return noChanges;
  const relabelled = labelsPutRight(node);
  if (relabelled) return { changes: [relabelled] };
  const silentSince = heartbeats.cutAt(name);
  const unreachable =
    silentSince === undefined || readiness(node) === 'Unknown' ? undefined : unreachableFrom(silentSince);
  if (unreachable !== undefined && unreachable <= now) return { changes: takenForUnreachable(node, view, now) };
  const { taints, later } = plannedTaints(node, view, now);
  if (!sameValue(taints, node.spec.taints ?? [])) {
    const spec = { ...node.spec, taints: taints.length > 0 ? taints : undefined };
    return { changes: [{ verb: 'update', object: { ...node, spec } }], remarks: spared(node, taints, view) };
  }
  const { changes, wakeAt } = evictionsFrom(node, view, now);
  const at = Math.min(...[unreachable, later, wakeAt].filter((time) => time !== undefined));
  return at === Infinity ? { changes } : { changes, wakeAt: at };
}

/** tryUpdateNodeHealth, and MarkPodsNotReady: only what the controller itself takes for lost has its Pods marked. */
function takenForUnreachable(node: Node, view: ObjectView, now: Instant): readonly Change[] {
  const wasReady = readiness(node) === 'True';
  const status = { ...node.status, conditions: unknownConditions(node, formatTime(now)) };
  const pods = wasReady ? view.indexed('Pod', 'node', node.metadata.name) : [];
  return [{ verb: 'updateStatus', object: { ...node, status } }, ...pods.flatMap((pod) => markedUnready(pod, now))];
}

function unknownConditions({ metadata, status }: Node, time: string): readonly NodeCondition[] {
  const { conditions = [] } = status;
  const unknown = conditions.map((condition): NodeCondition =>
    kubeletConditions.includes(condition.type) && condition.status !== 'Unknown'
      ? {
          ...condition,
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
          lastTransitionTime: time,
        }
      : condition,
  );
  const absent = kubeletConditions.filter((type) => !conditions.some((condition) => condition.type === type));
  return [
    ...unknown,
    ...absent.map((type): NodeCondition => ({
      type,
      status: 'Unknown',
      reason: 'NodeStatusNeverUpdated',
      message: 'Kubelet never posted node status.',
      lastHeartbeatTime: metadata.creationTimestamp,
      lastTransitionTime: time,
    })),
  ];
}

/** Their endpoints leave before the Pods do. Reason and message stay as the kubelet left them. */
function markedUnready(pod: Pod, now: Instant): readonly Change[] {
  const ready = conditionOf(pod, 'Ready');
  if (ready?.status !== 'True') return [];
  return [{ ...conditionChange(pod, { ...ready, status: 'False' }, now), comment: unreadyCommentary(pod) }];
}
