import type { GradingResult, SubmissionContent, Verdict } from '@kubedrill/grader';

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
  /** What counts of the result; only once graded. */
  readonly standing?: GradeStanding;
  /** Why the platform failed; only with status faulted. */
  readonly fault?: string;
}

/** How a result counts. */
export interface GradeStanding {
  /** Those of the result, less what hints have cost. */
  readonly points: number;
  readonly hintCost: number;
  /** The version that it was graded with: the pinned one, unless a regrade was applied. */
  readonly version: string;
  /** The regrade that put the result in place of an earlier one. */
  readonly regradeId?: string;
}

/** How far a submission is. */
export interface SubmissionState extends Pick<Submission, 'userId' | 'status'> {
  /** When the status last changed. */
  readonly changedAt: Date;
}

/** A submission in a list: without what the learner sent and without the checks. */
export interface SubmissionSummary extends Omit<Submission, 'content' | 'result' | 'standing'> {
  readonly verdict?: Verdict;
  readonly score?: number;
  readonly points?: number;
}

/** Where a submission stands in an order by time; ids part those of one instant. */
export type SubmissionPosition = Pick<Submission, 'createdAt' | 'id'>;

/** A position as a cursor of the wire: letters, digits, "_" and "-" only. */
export const formatSubmissionPosition = ({ createdAt, id }: SubmissionPosition): string =>
  `${createdAt.getTime()}_${id}`;

/** Undefined when the text is no cursor of ours. */
export function parseSubmissionPosition(cursor: string): SubmissionPosition | undefined {
  const match = /^(\d{1,15})_([A-Za-z0-9-]{1,100})$/.exec(cursor);
  if (match === null) return undefined;
  const [, instant, id = ''] = match;
  return { createdAt: new Date(Number(instant)), id };
}

/** From which status each is reached; graded is the end. A worker may be faster than whoever notes that a job was queued. */
export const statusesBefore: Readonly<Record<SubmissionStatus, readonly SubmissionStatus[]>> = {
  submitted: ['faulted'],
  queued: ['submitted'],
  running: ['submitted', 'queued', 'faulted'],
  graded: ['submitted', 'queued', 'running', 'faulted'],
  faulted: ['submitted', 'queued', 'running'],
};
