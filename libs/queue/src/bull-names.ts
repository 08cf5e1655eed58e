import type { Job, JobOutcome } from '@kubedrill/submissions';

/** Jobs on their way to workers, by submission id. */
export const JOBS_QUEUE = 'kubedrill-grading';
/** Outcomes on their way back, by submission id: a queue of their own, so that they survive until they are recorded. */
export const OUTCOMES_QUEUE = 'kubedrill-outcomes';

export const JOB_NAME = 'grade';
export const OUTCOME_NAME = 'outcome';

export interface OutcomeMessage {
  readonly id: string;
  readonly outcome: JobOutcome;
}

export type JobMessage = Job;

export interface BullOptions {
  /** redis:// or rediss:// */
  readonly redisUrl: string;
  /** Keeps installations apart that share one Redis. */
  readonly prefix?: string;
}

export const DEFAULT_PREFIX = 'kubedrill';

/** Called for faults of the transport (a lost connection, a lost lock); the drivers mend them by themselves. */
export type TransportFaultListener = (error: Error) => void;
