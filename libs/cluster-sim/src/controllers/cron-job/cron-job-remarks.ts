import type { CronJob, Job } from '@kubedrill/kube-model';
import type { Instant } from '../../engine/time.ts';
import type { Commentary, Remark } from '../../events/remark.ts';
import { trueCondition } from '../job/job-conditions.ts';

/** What the CronJob controller says: the events of pkg/controller/cronjob/cronjob_controllerv2.go. */

function said(about: CronJob, type: Remark['type'], reason: string, message: string): Remark {
  return { by: { form: 'older', component: 'cronjob-controller' }, about, type, reason, message };
}

export function startComment(cronJob: CronJob): Commentary {
  return {
    done: ({ metadata }) => said(cronJob, 'Normal', 'SuccessfulCreate', `Created job ${metadata.name}`),
    refused: ({ reason, message }) =>
      reason === 'AlreadyExists'
        ? undefined
        : said(cronJob, 'Warning', 'FailedCreate', `Error creating job: ${message}`),
  };
}

export function deletionComment(cronJob: CronJob, { metadata }: Job): Commentary {
  return {
    done: () => said(cronJob, 'Normal', 'SuccessfulDelete', `Deleted job ${metadata.name}`),
    refused: ({ message }) => said(cronJob, 'Warning', 'FailedDelete', `Deleted job: ${message}`),
  };
}

/** Of the Jobs that the status still holds for active. */
export function completionRemarks(cronJob: CronJob, jobs: readonly Job[]): readonly Remark[] {
  const active = new Set((cronJob.status.active ?? []).map(({ uid }) => uid));
  return jobs.flatMap(({ metadata, status: { conditions = [] } }) => {
    const end = trueCondition(conditions, 'Complete') ?? trueCondition(conditions, 'Failed');
    if (!end || !active.has(metadata.uid)) return [];
    return [said(cronJob, 'Normal', 'SawCompletedJob', `Saw completed job: ${metadata.name}, condition: ${end.type}`)];
  });
}

/** Of Jobs that run, are the CronJob's, and were not started by its schedule, such as `kubectl create job --from=cronjob/...`. */
export function unexpectedRemarks(cronJob: CronJob, jobs: readonly Job[]): readonly Remark[] {
  const active = new Set((cronJob.status.active ?? []).map(({ uid }) => uid));
  const unexpected = jobs.filter(({ metadata, status }) => !active.has(metadata.uid) && !isFinished(status.conditions));
  return unexpected.map(({ metadata }) => {
    const words = `Saw a job that the controller did not create or forgot: ${metadata.name}`;
    return said(cronJob, 'Warning', 'UnexpectedJob', words);
  });
}

/** Of Jobs that the status holds for active, and that are gone. */
export function missingRemarks(cronJob: CronJob, jobs: readonly Job[]): readonly Remark[] {
  const present = new Set(jobs.map(({ metadata }) => metadata.uid));
  return (cronJob.status.active ?? [])
    .filter(({ uid }) => uid === undefined || !present.has(uid))
    .map(({ name }) => said(cronJob, 'Normal', 'MissingJob', `Active job went missing: ${name}`));
}

function isFinished(conditions: Job['status']['conditions'] = []): boolean {
  return trueCondition(conditions, 'Complete') !== undefined || trueCondition(conditions, 'Failed') !== undefined;
}

/** Of a schedule without two dates, as that of 31 February. */
export function invalidRemark(cronJob: CronJob): Remark {
  const words = `invalid schedule: ${cronJob.spec.schedule} : time difference between two schedules is less than 1 second`;
  return said(cronJob, 'Warning', 'InvalidSchedule', words);
}

export function tooManyRemark(cronJob: CronJob): Remark {
  const words = 'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew';
  return said(cronJob, 'Warning', 'TooManyMissedTimes', words);
}

/** The time in the form of RFC 1123. */
export function missedRemark(cronJob: CronJob, date: Instant): Remark {
  const time = new Date(date).toUTCString().replace('GMT', '+0000');
  return said(cronJob, 'Warning', 'MissSchedule', `Missed scheduled time to start a job: ${time}`);
}

export function forbiddenRemark(cronJob: CronJob): Remark {
  const words = 'Not starting job because prior execution is running and concurrency policy is Forbid';
  return said(cronJob, 'Normal', 'JobAlreadyActive', words);
}
