import type { CronJob, Job, ObjectReference } from '@kubedrill/kube-model';
import type { ApiStatus } from '../../api/request.ts';
import type { Schedule } from '../../cron/schedule.ts';
import type { Change, Reconciliation } from '../../engine/controller.ts';
import { formatTime, type Instant } from '../../engine/time.ts';
import type { Remark } from '../../events/remark.ts';
import type { ObjectView } from '../../store/object-view.ts';
import { controllerOf, objectKeyOf } from '../ownership.ts';
import { isNamespaceTerminating } from '../refused-changes.ts';
import { sameValue } from '../same-value.ts';
import {
  completionRemarks,
  deletionComment,
  forbiddenRemark,
  invalidRemark,
  missedRemark,
  missingRemarks,
  startComment,
  tooManyRemark,
  unexpectedRemarks,
} from './cron-job-remarks.ts';
import { lastSuccess, stillActive, surplusJobs } from './cron-job-history.ts';
import { jobName, jobOfSchedule, referenceTo } from './job-of-schedule.ts';
import { nextWake, scheduleOf, scheduleState } from './missed-schedules.ts';

/** pkg/controller/cronjob/cronjob_controllerv2.go sync: cleans up, notes what has become of its Jobs, starts the one that is due. */
export function syncCronJob(stored: CronJob, view: ObjectView, now: Instant): Reconciliation {
  const { namespace, name } = stored.metadata;
  const jobs = view.list('Job', namespace).filter(({ metadata }) => controllerOf(metadata)?.name === name);
  const cronJob = observed(stored, jobs);
  const deletion = deletionFor(stored);
  const cleaning = surplusJobs(cronJob, jobs).map(deletion);
  const remarks = [
    ...unexpectedRemarks(stored, jobs),
    ...completionRemarks(stored, jobs),
    ...missingRemarks(stored, jobs),
  ];
  const report = (known: CronJob): readonly Change[] =>
    sameValue(known.status, stored.status) ? [] : [{ verb: 'updateStatus', object: known }];
  const isResting = cronJob.metadata.deletionTimestamp !== undefined || cronJob.spec.suspend;
  const schedule = isResting ? undefined : scheduleOf(cronJob);
  const due = schedule && dueDate(cronJob, schedule, now);
  if (!schedule) return { changes: [...cleaning, ...report(cronJob)], remarks };
  if (!due) return { changes: [...cleaning, ...report(cronJob)], remarks: [...remarks, invalidRemark(cronJob)] };
  const { date } = due;
  const waiting = (known: CronJob): Reconciliation => ({
    changes: report(known),
    wakeAt: nextWake(known, now, schedule),
    isRecurring: true,
  });
  const all = [...remarks, ...due.remarks];
  if (date === undefined) return { ...waiting(cronJob), changes: [...cleaning, ...report(cronJob)], remarks: all };
  const start: Change = { verb: 'create', object: jobOfSchedule(cronJob, date), comment: startComment(stored) };
  const replaced = cronJob.spec.concurrencyPolicy === 'Replace' ? activeOf(cronJob, jobs) : [];
  const starting = replaced.length > 0 ? withActive(cronJob, []) : cronJob;
  return {
    changes: [...cleaning, ...replaced.map(deletion), start],
    remarks: all,
    then(refusal) {
      const job = view.get('Job', namespace ?? '', jobName(cronJob, date));
      if (job && isOwn(job, cronJob)) return waiting(started(starting, job, date));
      return { changes: report(starting), hasFailed: isWorthTrying(refusal) };
    },
  };
}

/** The API server's answer "there is one of that name" is final, and so is that of a Namespace that goes. */
function isWorthTrying(refusal: ApiStatus | undefined): boolean {
  return refusal !== undefined && refusal.reason !== 'AlreadyExists' && !isNamespaceTerminating(refusal);
}

function isOwn({ metadata }: Job, cronJob: CronJob): boolean {
  return controllerOf(metadata)?.uid === cronJob.metadata.uid;
}

function activeOf({ status }: CronJob, jobs: readonly Job[]): readonly Job[] {
  return jobs.filter(({ metadata }) => status.active?.some(({ uid }) => uid === metadata.uid));
}

function deletionFor(cronJob: CronJob): (job: Job) => Change {
  return (job) => ({
    verb: 'delete',
    key: objectKeyOf(job),
    propagation: 'Background',
    comment: deletionComment(cronJob, job),
  });
}

function withActive(cronJob: CronJob, active: readonly ObjectReference[]): CronJob {
  const { active: _before, ...others } = cronJob.status;
  return { ...cronJob, status: active.length > 0 ? { ...others, active } : others };
}

function observed(stored: CronJob, jobs: readonly Job[]): CronJob {
  const lastSuccessfulTime = lastSuccess(stored, jobs);
  const status = { ...stored.status, ...(lastSuccessfulTime !== undefined && { lastSuccessfulTime }) };
  return withActive({ ...stored, status }, stillActive(stored, jobs));
}

function started(cronJob: CronJob, job: Job, date: Instant): CronJob {
  const { status } = withActive(cronJob, [...(cronJob.status.active ?? []), referenceTo(job)]);
  return { ...cronJob, status: { ...status, lastScheduleTime: formatTime(date) } };
}

interface Due {
  /** Whose Job is to be started now. */
  readonly date?: Instant;
  readonly remarks: readonly Remark[];
}

/** Undefined: there will be no date, so nobody need look. */
function dueDate(cronJob: CronJob, schedule: Schedule, now: Instant): Due | undefined {
  const state = scheduleState(cronJob, now, schedule, true);
  if (!state) return undefined;
  const { spec, status } = cronJob;
  const { active = [], lastScheduleTime } = status;
  const date = state.mostRecent;
  if (date === undefined) return { remarks: [] };
  const remarks = state.missed === 'many' ? [tooManyRemark(cronJob)] : [];
  if (spec.startingDeadlineSeconds !== undefined && date + spec.startingDeadlineSeconds * 1000 < now)
    return { remarks: [...remarks, missedRemark(cronJob, date)] };
  if (active.some(({ name }) => name === jobName(cronJob, date)) || lastScheduleTime === formatTime(date))
    return { remarks };
  if (spec.concurrencyPolicy === 'Forbid' && active.length > 0)
    return { remarks: [...remarks, forbiddenRemark(cronJob)] };
  return { date, remarks };
}
