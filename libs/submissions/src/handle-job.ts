import { gradeInSandbox } from './grade-in-sandbox.ts';
import type { Job, JobOutcome } from './job.ts';
import type { Sandbox } from './ports.ts';
import { regradeInSandbox } from './regrades/regrade-in-sandbox.ts';

/** What a worker does with a job, wherever it runs. Rejects for faults of the platform: the queue tries again. */
export function handleJob(sandbox: Sandbox, job: Job): Promise<JobOutcome> {
  switch (job.kind) {
    case 'grading':
      return gradeInSandbox(sandbox, job);
    case 'regrading':
      return regradeInSandbox(sandbox, job);
  }
}
