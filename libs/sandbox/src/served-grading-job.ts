import { kubeDocuments } from '@kubedrill/kube-api';
import type { GradingResult } from '@kubedrill/grader';
import type { GradingJob } from '@kubedrill/submissions';
import runGradingJob from '@kubedrill/submissions/run-grading-job';

/** What each process runs for a job: the grading itself, with an API server that commands may ask what it has. */
export default function runServedGradingJob(job: GradingJob): GradingResult {
  return runGradingJob(job, kubeDocuments);
}
