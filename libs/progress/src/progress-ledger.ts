import {
  advance,
  type Advance,
  type GradedSubmission,
  type PointGain,
  type VariantProgress,
} from './variant-progress.ts';

/** Folds graded submissions into progress and gains, from nothing or from what is known of their variants. */
export class ProgressLedger {
  readonly #progress = new Map<string, VariantProgress>();
  readonly #gains: PointGain[] = [];

  constructor(known: Iterable<VariantProgress> = []) {
    for (const entry of known) this.#progress.set(keyOf(entry), entry);
  }

  /** Returns what became of it. Submissions of one learner and variant are to be recorded in the order of their instants. */
  record(graded: GradedSubmission): Advance {
    const step = advance(this.#progress.get(keyOf(graded)), graded);
    this.#progress.set(keyOf(graded), step.progress);
    if (step.gain !== undefined) this.#gains.push(step.gain);
    return step;
  }

  get progress(): readonly VariantProgress[] {
    return [...this.#progress.values()];
  }

  get gains(): readonly PointGain[] {
    return this.#gains;
  }
}

const keyOf = ({ userId, exerciseId, variant }: Pick<VariantProgress, 'userId' | 'exerciseId' | 'variant'>): string =>
  `${userId} ${exerciseId} ${variant}`;
