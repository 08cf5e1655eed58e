import type { Duration, Instant } from './time.ts';

const firstPause: Duration = 5;
const longestPause: Duration = 1_000_000;

interface Failures {
  readonly inARow: number;
  readonly retryAt: Instant;
}

/**
 * When keys that failed are tried again: client-go/util/workqueue/default_rate_limiters.go, the part that counts for one key.
 * Only keys that are failing are remembered.
 */
export class RetryBackOff {
  private readonly failing: Map<string, Failures>;

  constructor(source?: RetryBackOff) {
    this.failing = new Map(source?.failing);
  }

  /** AddRateLimited. A retry that is pending already is not put off: of two times the waiting queue keeps the earlier one. */
  retryAt(key: string, now: Instant): Instant {
    const known = this.failing.get(key);
    const inARow = known?.inARow ?? 0;
    const at = now + Math.min(firstPause * 2 ** inARow, longestPause);
    const retryAt = known && known.retryAt > now ? Math.min(known.retryAt, at) : at;
    this.failing.set(key, { inARow: inARow + 1, retryAt });
    return retryAt;
  }

  /** Forget: the next failure is a first one. */
  forget(key: string): void {
    this.failing.delete(key);
  }

  fork(): RetryBackOff {
    return new RetryBackOff(this);
  }
}
