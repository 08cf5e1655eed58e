import type { Job, JobCondition } from '@kubedrill/kube-model';
import type { Commentary, Remark } from '../../events/remark.ts';
import { trueCondition } from './job-conditions.ts';

export const jobReporter = 'job-controller';

const by = { form: 'older', component: jobReporter } as const;

/** What the controller says once a status is stored: recordJobFinished, and syncJob of suspensions. */
export function statusCommentary(job: Job, status: Job['status']): Commentary | undefined {
  const { conditions } = job.status;
  if (status.conditions === conditions) return undefined;
  const remark = remarkOn(job, conditions ?? [], status);
  return remark && { done: () => remark };
}

function remarkOn(
  job: Job,
  before: readonly JobCondition[],
  { conditions: after = [], succeeded = 0 }: Job['status'],
): Remark | undefined {
  const said = (type: Remark['type'], reason: string, message: string): Remark => ({
    by,
    about: job,
    type,
    reason,
    message,
  });
  if (trueCondition(after, 'Complete')) {
    const { completions } = job.spec;
    return completions !== undefined && succeeded > completions
      ? said('Warning', 'TooManySucceededPods', 'Too many succeeded pods running after completion count reached')
      : said('Normal', 'Completed', 'Job completed');
  }
  const failed = trueCondition(after, 'Failed');
  if (failed) return said('Warning', failed.reason ?? '', failed.message ?? '');
  const [was, is] = [before, after].map((conditions) => trueCondition(conditions, 'Suspended') !== undefined);
  if (was === is) return undefined;
  return is ? said('Normal', 'Suspended', 'Job suspended') : said('Normal', 'Resumed', 'Job resumed');
}
