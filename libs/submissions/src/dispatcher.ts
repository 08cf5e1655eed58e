import type { ExerciseCatalogue } from './catalogue.ts';
import type { Clock, GradingQueue, SubmissionStore, TroubleReport } from './ports.ts';
import type { SubmissionEvents } from './submission-events.ts';
import type { Submission } from './submission.ts';

export interface DispatcherParts {
  readonly store: SubmissionStore;
  readonly queue: GradingQueue;
  readonly catalogue: ExerciseCatalogue;
  readonly events: SubmissionEvents;
  readonly now: Clock;
  readonly reportTrouble: TroubleReport;
}

/** Brings stored submissions to the queue. */
export class Dispatcher {
  readonly #parts: DispatcherParts;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** False when the queue cannot be reached: the submission stays as it is, and recovery brings it later. */
  async dispatch(submission: Submission): Promise<boolean> {
    const { store, queue, catalogue, events, now, reportTrouble } = this.#parts;
    const { id, exerciseDigest, variant, seed, content } = submission;
    const version = await catalogue.version(exerciseDigest);
    if (version === undefined)
      throw new Error(`submission ${id} is pinned to version ${exerciseDigest}, which is not stored`);
    try {
      await queue.enqueue({ kind: 'grading', id, exerciseDigest, exercise: version.content, variant, seed, content });
    } catch (error) {
      reportTrouble(`submission ${id} could not be queued`, error);
      return false;
    }
    const at = now();
    if (await store.markStatus(id, 'queued', at)) events.publish({ id, status: 'queued', at });
    return true;
  }
}
