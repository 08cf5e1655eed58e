import type { CronJob, Job, ObjectReference } from '@kubedrill/kube-model';
import { isFinished, trueCondition } from '../job/job-conditions.ts';

/** cleanupFinishedJobs: the oldest of those that are done, beyond as many as are to be kept. */
export function surplusJobs({ spec }: CronJob, jobs: readonly Job[]): readonly Job[] {
  const complete = jobs.filter((job) => trueCondition(job.status.conditions ?? [], 'Complete'));
  const failed = jobs.filter((job) => isFinished(job) && !complete.includes(job));
  return [...oldest(complete, spec.successfulJobsHistoryLimit), ...oldest(failed, spec.failedJobsHistoryLimit)];
}

function oldest(jobs: readonly Job[], kept: number): readonly Job[] {
  return [...jobs].sort(byStart).slice(0, Math.max(0, jobs.length - kept));
}

/** What never started comes last. */
function byStart(left: Job, right: Job): number {
  const [first, second] = [left, right].map(({ status, metadata }) => `${status.startTime ?? '~'} ${metadata.name}`);
  return (first ?? '') < (second ?? '') ? -1 : 1;
}

/** The Jobs that are at work as far as the status knows, without those that are done or gone. */
export function stillActive({ status }: CronJob, jobs: readonly Job[]): readonly ObjectReference[] {
  const atWork = new Set(jobs.filter((job) => !isFinished(job)).map(({ metadata }) => metadata.uid));
  return (status.active ?? []).filter(({ uid }) => uid !== undefined && atWork.has(uid));
}

/** The latest end of a Job that was successful. */
export function lastSuccess({ status }: CronJob, jobs: readonly Job[]): string | undefined {
  let last = status.lastSuccessfulTime;
  for (const { status: outcome } of jobs) {
    const { completionTime, conditions = [] } = outcome;
    if (completionTime === undefined || !trueCondition(conditions, 'Complete')) continue;
    if (last === undefined || completionTime > last) last = completionTime;
  }
  return last;
}
