import type { Job, GradingListener, GradingQueue } from '@kubedrill/submissions';
import { Queue, QueueEvents, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { DEFAULT_PREFIX, JOB_NAME, JOBS_QUEUE, OUTCOMES_QUEUE } from './bull-names.ts';
import type { BullOptions, OutcomeMessage, TransportFaultListener } from './bull-names.ts';
import { byDeadline } from './deadline.ts';
import { DISCONNECT_MILLISECONDS, patientConnection, promptConnection } from './redis-connection.ts';
import { DEFAULT_RETRY_POLICY, retryDelay } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';

export interface BullQueueOptions extends BullOptions {
  readonly retry?: Partial<RetryPolicy>;
  /** How long `enqueue` and its kin wait for Redis before they reject; default 2,000. */
  readonly answerMilliseconds?: number;
  readonly onTransportFault?: TransportFaultListener;
}

/** Outcomes recorded at the same time by one listener. */
const LISTENER_CONCURRENCY = 8;

interface Listening {
  readonly connection: Redis;
  readonly outcomes: Worker;
  readonly eventsConnection: Redis;
  readonly events: QueueEvents;
}

/** The platform's end of the queue in Redis; workers hold a BullGradingWorker. */
export class BullGradingQueue implements GradingQueue {
  readonly #options: BullQueueOptions;
  readonly #retry: RetryPolicy;
  readonly #prefix: string;
  readonly #connection: Redis;
  readonly #jobs: Queue;
  readonly #onFault: TransportFaultListener;
  #listening: Listening | undefined;

  constructor(options: BullQueueOptions) {
    this.#options = options;
    this.#retry = { ...DEFAULT_RETRY_POLICY, ...options.retry };
    this.#prefix = options.prefix ?? DEFAULT_PREFIX;
    this.#onFault = options.onTransportFault ?? (() => undefined);
    this.#connection = promptConnection(options.redisUrl);
    this.#jobs = new Queue(JOBS_QUEUE, { connection: this.#connection, prefix: this.#prefix, skipVersionCheck: true });
    this.#jobs.on('error', this.#onFault);
  }

  async enqueue(job: Job): Promise<void> {
    await this.#answer(() =>
      this.#jobs.add(JOB_NAME, job, {
        jobId: job.id,
        attempts: this.#retry.jobAttempts,
        backoff: { type: 'custom' },
        // Nothing is kept: the submission's row says what became of it, and the id is free for another try.
        removeOnComplete: true,
        removeOnFail: true,
      }),
    );
  }

  /**
   * Outcomes are jobs of a queue of their own: taken off it only when the listener has resolved. That a worker took a job up
   * is told by events, which may get lost while Redis is away: it matters to the display only.
   */
  async listen(listener: GradingListener): Promise<void> {
    if (this.#listening !== undefined) throw new Error('the queue has its listener already');
    const connection = patientConnection(this.#options.redisUrl);
    const outcomes = new Worker<OutcomeMessage>(
      OUTCOMES_QUEUE,
      async ({ data }) => listener.finished(data.id, data.outcome),
      {
        connection,
        prefix: this.#prefix,
        concurrency: LISTENER_CONCURRENCY,
        settings: { backoffStrategy: (attemptsMade) => retryDelay(this.#retry, attemptsMade) },
      },
    );
    outcomes.on('error', this.#onFault);
    const eventsConnection = patientConnection(this.#options.redisUrl);
    const events = new QueueEvents(JOBS_QUEUE, { connection: eventsConnection, prefix: this.#prefix });
    events.on('error', this.#onFault);
    events.on('active', ({ jobId }) => {
      listener.started(jobId).catch(this.#onFault);
    });
    this.#listening = { connection, outcomes, eventsConnection, events };
    await Promise.all([outcomes.waitUntilReady(), events.waitUntilReady()]);
  }

  async depth(): Promise<number> {
    const counts = await this.#answer(() => this.#jobs.getJobCounts('wait', 'active', 'delayed'));
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  }

  async isReady(): Promise<boolean> {
    try {
      return (await this.#answer(() => this.#connection.ping())) === 'PONG';
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    const listening = this.#listening;
    this.#listening = undefined;
    if (listening !== undefined) {
      await byDeadline(DISCONNECT_MILLISECONDS, Promise.all([listening.outcomes.close(), listening.events.close()]));
      listening.connection.disconnect();
      listening.eventsConnection.disconnect();
    }
    await byDeadline(DISCONNECT_MILLISECONDS, this.#jobs.close());
    this.#connection.disconnect();
  }

  /** Rejects promptly when Redis is away: BullMQ itself would wait for it. */
  async #answer<T>(ask: () => Promise<T>): Promise<T> {
    const milliseconds = this.#options.answerMilliseconds ?? 2_000;
    const answer = await byDeadline(milliseconds, connected(this.#connection).then(ask));
    if (answer.late) throw new Error(`the queue did not answer within ${milliseconds} ms`);
    return answer.value;
  }
}

/** Waits for a connection that is being made; rejects for one that is lost. */
async function connected(redis: Redis): Promise<void> {
  if (redis.status === 'ready') return;
  if (redis.status === 'reconnecting' || redis.status === 'end') throw new Error('the queue cannot be reached');
  await new Promise<void>((resolve, reject) => {
    const settle = (): void => {
      redis.off('ready', settle);
      redis.off('close', settle);
      if (redis.status === 'ready') resolve();
      else reject(new Error('the queue cannot be reached'));
    };
    redis.on('ready', settle);
    redis.on('close', settle);
  });
}
