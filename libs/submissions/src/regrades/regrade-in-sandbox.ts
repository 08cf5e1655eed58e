import { exerciseOfJob } from '../exercise-of-job.ts';
import { gradeInSandbox } from '../grade-in-sandbox.ts';
import type { JobOutcome } from '../job.ts';
import type { Sandbox } from '../ports.ts';
import { variantOf } from '@kubedrill/content';
import { anew } from './grade-anew.ts';
import type { GradedAnew, RegradedItem, RegradingJob, RegradingJobItem } from './regrade.ts';

/** All in one go; when one of them hits a bound, each by itself, so that it alone is `limited`. */
export async function regradeInSandbox(sandbox: Sandbox, job: RegradingJob): Promise<JobOutcome> {
  const outcome = await sandbox.run(job);
  if (outcome.kind === 'finished') return { kind: 'regraded', items: outcome.result };
  const items: RegradedItem[] = [];
  for (const item of job.items) items.push({ id: item.id, outcome: await alone(sandbox, job, item) });
  return { kind: 'regraded', items };
}

async function alone(
  sandbox: Sandbox,
  { exercise, exerciseDigest }: RegradingJob,
  { id, variant, seed, content, result }: RegradingJobItem,
): Promise<GradedAnew> {
  if (!variantOf(exerciseOfJob({ exercise, exerciseDigest }), variant)) return { kind: 'noVariant' };
  const outcome = await gradeInSandbox(sandbox, {
    kind: 'grading',
    ...{ id, exercise, exerciseDigest, variant, seed, content },
  });
  return outcome.kind === 'graded' ? anew({ result }, outcome.result) : outcome;
}
