import type { GradingResult, Receipt, Verdict } from '@kubedrill/grader';
import type { Json } from '@kubedrill/kube-model';
import type { SubmissionContent } from '../submission.ts';

/**
 * grading: in the background. preview: all is graded, nothing has changed. applying, undoing: in the background, learner by
 * learner. dropped, undone: the results are as they were.
 */
export type RegradeStatus = 'grading' | 'preview' | 'applying' | 'applied' | 'undoing' | 'undone' | 'dropped';

/** Stored submissions of an exercise, graded anew. */
export interface Regrade {
  readonly id: string;
  readonly exerciseId: string;
  /** Only submissions that were graded with this version; absent: with any. */
  readonly fromDigest?: string;
  /** The version to grade with; absent: each with the one that it is pinned to. */
  readonly toDigest?: string;
  readonly userId?: string;
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly status: RegradeStatus;
  /** Submissions that it looks at. */
  readonly total: number;
}

export interface RegradeCounts {
  readonly done: number;
  /** The result is the same to the byte, but for the version in its receipt. */
  readonly same: number;
  readonly changed: number;
  /** Of those that changed: more points, fewer points. */
  readonly improved: number;
  readonly worsened: number;
  /** The platform failed; such a submission keeps its result. */
  readonly faulted: number;
  /** The version has no such variant any more; such a submission keeps its result. */
  readonly noVariant: number;
}

export interface Grade {
  readonly verdict: Verdict;
  readonly score: number;
  readonly points: number;
}

export type ItemOutcome = 'same' | 'changed' | 'faulted' | 'noVariant';

/** What became, or would become, of one submission. */
export interface RegradeDifference {
  readonly submissionId: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly variant: string;
  readonly outcome: ItemOutcome;
  readonly before: Grade;
  readonly after?: Grade;
  readonly fault?: string;
}

/** What a learner's points in the exercise were and become: the best of each variant, added up. */
export interface LearnerDifference {
  readonly user: { readonly id: string; readonly name: string };
  readonly before: number;
  readonly after: number;
}

/** A submission that waits to be graded anew. */
export interface PendingItem {
  readonly submissionId: string;
  readonly userId: string;
  readonly variant: string;
  readonly seed: number;
  /** The version to grade it with. */
  readonly digest: string;
  readonly content: SubmissionContent;
  readonly before: Grade;
  /** Points that hints have cost. */
  readonly hintCost: number;
  readonly receipt: Receipt;
}

/** Result is absent where it is the stored one but for the receipt. */
export type GradedAnew =
  | { readonly kind: 'graded'; readonly grade: Grade; readonly receipt: Receipt; readonly result?: GradingResult }
  | { readonly kind: 'fault'; readonly message: string }
  | { readonly kind: 'noVariant' };

/** What a worker does: some submissions that are graded with one version. */
export interface RegradingJob {
  readonly kind: 'regrading';
  readonly id: string;
  readonly regradeId: string;
  readonly exerciseDigest: string;
  readonly exercise: Json;
  readonly items: readonly RegradingJobItem[];
}

export interface RegradingJobItem {
  readonly id: string;
  readonly variant: string;
  readonly seed: number;
  readonly content: SubmissionContent;
  /** Digest of the stored result: an equal one need not travel back. */
  readonly result: string;
}

export interface RegradedItem {
  readonly id: string;
  readonly outcome: GradedAnew;
}
