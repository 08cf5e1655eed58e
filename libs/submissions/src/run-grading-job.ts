import { type DocumentServer, gradeSubmission, type GradingResult } from '@kubedrill/grader';
import type { GradingJob } from './grading-job.ts';
import { preparedInstance } from './prepared-instances.ts';

/** The work of one job. Pure but for its caches. `serve`: what the API server has, for commands that ask. */
export function runGradingJob(job: GradingJob, serve?: DocumentServer): GradingResult {
  return gradeSubmission(preparedInstance(job), job.content, serve);
}
