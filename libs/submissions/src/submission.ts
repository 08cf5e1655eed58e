import type { GradingResult, SubmissionContent } from '@kubedrill/grader';

export type { SubmissionContent };

/**
 * submitted: stored, not yet in the queue. queued, running: as the words say. graded: the result is recorded, for good.
 * faulted: the platform failed (never the learner): no score, no attempt; goes back to submitted on retry.
 */
export type SubmissionStatus = 'submitted' | 'queued' | 'running' | 'graded' | 'faulted';

export interface Submission {
  readonly id: string;
  readonly userId: string;
  readonly exerciseId: string;
  /** Digest of the immutable exercise version that it is pinned to. */
  readonly exerciseDigest: string;
  readonly variant: string;
  readonly seed: number;
  readonly content: SubmissionContent;
  readonly status: SubmissionStatus;
  readonly createdAt: Date;
  readonly gradedAt?: Date;
  readonly result?: GradingResult;
  /** Why the platform failed; only with status faulted. */
  readonly fault?: string;
}
