import { instantiate } from '@kubedrill/content';
import { exerciseOfJob } from './exercise-of-job.ts';
import type { GradingJob, GradingOutcome } from './grading-job.ts';
import { limitedResult } from './limited-result.ts';
import type { Sandbox } from './ports.ts';

/** What a worker does with a job, wherever it runs. Rejects for faults of the platform: the queue tries again. */
export async function gradeInSandbox(sandbox: Sandbox, job: GradingJob): Promise<GradingOutcome> {
  const outcome = await sandbox.run(job);
  switch (outcome.kind) {
    case 'finished':
      return { kind: 'graded', result: outcome.result };
    case 'limited': {
      const instance = instantiate(exerciseOfJob(job), job.variant, job.seed);
      const limit = { bound: outcome.bound, text: outcome.text };
      return { kind: 'graded', result: limitedResult(instance, job.content, limit) };
    }
    case 'unsupported':
      return { kind: 'fault', message: outcome.text };
  }
}
