import type { ExerciseCatalogue, InstanceStore } from './catalogue.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Clock, SubmissionStore } from './ports.ts';
import { contentProblems } from './submission-content.ts';
import type { Submission, SubmissionContent } from './submission.ts';

export interface SubmissionRequest {
  readonly userId: string;
  readonly exerciseId: string;
  readonly variant: string;
  readonly content: SubmissionContent;
  readonly idempotencyKey?: string;
}

export type SubmitOutcome =
  /** existing: the idempotency key has made it before. */
  | { readonly kind: 'accepted' | 'existing'; readonly submission: Submission }
  | { readonly kind: 'unknownExercise' | 'unknownVariant' }
  | { readonly kind: 'invalidContent'; readonly problems: readonly string[] }
  /** The idempotency key has made another submission before. */
  | { readonly kind: 'keyReused' };

export interface SubmissionServiceParts {
  readonly store: SubmissionStore;
  readonly instances: InstanceStore;
  readonly catalogue: ExerciseCatalogue;
  readonly dispatcher: Dispatcher;
  readonly now: Clock;
  /** Unique, for new submissions. */
  readonly newId: () => string;
  /** 32 bits, for new instances. */
  readonly newSeed: () => number;
}

/** Takes submissions in: stored first, queued then. */
export class SubmissionService {
  readonly #parts: SubmissionServiceParts;

  constructor(parts: SubmissionServiceParts) {
    this.#parts = parts;
  }

  async submit(request: SubmissionRequest): Promise<SubmitOutcome> {
    const { store, catalogue, dispatcher, now, newId } = this.#parts;
    const { userId, exerciseId, variant, content, idempotencyKey } = request;
    const exercise = await catalogue.exercise(exerciseId);
    if (exercise === undefined) return { kind: 'unknownExercise' };
    if (!exercise.variants.some(({ id }) => id === variant)) return { kind: 'unknownVariant' };
    const problems = isAccepted(exercise.accepts, content.kind)
      ? contentProblems(content)
      : [`this exercise takes ${exercise.accepts}, not ${content.kind}`];
    if (problems.length > 0) return { kind: 'invalidContent', problems };

    const outcome = await store.create({
      id: newId(),
      userId,
      exerciseId,
      exerciseDigest: exercise.digest,
      variant,
      seed: await this.seedOf(userId, exerciseId, variant),
      content,
      createdAt: now(),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
    if (outcome.kind === 'conflict') return { kind: 'keyReused' };
    const { submission } = outcome;
    if (outcome.kind === 'existing') return { kind: 'existing', submission };
    const queued = await dispatcher.dispatch(submission);
    return { kind: 'accepted', submission: queued ? { ...submission, status: 'queued' } : submission };
  }

  /** The seed of a learner's instance, drawn when it is first asked for. */
  seedOf(userId: string, exerciseId: string, variant: string): Promise<number> {
    const { instances, now, newSeed } = this.#parts;
    return instances.assignSeed({ userId, exerciseId, variant, proposed: newSeed(), at: now() });
  }
}

function isAccepted(accepts: SubmissionContent['kind'], kind: SubmissionContent['kind']): boolean {
  return kind === accepts || (kind === 'sandbox' && accepts !== 'answers');
}
