import type { DocumentServer } from '@kubedrill/grader';
import type { ResultOf, SandboxJob } from './job.ts';
import { gradeAnew } from './regrades/grade-anew.ts';
import { runGradingJob } from './run-grading-job.ts';

/**
 * What a sandboxed process runs. `serve`: what the API server has, for commands that ask. Throws when the exercise is faulty: a
 * fault of the platform, never a verdict.
 */
export default function runJob(job: SandboxJob, serve?: DocumentServer): ResultOf<SandboxJob> {
  switch (job.kind) {
    case 'grading':
      return runGradingJob(job, serve);
    case 'regrading':
      return gradeAnew(job, serve);
  }
}
