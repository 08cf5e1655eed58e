import type { ExerciseVersions } from '../exercise-versions.ts';
import type { ExerciseCatalogue } from '../catalogue.ts';
import type { Clock } from '../ports.ts';
import type { Regrade } from './regrade.ts';
import type { RegradeRunner } from './regrade-runner.ts';
import type { RegradeStore } from './regrade-store.ts';

export interface RegradeOrder {
  readonly userId: string;
  readonly exerciseId: string;
  readonly fromDigest?: string;
  /** Absent: the version that is served now. pinned: each with its own, which should change nothing. */
  readonly to?: string;
}

export type OrderOutcome =
  | { readonly kind: 'ordered'; readonly regrade: Regrade }
  | { readonly kind: 'unknownExercise' }
  | { readonly kind: 'unknownVersion'; readonly digest: string }
  | { readonly kind: 'open' };

export type MoveOutcome = 'moved' | 'unknown' | 'notNow' | 'builtUpon';

export interface RegradesParts {
  readonly store: RegradeStore;
  readonly versions: ExerciseVersions;
  readonly catalogue: ExerciseCatalogue;
  readonly runner: RegradeRunner;
  readonly now: Clock;
  readonly newId: () => string;
}

/** What instructors ask for; the runner does it. */
export class Regrades {
  readonly #parts: RegradesParts;

  constructor(parts: RegradesParts) {
    this.#parts = parts;
  }

  async order({ userId, exerciseId, fromDigest, to }: RegradeOrder): Promise<OrderOutcome> {
    const { store, versions, runner, now, newId } = this.#parts;
    const exercise = await versions.find(exerciseId);
    if (!exercise) return { kind: 'unknownExercise' };
    const toDigest = to === 'pinned' ? undefined : (to ?? exercise.digest);
    for (const digest of [fromDigest, toDigest]) {
      if (digest !== undefined && (await this.#parts.catalogue.version(digest))?.exerciseId !== exerciseId)
        return { kind: 'unknownVersion', digest };
    }
    const regrade = await store.create({
      ...{ id: newId(), exerciseId, userId, createdAt: now() },
      ...(fromDigest !== undefined && { fromDigest }),
      ...(toDigest !== undefined && { toDigest }),
    });
    if (regrade === 'open') return { kind: 'open' };
    runner.wake();
    return { kind: 'ordered', regrade };
  }

  apply(id: string): Promise<MoveOutcome> {
    return this.#move(id, 'applying', ['preview']);
  }

  drop(id: string): Promise<MoveOutcome> {
    return this.#move(id, 'dropped', ['grading', 'preview']);
  }

  /** The last one that was applied to its exercise: those before it are what it stands on. */
  async undo(id: string): Promise<MoveOutcome> {
    if (await this.#parts.store.isBuiltUpon(id)) return 'builtUpon';
    return this.#move(id, 'undoing', ['applied']);
  }

  async #move(id: string, status: Regrade['status'], before: readonly Regrade['status'][]): Promise<MoveOutcome> {
    const { store, runner, now } = this.#parts;
    if (!(await store.find(id))) return 'unknown';
    if (!(await store.move(id, status, before, now()))) return 'notNow';
    runner.wake();
    return 'moved';
  }
}
