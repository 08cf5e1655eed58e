import type { Instant } from '../engine/time.ts';
import type { BackOff } from './pod-runtime.ts';

/** pkg/kubelet/kubelet.go: the pause before a restart doubles from 10 seconds to 5 minutes. */
const initialBackOff = 10_000;
const maxBackOff = 300_000;

/** client-go/util/flowcontrol/backoff.go hasExpired: a container that ran for twice the longest pause has a clean record. */
function isForgotten({ since }: BackOff, finishedAt: Instant): boolean {
  return finishedAt - since > 2 * maxBackOff;
}

/** Next: what the restart that happens now, of a container that ended then, makes of the pause. */
export function nextBackOff(before: BackOff | undefined, finishedAt: Instant, now: Instant): BackOff {
  const isFirst = !before || isForgotten(before, finishedAt);
  return { duration: isFirst ? initialBackOff : Math.min(before.duration * 2, maxBackOff), since: now };
}

/** IsInBackOffSince: when a container that ended then may start again. */
export function restartTime(before: BackOff | undefined, finishedAt: Instant): Instant {
  return !before || isForgotten(before, finishedAt) ? finishedAt : finishedAt + before.duration;
}
