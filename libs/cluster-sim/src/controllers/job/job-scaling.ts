import type { Job, Pod } from '@kubedrill/kube-model';
import type { Draft } from '../../engine/controller.ts';
import type { Instant } from '../../engine/time.ts';
import { scaleDownOrder } from '../replicaset/scale-down-order.ts';
import { missingIndexes, united, withIndexes } from './index-intervals.ts';
import { nextAttempt, nextAttemptAtIndex } from './job-back-off.ts';
import { indexedPod, jobPod } from './job-pod-template.ts';
import { completionIndex, isIndexed } from './job-pods.ts';
import { indexesOf, type JobProgress } from './job-progress.ts';

/** Pods that one reconciliation creates or deletes at most: job_controller.go MaxPodCreateDeletePerSync. */
const burst = 500;

/** How many Pods are to run at a time now. */
function wantedActive({ spec }: Job, { active, succeeded }: JobProgress): number {
  const { completions, parallelism } = spec;
  if (completions === undefined) return succeeded > 0 ? active.length : parallelism;
  return Math.max(0, Math.min(completions - succeeded, parallelism));
}

/** activePodsForRemoval: all of a suspended Job's, else what is too many. */
export function surplusPods(job: Job, progress: JobProgress, now: Instant): readonly Pod[] {
  const { active } = progress;
  if (job.spec.suspend) return active;
  const surplus = Math.max(0, active.length - wantedActive(job, progress));
  const repeated = isIndexed(job) ? repeatedIndexes(job, active, now) : [];
  const others = active.filter((pod) => !repeated.includes(pod));
  const more = Math.max(0, surplus - repeated.length);
  const chosen = more === 0 ? [] : scaleDownOrder(others, [], now).slice(0, more);
  return [...repeated, ...chosen].slice(0, burst);
}

/** Pods whose index another Pod has too, or that have none. */
function repeatedIndexes(job: Job, active: readonly Pod[], now: Instant): readonly Pod[] {
  const byIndex = new Map<number | undefined, Pod[]>();
  for (const pod of active) {
    const index = completionIndex(pod, job);
    const pods = byIndex.get(index);
    if (pods) pods.push(pod);
    else byIndex.set(index, [pod]);
  }
  return [...byIndex].flatMap(([index, pods]) => {
    if (index === undefined) return pods;
    return pods.length === 1 ? [] : scaleDownOrder(pods, [], now).slice(0, -1);
  });
}

export interface NextPods {
  readonly drafts: readonly Draft<Pod>[];
  /** When the next Pod may be made, where a failed one makes the Job wait. */
  readonly wakeAt?: Instant;
}

const nobody: NextPods = { drafts: [] };

export function nextPods(job: Job, progress: JobProgress, pods: readonly Pod[], now: Instant): NextPods {
  const { active, terminating } = progress;
  const leaving = job.spec.podReplacementPolicy === 'Failed' ? terminating.length : 0;
  const missing = Math.min(wantedActive(job, progress) - leaving - active.length, burst);
  if (missing <= 0) return nobody;
  if (job.spec.backoffLimitPerIndex === undefined) {
    const from = nextAttempt(job, pods);
    if (from > now) return { drafts: [], wakeAt: from };
  }
  if (isIndexed(job)) return nextIndexedPods(job, progress, missing, now);
  const draft = jobPod(job);
  return { drafts: Array.from({ length: missing }, () => draft) };
}

/** firstPendingIndexes, as far as their failed Pods let them. */
function nextIndexedPods(job: Job, progress: JobProgress, missing: number, now: Instant): NextPods {
  const { active, terminating, succeededIndexes, failedIndexes = [], awaitingReplacement } = progress;
  const leaving = job.spec.podReplacementPolicy === 'Failed' ? indexesOf(terminating, job) : [];
  const taken = withIndexes(united([...succeededIndexes, ...failedIndexes]), [...indexesOf(active, job), ...leaving]);
  const indexes = missingIndexes(taken, job.spec.completions ?? 0, missing);
  const times = indexes.map((index) => nextAttemptAtIndex(awaitingReplacement.get(index)));
  const ready = indexes.filter((_index, position) => (times[position] ?? 0) <= now);
  if (ready.length === 0 && times.length > 0) return { drafts: [], wakeAt: Math.min(...times) };
  return { drafts: ready.map((index) => indexedPod(job, index, awaitingReplacement.get(index))) };
}
