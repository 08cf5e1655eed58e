import type { Job, Pod } from '@kubedrill/kube-model';
import { isPodActive, isPodTerminal } from '../pod-state.ts';
import { hasIndex, indexCount, parseIndexes, withIndexes, type IndexIntervals } from './index-intervals.ts';
import { completionIndex, finishedTime, indexFailures, isIndexed, isPodFailed, isTracked } from './job-pods.ts';
import { failureVerdict } from './job-policies.ts';

/** How far a Job has come, with the Pods that have ended since it was last counted: syncJob in job_controller.go. */
export interface JobProgress {
  readonly active: readonly Pod[];
  readonly terminating: readonly Pod[];
  readonly succeeded: number;
  readonly failed: number;
  /** Of indexed Jobs. */
  readonly succeededIndexes: IndexIntervals;
  /** Where each index has failures of its own to spend. */
  readonly failedIndexes: IndexIntervals | undefined;
  /** The Pods that had an index last, which stay until another one has it. */
  readonly awaitingReplacement: ReadonlyMap<number, Pod>;
}

export function progressOf(job: Job, pods: readonly Pod[]): JobProgress {
  const { status, spec } = job;
  const counted = pods.filter((pod) => isTracked(pod) && (!isIndexed(job) || completionIndex(pod, job) !== undefined));
  const newSucceeded = counted.filter((pod) => pod.status.phase === 'Succeeded');
  const newFailed = counted.filter((pod) => isPodFailed(pod, job) && failureVerdict(job, pod).action !== 'Ignore');
  const succeededIndexes = isIndexed(job)
    ? withIndexes(parseIndexes(status.completedIndexes ?? '', spec.completions ?? 0), indexesOf(newSucceeded, job))
    : [];
  const failedIndexes = spec.backoffLimitPerIndex === undefined ? undefined : failedIndexesOf(job, counted);
  const active = pods.filter(isPodActive);
  return {
    active,
    terminating: pods.filter((pod) => !isPodTerminal(pod) && pod.metadata.deletionTimestamp !== undefined),
    succeeded: isIndexed(job) ? indexCount(succeededIndexes) : (status.succeeded ?? 0) + newSucceeded.length,
    failed: (status.failed ?? 0) + newFailed.length,
    succeededIndexes,
    failedIndexes,
    awaitingReplacement: failedIndexes
      ? awaitingReplacement(job, counted, [...succeededIndexes, ...failedIndexes], new Set(indexesOf(active, job)))
      : new Map(),
  };
}

export function indexesOf(pods: readonly Pod[], job: Job): readonly number[] {
  return pods.flatMap((pod) => completionIndex(pod, job) ?? []);
}

/** calculateFailedIndexes. */
function failedIndexesOf(job: Job, counted: readonly Pod[]): IndexIntervals {
  const { completions = 0, backoffLimitPerIndex = 0 } = job.spec;
  const failed = counted.filter((pod) => {
    if (!isPodFailed(pod, job)) return false;
    const { action } = failureVerdict(job, pod);
    return action === 'FailIndex' || (action !== 'Ignore' && indexFailures(pod).counted >= backoffLimitPerIndex);
  });
  return withIndexes(parseIndexes(job.status.failedIndexes ?? '', completions), indexesOf(failed, job));
}

/** getPodsWithDelayedDeletionPerIndex. */
function awaitingReplacement(
  job: Job,
  counted: readonly Pod[],
  settled: IndexIntervals,
  active: ReadonlySet<number>,
): ReadonlyMap<number, Pod> {
  const latest = new Map<number, Pod>();
  for (const pod of counted) {
    const index = isPodFailed(pod, job) ? completionIndex(pod, job) : undefined;
    if (index === undefined || hasIndex(settled, index) || active.has(index)) continue;
    const other = latest.get(index);
    const isLater = !other || (failures(other) <= failures(pod) && finishedTime(pod) >= finishedTime(other));
    if (isLater) latest.set(index, pod);
  }
  return latest;
}

function failures(pod: Pod): number {
  const { counted, ignored } = indexFailures(pod);
  return counted + ignored;
}
