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

/** The time in the form of RFC 1123. */
export function missedRemark(cronJob: CronJob, date: Instant): Remark {
  const time = new Date(date).toUTCString().replace('GMT', '+0000');
  return said(cronJob, 'Warning', 'MissSchedule', `Missed scheduled time to start a job: ${time}`);
}

export function forbiddenRemark(cronJob: CronJob): Remark {
  const words = 'Not starting job because prior execution is running and concurrency policy is Forbid';
  return said(cronJob, 'Normal', 'JobAlreadyActive', words);
}
