import type { JobOutcome } from './job.ts';
import type { Clock, GradingListener, SubmissionStore, TroubleReport } from './ports.ts';
import type { SubmissionEvents } from './submission-events.ts';
import type { SubmissionStatus } from './submission.ts';

export interface GradingRecorderParts {
  readonly store: SubmissionStore;
  readonly events: SubmissionEvents;
  readonly now: Clock;
  readonly reportTrouble: TroubleReport;
}

/** Hears from the queue and records. The queue may tell things twice; what is told again changes nothing. */
export class GradingRecorder implements GradingListener {
  readonly #parts: GradingRecorderParts;

  constructor(parts: GradingRecorderParts) {
    this.#parts = parts;
  }

  async started(id: string): Promise<void> {
    const at = this.#parts.now();
    if (await this.#parts.store.markStatus(id, 'running', at)) this.#publish(id, 'running', at);
  }

  async finished(id: string, outcome: JobOutcome): Promise<void> {
    const { store, now, reportTrouble } = this.#parts;
    const at = now();
    switch (outcome.kind) {
      case 'graded': {
        const recorded = await store.recordResult(id, outcome.result, at);
        if (recorded === 'recorded') this.#publish(id, 'graded', at);
        if (recorded === 'unknown') reportTrouble(`a result came for submission ${id}, which is not stored`, undefined);
        return;
      }
      case 'fault':
        if (await store.recordFault(id, outcome.message, at)) this.#publish(id, 'faulted', at);
        reportTrouble(`submission ${id} could not be graded`, outcome.message);
        return;
      case 'regraded':
        throw new Error(`${id} is no submission's job`);
    }
  }

  #publish(id: string, status: SubmissionStatus, at: Date): void {
    this.#parts.events.publish({ id, status, at });
  }
}
