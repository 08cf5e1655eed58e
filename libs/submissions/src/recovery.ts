import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from './dispatcher.ts';
import type { Clock, SubmissionStore, TroubleReport, UnfinishedFilter, UnfinishedStatus } from './ports.ts';
import type { SubmissionEvents } from './submission-events.ts';
import type { SubmissionPosition } from './submission.ts';

export interface RecoveryParts {
  readonly store: SubmissionStore;
  readonly dispatcher: Dispatcher;
  readonly events: SubmissionEvents;
  readonly now: Clock;
  readonly reportTrouble: TroubleReport;
}

export interface RecoveryTiming {
  /** Milliseconds between two passes while all is well. */
  readonly interval: number;
  /** The longest pause between two passes while the queue cannot be reached; the pause doubles up to it. */
  readonly longestInterval: number;
  /** Milliseconds after which a job that was queued or taken up counts as lost on the way. */
  readonly lostAfter: number;
}

export const recoveryTiming: RecoveryTiming = { interval: 2_000, longestInterval: 60_000, lostAfter: 120_000 };

export interface RecoveryPass {
  readonly queued: number;
  /** False when the queue could not be reached: the rest waits for the next pass. */
  readonly complete: boolean;
}

const pageSize = 100;

/** Brings back into the queue what was stored and never graded. */
export class Recovery {
  readonly #parts: RecoveryParts;
  readonly #timing: RecoveryTiming;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(parts: RecoveryParts, timing: RecoveryTiming = recoveryTiming) {
    this.#parts = parts;
    this.#timing = timing;
  }

  /** After a restart: everything unfinished at once, then pass after pass until stopped. */
  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Everything that is not graded, what the platform failed at before included. */
  recoverAll(): Promise<RecoveryPass> {
    return this.#pass([{ statuses: ['submitted', 'queued', 'running', 'faulted'] }]);
  }

  /** What should have moved on by itself since. Faulted submissions wait for a hand or a restart. */
  recoverOverdue(): Promise<RecoveryPass> {
    const before = (milliseconds: number): Date => new Date(this.#parts.now().getTime() - milliseconds);
    return this.#pass([
      { statuses: ['submitted'], unchangedSince: before(this.#timing.interval) },
      { statuses: ['queued', 'running'], unchangedSince: before(this.#timing.lostAfter) },
    ]);
  }

  /** By hand. 'unavailable': the queue cannot be reached; the submission is queued as soon as it can. */
  async retry(id: string): Promise<'queued' | 'unavailable' | 'alreadyGraded' | 'unknown'> {
    const submission = await this.#parts.store.find(id);
    if (submission === undefined) return 'unknown';
    if (submission.status === 'graded') return 'alreadyGraded';
    return (await this.#requeue(id, submission.status)) ? 'queued' : 'unavailable';
  }

  async #run(): Promise<void> {
    const { interval, longestInterval } = this.#timing;
    let pause = interval;
    let pass = () => this.recoverAll();
    while (!this.#stop.signal.aborted) {
      const complete = await this.#attempt(pass);
      if (complete) pass = () => this.recoverOverdue();
      pause = complete ? interval : Math.min(pause * 2, longestInterval);
      await this.#sleep(pause);
    }
  }

  async #attempt(pass: () => Promise<RecoveryPass>): Promise<boolean> {
    try {
      return (await pass()).complete;
    } catch (error) {
      this.#parts.reportTrouble('recovery failed; it is tried again', error);
      return false;
    }
  }

  async #sleep(milliseconds: number): Promise<void> {
    try {
      await delay(milliseconds, undefined, { signal: this.#stop.signal, ref: false });
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error;
    }
  }

  async #pass(filters: readonly Omit<UnfinishedFilter, 'after' | 'limit'>[]): Promise<RecoveryPass> {
    let queued = 0;
    for (const filter of filters) {
      let after: SubmissionPosition | undefined;
      do {
        const page = await this.#parts.store.unfinished({ ...filter, ...(after && { after }), limit: pageSize });
        for (const { id, status } of page.items) {
          if (status === 'graded') continue;
          if (this.#stop.signal.aborted || !(await this.#requeue(id, status))) return { queued, complete: false };
          queued++;
        }
        after = page.next;
      } while (after !== undefined);
    }
    return { queued, complete: true };
  }

  /** The queue ignores what it has already, and the store ignores a second result: so asking once too often does no harm. */
  async #requeue(id: string, status: UnfinishedStatus): Promise<boolean> {
    const { store, dispatcher, events, now } = this.#parts;
    const at = now();
    if (status === 'faulted' && (await store.markStatus(id, 'submitted', at))) {
      events.publish({ id, status: 'submitted', at });
    }
    const submission = await store.find(id);
    return submission === undefined || submission.status === 'graded' || (await dispatcher.dispatch(submission));
  }
}
