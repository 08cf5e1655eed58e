import type { Job, JobCondition, Pod } from '@kubedrill/kube-model';
import type { Instant } from '../../engine/time.ts';
import { indexCount } from './index-intervals.ts';
import { newCondition, trueCondition } from './job-conditions.ts';
import { isIndexed, isPodFailed } from './job-pods.ts';
import { failureVerdict, metSuccessRule } from './job-policies.ts';
import type { JobProgress } from './job-progress.ts';

/** Why no more Pods are made, in the order in which syncJob looks for it; undefined: the Job goes on. */
export function verdictOn(
  job: Job,
  pods: readonly Pod[],
  progress: JobProgress,
  now: Instant,
): JobCondition | undefined {
  const { conditions = [] } = job.status;
  const known = trueCondition(conditions, 'SuccessCriteriaMet') ?? trueCondition(conditions, 'FailureTarget');
  if (known) return known;
  const failure = policyFailure(job, pods) ?? limitFailure(job, pods, progress, now) ?? indexFailure(job, progress);
  if (failure) return newCondition('FailureTarget', 'True', failure[0], failure[1], now);
  const rule = isIndexed(job) ? metSuccessRule(job, progress.succeededIndexes) : undefined;
  return rule === undefined ? undefined : newCondition('SuccessCriteriaMet', 'True', 'SuccessPolicy', rule, now);
}

type Failure = readonly [reason: string, message: string];

function policyFailure(job: Job, pods: readonly Pod[]): Failure | undefined {
  if (!job.spec.podFailurePolicy) return undefined;
  for (const pod of pods) {
    const message = isPodFailed(pod, job) ? failureVerdict(job, pod).message : undefined;
    if (message !== undefined) return ['PodFailurePolicy', message];
  }
  return undefined;
}

function limitFailure(job: Job, pods: readonly Pod[], { failed }: JobProgress, now: Instant): Failure | undefined {
  if (failed > job.spec.backoffLimit || hasRestartedTooOften(job, pods))
    return ['BackoffLimitExceeded', 'Job has reached the specified backoff limit'];
  const deadline = deadlineOf(job);
  return deadline !== undefined && now >= deadline
    ? ['DeadlineExceeded', 'Job was active longer than specified deadline']
    : undefined;
}

/** pastActiveDeadline; undefined while the Job has none. */
export function deadlineOf({ spec, status }: Job): Instant | undefined {
  const { activeDeadlineSeconds, suspend } = spec;
  if (activeDeadlineSeconds === undefined || status.startTime === undefined || suspend) return undefined;
  return Date.parse(status.startTime) + activeDeadlineSeconds * 1000;
}

/** pastBackoffLimitOnFailure: containers that are restarted in place count too. */
function hasRestartedTooOften({ spec }: Job, pods: readonly Pod[]): boolean {
  if (spec.template.spec.restartPolicy !== 'OnFailure') return false;
  let restarts = 0;
  for (const { status } of pods) {
    if (status.phase !== 'Running' && status.phase !== 'Pending') continue;
    for (const { restartCount } of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])])
      restarts += restartCount;
  }
  return spec.backoffLimit === 0 ? restarts > 0 : restarts >= spec.backoffLimit;
}

function indexFailure({ spec }: Job, { failedIndexes, succeededIndexes }: JobProgress): Failure | undefined {
  if (!failedIndexes) return undefined;
  const failed = indexCount(failedIndexes);
  if (spec.maxFailedIndexes !== undefined && failed > spec.maxFailedIndexes)
    return ['MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes'];
  const isThrough = failed > 0 && failed + indexCount(succeededIndexes) >= (spec.completions ?? 0);
  return isThrough ? ['FailedIndexes', 'Job has failed indexes'] : undefined;
}
