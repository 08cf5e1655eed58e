import type { Node, Pod, PodCondition, Taint } from '@kubedrill/kube-model';
import type { Change } from '../../engine/controller.ts';
import type { Instant } from '../../engine/time.ts';
import type { Remark } from '../../events/remark.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { objectKeyOf } from '../ownership.ts';
import { conditionChange } from '../pod-state.ts';
import { evictionRemark } from './node-remarks.ts';

export interface Evictions {
  readonly changes: readonly Change[];
  readonly wakeAt: Instant | undefined;
}

const noEvictions: Evictions = { changes: [], wakeAt: undefined };

/** pkg/controller/tainteviction: Pods are deleted when what they tolerate of the node's NoExecute taints runs out. */
export function evictionsFrom(node: Node, view: ObjectView, now: Instant): Evictions {
  const taints = evictingTaints(node);
  if (taints.length === 0) return noEvictions;
  const changes: Change[] = [];
  let wakeAt: Instant | undefined;
  for (const pod of view.indexed('Pod', 'node', node.metadata.name)) {
    const at = evictionTime(pod, taints);
    if (at === undefined || pod.metadata.deletionTimestamp !== undefined) continue;
    if (at <= now) changes.push(...evicted(pod, now));
    else wakeAt = Math.min(at, wakeAt ?? at);
  }
  return { changes, wakeAt };
}

export function evictingTaints({ spec }: Node): readonly Taint[] {
  return spec.taints?.filter(isEvicting) ?? [];
}

function isEvicting({ effect }: Taint): boolean {
  return effect === 'NoExecute';
}

/** addConditionAndDeletePod. */
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
  const comment = { done: () => evictionRemark(pod, 'Marking for deletion') };
  return [conditionChange(pod, condition, now), { verb: 'delete', key: objectKeyOf(pod), uid, comment }];
}

/** What is said of Pods that would have had to go if the node's taints had stayed. */
export function spared(node: Node, taints: readonly Taint[], view: ObjectView): readonly Remark[] {
  const former = evictingTaints(node);
  if (former.length === 0 || taints.some(isEvicting)) return [];
  return view
    .indexed('Pod', 'node', node.metadata.name)
    .filter((pod) => pod.metadata.deletionTimestamp === undefined && evictionTime(pod, former) !== undefined)
    .map((pod) => evictionRemark(pod, 'Cancelling deletion of'));
}

/**
 * getMinTolerationTime; undefined: it may stay. The time runs from when the controller first sees the Pod on the tainted node
 * (processPodOnNode): a Pod that comes after the taint has all of it before it.
 */
function evictionTime(pod: Pod, taints: readonly Taint[]): Instant | undefined {
  const { spec } = pod;
  let earliest: Instant | undefined;
  for (const taint of taints) {
    const since = Math.max(Date.parse(taint.timeAdded ?? '') || 0, boundAt(pod));
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

function boundAt({ metadata, status }: Pod): Instant {
  const scheduled = status.conditions?.find(({ type, status: met }) => type === 'PodScheduled' && met === 'True');
  return Date.parse(scheduled?.lastTransitionTime ?? metadata.creationTimestamp ?? '') || 0;
}
