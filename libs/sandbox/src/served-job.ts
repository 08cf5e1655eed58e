import { kubeDocuments } from '@kubedrill/kube-api';
import type { ResultOf, SandboxJob } from '@kubedrill/submissions';
import runJob from '@kubedrill/submissions/run-job';

/** What each process runs for a job: the job itself, with an API server that commands may ask what it has. */
export default function runServedJob(job: SandboxJob): ResultOf<SandboxJob> {
  return runJob(job, kubeDocuments);
}
