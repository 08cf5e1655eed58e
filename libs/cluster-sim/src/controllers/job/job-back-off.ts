import type { Job, Pod } from '@kubedrill/kube-model';
import type { Duration, Instant } from '../../engine/time.ts';
import { finishedTime, indexFailures, isPodFailed } from './job-pods.ts';

const firstPause: Duration = 10_000;
const longestPause: Duration = 600_000;

/**
 * When a Job may make its next Pod: backoff_utils.go. Kubernetes' controller remembers failures; here they are read from the Pods,
 * which stay until somebody deletes them.
 */
export function nextAttempt(job: Job, pods: readonly Pod[]): Instant {
  const successes = pods.filter(({ status }) => status.phase === 'Succeeded').map(finishedTime);
  const lastSuccess = Math.max(-Infinity, ...successes);
  const failures = pods
    .filter((pod) => isPodFailed(pod, job))
    .map(finishedTime)
    .filter((time) => time > lastSuccess);
  return failures.length === 0 ? 0 : Math.max(...failures) + pause(failures.length);
}

/** The same for one index: `failed` is the Pod that had it last. */
export function nextAttemptAtIndex(failed: Pod | undefined): Instant {
  if (!failed) return 0;
  const { counted, ignored } = indexFailures(failed);
  return finishedTime(failed) + pause(counted + ignored + 1);
}

function pause(failures: number): Duration {
  return Math.min(longestPause, firstPause * 2 ** (failures - 1));
}
