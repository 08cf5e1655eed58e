import type { Pod } from '@kubedrill/kube-model';
import type { Instant } from '../../engine/time.ts';
import { labelOf } from '../label-selector.ts';
import { conditionOf, isPodActive, isPodReady } from '../pod-state.ts';

const phaseOrder: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/**
 * Which Pods a ReplicaSet deletes first: pkg/controller/controller_utils.go ActivePodsWithRanks. `related` are the Pods of all
 * ReplicaSets of the same owner: of two equal Pods the one goes whose node has more of them.
 */
export function scaleDownOrder(pods: readonly Pod[], related: readonly Pod[], now: Instant): readonly Pod[] {
  const onNode = new Map<string, number>();
  for (const pod of related) {
    const node = pod.spec.nodeName ?? '';
    if (isPodActive(pod)) onNode.set(node, (onNode.get(node) ?? 0) + 1);
  }
  return pods
    .map((pod) => candidate(pod, onNode.get(pod.spec.nodeName ?? '') ?? 0, now))
    .sort(compare)
    .map(({ pod }) => pod);
}

interface Candidate {
  readonly pod: Pod;
  readonly isAssigned: boolean;
  readonly phase: number;
  readonly isReady: boolean;
  readonly cost: number;
  readonly rank: number;
  /** Powers of two of the age, so that equally old Pods are drawn at random (by uid). */
  readonly readyAge: number;
  readonly age: number;
  readonly restarts: number;
  readonly sidecarRestarts: number;
}

function candidate(pod: Pod, rank: number, now: Instant): Candidate {
  const ready = conditionOf(pod, 'Ready');
  const isReady = isPodReady(pod);
  const readySince = isReady && ready?.lastTransitionTime ? Date.parse(ready.lastTransitionTime) : Number.NaN;
  return {
    pod,
    isAssigned: (pod.spec.nodeName ?? '') !== '',
    phase: phaseOrder[pod.status.phase ?? ''] ?? 0,
    isReady,
    cost: deletionCost(pod),
    rank,
    readyAge: logarithmicAge(readySince, now),
    age: logarithmicAge(Date.parse(pod.metadata.creationTimestamp), now),
    restarts: mostRestarts(pod, false),
    sidecarRestarts: mostRestarts(pod, true),
  };
}

/** Negative: left goes first. */
function compare(left: Candidate, right: Candidate): number {
  if (left.isAssigned !== right.isAssigned) return left.isAssigned ? 1 : -1;
  if (left.phase !== right.phase) return left.phase - right.phase;
  if (left.isReady !== right.isReady) return left.isReady ? 1 : -1;
  if (left.cost !== right.cost) return left.cost - right.cost;
  if (left.rank !== right.rank) return right.rank - left.rank;
  if (left.readyAge !== right.readyAge) return left.readyAge - right.readyAge;
  if (left.restarts !== right.restarts) return right.restarts - left.restarts;
  if (left.sidecarRestarts !== right.sidecarRestarts) return right.sidecarRestarts - left.sidecarRestarts;
  if (left.age !== right.age) return left.age - right.age;
  return left.pod.metadata.uid < right.pod.metadata.uid ? -1 : 1;
}

/** logarithmicRankDiff, in nanoseconds as there. */
function logarithmicAge(since: number, now: Instant): number {
  if (Number.isNaN(since)) return -1;
  const age = now - since;
  return age > 0 ? Math.floor(Math.log2(age * 1e6)) : -1;
}

function deletionCost({ metadata }: Pod): number {
  const text = labelOf(metadata.annotations, 'controller.kubernetes.io/pod-deletion-cost');
  return text !== undefined && /^(0|-?[1-9]\d{0,9})$/.test(text) ? Number(text) : 0;
}

function mostRestarts({ spec, status }: Pod, ofSidecars: boolean): number {
  const sidecars = new Set(
    spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name),
  );
  const statuses = ofSidecars
    ? status.initContainerStatuses?.filter(({ name }) => sidecars.has(name))
    : status.containerStatuses;
  return Math.max(0, ...(statuses ?? []).map(({ restartCount }) => restartCount));
}
