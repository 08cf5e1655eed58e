import { setTimeout as delay } from 'node:timers/promises';
import type { Job, JobOutcome } from './job.ts';
import type { GradingListener, GradingQueue } from './ports.ts';

export interface AwaitedJobsTiming {
  /** Milliseconds after which a job counts as lost and is asked for again. */
  readonly lostAfter: number;
  /** Milliseconds before the next try when the queue cannot be reached or is full. */
  readonly pause: number;
}

export const awaitedJobsTiming: AwaitedJobsTiming = { lostAfter: 120_000, pause: 1_000 };

/** Jobs whose end somebody in this process waits for. An end that nobody waits for any more is let go. */
export class AwaitedJobs implements GradingListener {
  readonly #queue: GradingQueue;
  readonly #timing: AwaitedJobsTiming;
  readonly #waiting = new Map<string, (outcome: JobOutcome) => void>();
  readonly #stop = new AbortController();

  constructor(queue: GradingQueue, timing: AwaitedJobsTiming = awaitedJobsTiming) {
    this.#queue = queue;
    this.#timing = timing;
  }

  /** Resolves with the end of the job, however long it takes; undefined once stopped. */
  async run(job: Job): Promise<JobOutcome | undefined> {
    const ended = new Promise<JobOutcome>((resolve) => this.#waiting.set(job.id, resolve));
    try {
      while (!this.#stop.signal.aborted) {
        const isQueued = await this.#queue.enqueue(job).then(
          () => true,
          () => false,
        );
        const outcome = await Promise.race([
          ended,
          this.#sleep(isQueued ? this.#timing.lostAfter : this.#timing.pause),
        ]);
        if (outcome !== undefined) return outcome;
      }
      return undefined;
    } finally {
      this.#waiting.delete(job.id);
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  started(): Promise<void> {
    return Promise.resolve();
  }

  finished(id: string, outcome: JobOutcome): Promise<void> {
    this.#waiting.get(id)?.(outcome);
    return Promise.resolve();
  }

  #sleep(milliseconds: number): Promise<undefined> {
    return delay(milliseconds, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined);
  }
}
