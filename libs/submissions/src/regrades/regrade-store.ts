import type {
  GradedAnew,
  LearnerDifference,
  PendingItem,
  Regrade,
  RegradeCounts,
  RegradeDifference,
  RegradeStatus,
} from './regrade.ts';

export type NewRegrade = Pick<Regrade, 'id' | 'exerciseId' | 'fromDigest' | 'toDigest' | 'createdAt'> & {
  readonly userId: string;
};

export interface DifferenceFilter {
  readonly only?: 'changed' | 'improved' | 'worsened' | 'faulted' | 'noVariant';
  /** Id of the submission behind which the page begins. */
  readonly after?: string;
  readonly limit: number;
}

/** Regrades and what they found. */
export interface RegradeStore {
  /** 'open': another one of this exercise is neither applied nor dropped yet. */
  create(regrade: NewRegrade): Promise<Regrade | 'open'>;
  find(id: string): Promise<Regrade | undefined>;
  /** Newest first. */
  list(filter: {
    readonly exerciseId?: string;
    readonly before?: Pick<Regrade, 'createdAt' | 'id'>;
    readonly limit: number;
  }): Promise<readonly Regrade[]>;
  counts(id: string): Promise<RegradeCounts>;
  /** In the order of the submissions' ids. */
  differences(id: string, filter: DifferenceFilter): Promise<readonly RegradeDifference[]>;
  /** Learners whose points change, in the order of their ids. */
  learners(
    id: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly LearnerDifference[]>;
  /** What waits to be graded anew, in the order of the submissions' ids; what is done already is left out. */
  pending(id: string, page: { readonly after?: string; readonly limit: number }): Promise<readonly PendingItem[]>;
  /** What is recorded already stays. */
  record(id: string, items: readonly { readonly item: PendingItem; readonly outcome: GradedAnew }[]): Promise<void>;
  /** False when it was in none of the statuses before, or when a later regrade stands on what it would take back. */
  move(id: string, status: RegradeStatus, before: readonly RegradeStatus[], at: Date): Promise<boolean>;
  /** Whether a later regrade of its exercise is applied, so that this one cannot be taken back. */
  isBuiltUpon(id: string): Promise<boolean>;
  /** Puts the new results of some learners in place, with their progress and standings, in one transaction; how many are left. */
  applySome(id: string): Promise<number>;
  /** The same backwards. */
  undoSome(id: string): Promise<number>;
  /** Those whose work is not done: what a restart goes on with. */
  unfinished(): Promise<readonly Regrade[]>;
}
