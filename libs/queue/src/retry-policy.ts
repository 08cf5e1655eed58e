/** How often a job is tried when its handler throws, and an outcome when its listener rejects, and how long between. */
export interface RetryPolicy {
  /** Tries of one job, the first included; after the last one the job's outcome is a fault. */
  readonly jobAttempts: number;
  /** Tries of telling one outcome; after the last one it is dropped, and the stored submission is all that is left of it. */
  readonly deliveryAttempts: number;
  readonly firstDelayMilliseconds: number;
  readonly longestDelayMilliseconds: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  jobAttempts: 4,
  deliveryAttempts: 200,
  firstDelayMilliseconds: 500,
  longestDelayMilliseconds: 30_000,
};

/** Doubles with each attempt that was made. */
export function retryDelay(policy: RetryPolicy, attemptsMade: number): number {
  return Math.min(policy.longestDelayMilliseconds, policy.firstDelayMilliseconds * 2 ** (attemptsMade - 1));
}

export function faultText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
