import type { Change, Reconciliation } from '../engine/controller.ts';
import type { Duration, Instant } from '../engine/time.ts';

/** After a refusal; the real work queue waits from milliseconds to minutes. */
const retryInterval: Duration = 15_000;

/** Changes, and the report that follows them. What the API server refuses is tried again later. */
export function retried(
  changes: readonly Change[],
  report: (isRefused: boolean) => readonly Change[],
  wakeAt: Instant | undefined,
  now: Instant,
): Reconciliation {
  const follow = (isRefused: boolean): Reconciliation => {
    const retryAt = isRefused ? now + retryInterval : undefined;
    const next = wakeAt === undefined || retryAt === undefined ? (wakeAt ?? retryAt) : Math.min(wakeAt, retryAt);
    return next === undefined ? { changes: report(isRefused) } : { changes: report(isRefused), wakeAt: next };
  };
  if (changes.length === 0) return follow(false);
  return { changes, then: (refusal) => follow(refusal !== undefined) };
}
