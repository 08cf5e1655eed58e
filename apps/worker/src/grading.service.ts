import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { BullGradingWorker } from '@kubedrill/queue';
import { handleJob } from '@kubedrill/submissions';
import type { Job, JobOutcome, Sandbox } from '@kubedrill/submissions';

export const SANDBOX = Symbol('Sandbox');

/** Takes jobs from the queue for as long as the process lives. */
@Injectable()
export class GradingService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger('grading');
  readonly #worker: BullGradingWorker;
  readonly #sandbox: Sandbox;

  constructor(worker: BullGradingWorker, @Inject(SANDBOX) sandbox: Sandbox) {
    this.#worker = worker;
    this.#sandbox = sandbox;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#worker.start((job) => this.#grade(job));
    this.#logger.log('takes jobs');
  }

  /** Running jobs end, or go back to the queue; then their processes end. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#worker.close();
    await this.#sandbox.close();
  }

  isReady(): Promise<boolean> {
    return this.#worker.isReady();
  }

  async #grade(job: Job): Promise<JobOutcome> {
    const started = performance.now();
    try {
      const outcome = await handleJob(this.#sandbox, job);
      const verdict = outcome.kind === 'graded' ? outcome.result.verdict : outcome.kind;
      this.#logger.debug(`${job.kind} ${job.id}: ${verdict} in ${(performance.now() - started).toFixed(1)} ms`);
      return outcome;
    } catch (error) {
      this.#logger.warn(`${job.kind} ${job.id} failed: ${String(error)}`);
      throw error;
    }
  }
}
