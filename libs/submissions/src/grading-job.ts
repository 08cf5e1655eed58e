import type { GradingResult } from '@kubedrill/grader';
import type { Json } from '@kubedrill/kube-model';
import type { SubmissionContent } from './submission.ts';

/**
 * All that a worker needs: workers hold no database credentials. The exercise travels as stored (its version's JSON), and a
 * worker keeps the prepared form by digest.
 */
export interface GradingJob {
  readonly kind: 'grading';
  /** The submission's id, and the job's. */
  readonly id: string;
  readonly exerciseDigest: string;
  readonly exercise: Json;
  readonly variant: string;
  readonly seed: number;
  readonly content: SubmissionContent;
}

/** fault: the platform could not grade; after the last retry the submission is faulted. */
export type GradingOutcome =
  { readonly kind: 'graded'; readonly result: GradingResult } | { readonly kind: 'fault'; readonly message: string };
