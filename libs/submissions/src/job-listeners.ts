import type { JobOutcome } from './job.ts';
import type { GradingListener } from './ports.ts';

/** Tells each job's end to whom it concerns: by the first word of its id, else it is a submission's. */
export class JobListeners implements GradingListener {
  readonly #submissions: GradingListener;
  readonly #others: ReadonlyMap<string, GradingListener>;

  constructor(submissions: GradingListener, others: Readonly<Record<string, GradingListener>>) {
    this.#submissions = submissions;
    this.#others = new Map(Object.entries(others));
  }

  started(id: string): Promise<void> {
    return this.#of(id).started(id);
  }

  finished(id: string, outcome: JobOutcome): Promise<void> {
    return this.#of(id).finished(id, outcome);
  }

  #of(id: string): GradingListener {
    return this.#others.get(id.slice(0, id.indexOf('-'))) ?? this.#submissions;
  }
}
