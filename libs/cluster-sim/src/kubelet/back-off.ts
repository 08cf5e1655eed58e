import type { Instant } from '../engine/time.ts';
import type { BackOff } from './pod-runtime.ts';

/** pkg/kubelet/kubelet.go: the pause before a restart doubles from 10 seconds to 5 minutes. */
const initialBackOff = 10_000;
const maxBackOff = 300_000;

/** client-go flowcontrol.Backoff Next: forgotten when the container has run for twice the longest pause. */
export function nextBackOff(before: BackOff | undefined, now: Instant): BackOff {
  const isForgotten = !before || now - before.since > 2 * maxBackOff;
  return { duration: isForgotten ? initialBackOff : Math.min(before.duration * 2, maxBackOff), since: now };
}

/** IsInBackOffSince: when a container that ended then may start again. */
export function restartTime(before: BackOff | undefined, finishedAt: Instant): Instant {
  if (!before || finishedAt - before.since > 2 * maxBackOff) return finishedAt;
  return finishedAt + before.duration;
}
