import type { Pod, StatefulSet } from '@kubedrill/kube-model';
import type { Instant } from '../../engine/time.ts';
import { availableFrom } from '../pod-state.ts';
import { isAvailable, isRunningAndReady, isTerminating, podRevision } from './stateful-pod.ts';
import type { Revisions } from './statefulset-revisions.ts';

export type StatefulSetStatus = StatefulSet['status'];

interface Counts {
  ready: number;
  available: number;
  current: number;
  updated: number;
}

/** updateStatus and completeRollingUpdate. `deletedForUpdate`: Pods of the current revision that have just been deleted. */
export function statusOf(
  set: StatefulSet,
  pods: readonly Pod[],
  { current, update, collisionCount }: Revisions,
  deletedForUpdate: number,
  now: Instant,
): StatefulSetStatus {
  const counts: Counts = { ready: 0, available: 0, current: -deletedForUpdate, updated: 0 };
  for (const pod of pods) count(counts, pod, set, current.name, update.name, now);
  const { replicas } = set.spec;
  const isUpdated =
    set.spec.updateStrategy.type === 'RollingUpdate' &&
    [counts.updated, counts.ready, pods.length].every((number) => number === replicas);
  const { conditions } = set.status;
  return {
    observedGeneration: set.metadata.generation,
    replicas: pods.length,
    ...(counts.ready > 0 && { readyReplicas: counts.ready }),
    ...positive('currentReplicas', isUpdated ? counts.updated : counts.current),
    ...positive('updatedReplicas', counts.updated),
    currentRevision: isUpdated ? update.name : current.name,
    updateRevision: update.name,
    collisionCount,
    ...(conditions && { conditions }),
    availableReplicas: counts.available,
  };
}

/** Zero is not written. */
function positive(name: 'currentReplicas' | 'updatedReplicas', count: number): Partial<StatefulSetStatus> {
  return count > 0 ? { [name]: count } : {};
}

function count(counts: Counts, pod: Pod, set: StatefulSet, current: string, update: string, now: Instant): void {
  if (isRunningAndReady(pod)) {
    counts.ready += 1;
    if (isAvailable(pod, set, now)) counts.available += 1;
  }
  if (isTerminating(pod)) return;
  const revision = podRevision(pod);
  if (revision === current) counts.current += 1;
  if (revision === update) counts.updated += 1;
}

/** When the next Pod will have been ready for long enough. */
export function nextAvailable({ spec }: StatefulSet, pods: readonly Pod[], now: Instant): Instant | undefined {
  const { minReadySeconds = 0 } = spec;
  if (minReadySeconds === 0) return undefined;
  let next: Instant | undefined;
  for (const pod of pods) {
    const from = availableFrom(pod, minReadySeconds);
    if (from !== undefined && from > now) next = Math.min(from, next ?? from);
  }
  return next;
}
