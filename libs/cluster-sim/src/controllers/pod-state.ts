import type { Pod, PodCondition } from '@kubedrill/kube-model';
import type { Change } from '../engine/controller.ts';
import { formatTime, type Instant } from '../engine/time.ts';

const none: readonly PodCondition[] = [];

export function conditionOf(pod: Pod, type: string): PodCondition | undefined {
  return pod.status.conditions?.find((condition) => condition.type === type);
}

/** pkg/api/v1/pod UpdatePodCondition: the time of the transition is that of a changed status. */
export function withCondition(pod: Pod, condition: PodCondition, now: Instant): Pod {
  const before = conditionOf(pod, condition.type);
  const isSame = before?.status === condition.status;
  const set = { ...condition, lastTransitionTime: isSame ? before.lastTransitionTime : formatTime(now) };
  const { conditions = [] } = pod.status;
  const after = before ? conditions.map((other) => (other === before ? set : other)) : [...conditions, set];
  return { ...pod, status: { ...pod.status, conditions: after } };
}

/** The same, written. */
export function conditionChange(pod: Pod, condition: PodCondition, now: Instant): Change {
  return { verb: 'updateStatus', object: withCondition(pod, condition, now) };
}

/** pkg/api/v1/pod IsPodReady. */
export function isPodReady(pod: Pod): boolean {
  for (const { type, status } of pod.status.conditions ?? none) if (type === 'Ready') return status === 'True';
  return false;
}

export function isPodTerminal({ status }: Pod): boolean {
  return status.phase === 'Succeeded' || status.phase === 'Failed';
}

/** controller_utils.go IsPodActive: neither ended nor going. */
export function isPodActive(pod: Pod): boolean {
  return !isPodTerminal(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** When the Pod has been (or will have been) ready for that many seconds; undefined while it is not ready. */
export function availableFrom(pod: Pod, minReadySeconds: number): Instant | undefined {
  const ready = conditionOf(pod, 'Ready');
  if (ready?.status !== 'True') return undefined;
  if (minReadySeconds === 0) return 0;
  return ready.lastTransitionTime ? Date.parse(ready.lastTransitionTime) + minReadySeconds * 1000 : undefined;
}
