import type { GradingWorker, Job as PlatformJob, JobOutcome } from '@kubedrill/submissions';
import { Queue, Worker } from 'bullmq';
import type { Job } from 'bullmq';
import { DEFAULT_PREFIX, JOBS_QUEUE, OUTCOME_NAME, OUTCOMES_QUEUE } from './bull-names.ts';
import type { BullOptions, JobMessage, OutcomeMessage, TransportFaultListener } from './bull-names.ts';
import type { Redis } from 'ioredis';
import { byDeadline } from './deadline.ts';
import { DISCONNECT_MILLISECONDS, patientConnection } from './redis-connection.ts';
import { DEFAULT_RETRY_POLICY, faultText, retryDelay } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';

export interface BullWorkerOptions extends BullOptions {
  /** Jobs at the same time. */
  readonly concurrency: number;
  readonly retry?: Partial<RetryPolicy>;
  /** A worker that says nothing for so long has lost its jobs, and others get them; default 10,000. */
  readonly lockMilliseconds?: number;
  /** How long `close` waits for running jobs before it leaves them to others; default 10,000. */
  readonly closeMilliseconds?: number;
  readonly onTransportFault?: TransportFaultListener;
}

/** Taken up so often without an end, a job ends as a fault instead of taking yet another worker down. */
const MAX_TAKEN_UP = 20;

const ANSWER_MILLISECONDS = 2_000;

/** A worker's end of the queue in Redis. */
export class BullGradingWorker implements GradingWorker {
  readonly #options: BullWorkerOptions;
  readonly #retry: RetryPolicy;
  readonly #prefix: string;
  readonly #onFault: TransportFaultListener;
  readonly #jobs = new Set<Promise<void>>();
  #running: { readonly connection: Redis; readonly outcomes: Queue; readonly worker: Worker } | undefined;

  constructor(options: BullWorkerOptions) {
    this.#options = options;
    this.#retry = { ...DEFAULT_RETRY_POLICY, ...options.retry };
    this.#prefix = options.prefix ?? DEFAULT_PREFIX;
    this.#onFault = options.onTransportFault ?? (() => undefined);
  }

  async start(handler: (job: PlatformJob) => Promise<JobOutcome>): Promise<void> {
    if (this.#running !== undefined) throw new Error('the worker runs already');
    const connection = patientConnection(this.#options.redisUrl);
    const outcomes = new Queue(OUTCOMES_QUEUE, { connection, prefix: this.#prefix });
    const lockDuration = this.#options.lockMilliseconds ?? 10_000;
    const process = (job: Job<JobMessage>): Promise<void> => this.#track(this.#process(job, handler, outcomes));
    const worker = new Worker<JobMessage>(JOBS_QUEUE, process, {
      connection,
      prefix: this.#prefix,
      concurrency: this.#options.concurrency,
      lockDuration,
      stalledInterval: lockDuration,
      // BullMQ would drop a job that stalled too often without a word; #process ends it with one.
      maxStalledCount: 10 * MAX_TAKEN_UP,
      settings: { backoffStrategy: (attemptsMade) => retryDelay(this.#retry, attemptsMade) },
    });
    outcomes.on('error', this.#onFault);
    worker.on('error', this.#onFault);
    this.#running = { connection, outcomes, worker };
    await worker.waitUntilReady();
  }

  /** Whether it runs and Redis answers. */
  async isReady(): Promise<boolean> {
    const connection = this.#running?.connection;
    if (connection?.status !== 'ready') return false;
    const answer = await byDeadline(ANSWER_MILLISECONDS, connection.ping());
    return !answer.late && answer.value === 'PONG';
  }

  /** The job leaves its queue only after its outcome is in the other one: a crash in between runs it again. */
  async #process(
    job: Job<JobMessage>,
    handler: (job: PlatformJob) => Promise<JobOutcome>,
    outcomes: Queue,
  ): Promise<void> {
    let outcome: JobOutcome;
    try {
      if (job.attemptsStarted > MAX_TAKEN_UP) throw new Error(`taken up ${MAX_TAKEN_UP} times without an end`);
      outcome = await handler(job.data);
    } catch (error) {
      const last = job.attemptsMade + 1 >= this.#retry.jobAttempts || job.attemptsStarted > MAX_TAKEN_UP;
      if (!last) throw error;
      outcome = { kind: 'fault', message: faultText(error) };
    }
    const message: OutcomeMessage = { id: job.data.id, outcome };
    await outcomes.add(OUTCOME_NAME, message, {
      jobId: job.data.id,
      attempts: this.#retry.deliveryAttempts,
      backoff: { type: 'custom' },
      removeOnComplete: true,
      removeOnFail: true,
    });
  }

  async #track(job: Promise<void>): Promise<void> {
    this.#jobs.add(job);
    try {
      await job;
    } finally {
      this.#jobs.delete(job);
    }
  }

  /** Takes up nothing more; jobs that do not end in time are left to other workers, which get them when the lock is over. */
  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) return;
    await running.worker.pause(true);
    await byDeadline(this.#options.closeMilliseconds ?? 10_000, Promise.allSettled(this.#jobs));
    await byDeadline(DISCONNECT_MILLISECONDS, running.worker.close(this.#jobs.size > 0));
    await byDeadline(DISCONNECT_MILLISECONDS, running.outcomes.close());
    running.connection.disconnect();
  }
}
