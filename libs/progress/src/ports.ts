import type { Board, Standing, StandingPosition } from './standing.ts';
import type { VariantProgress } from './variant-progress.ts';

/** Progress as it follows from the recorded results; written together with them, read here. */
export interface ProgressReader {
  /** All variants in which the learner has a graded submission, in the order of exercise and variant. */
  ofUser(userId: string): Promise<readonly VariantProgress[]>;
}

export interface RankedStanding extends Standing {
  /** From 1. */
  readonly rank: number;
  readonly userName: string;
}

export interface LeaderboardPage {
  readonly items: readonly RankedStanding[];
  /** Where the next page begins; absent on the last. */
  readonly next?: StandingPosition;
}

export interface Leaderboards {
  /** At most `limit` standings, the first of them behind `after`. */
  page(board: Board, range: { readonly after?: StandingPosition; readonly limit: number }): Promise<LeaderboardPage>;
  /** The learner's own standing, wherever it is; undefined without a gain on this board. */
  own(board: Board, userId: string): Promise<RankedStanding | undefined>;
}

/** Writes progress, ledger and standings anew from the recorded results. */
export interface ProgressRebuild {
  rebuild(): Promise<{ readonly submissions: number }>;
}
