import type { Job, GradingListener, JobOutcome, GradingQueue, GradingWorker } from '@kubedrill/submissions';
import { DEFAULT_RETRY_POLICY, faultText, retryDelay } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';

export interface EmbeddedQueueOptions {
  /** Jobs at the same time. */
  readonly concurrency: number;
  readonly retry?: Partial<RetryPolicy>;
  /** Jobs waiting and running at most; `enqueue` rejects beyond. Default 10,000. */
  readonly capacity?: number;
}

type Handler = (job: Job) => Promise<JobOutcome>;

/**
 * Queue and worker in one process, nothing stored: the submission's row is durable, and a restart enqueues what is
 * unfinished. Ends once closed: waiting jobs stay with their rows.
 */
export class EmbeddedGradingQueue implements GradingQueue, GradingWorker {
  readonly #concurrency: number;
  readonly #capacity: number;
  readonly #retry: RetryPolicy;
  /** Jobs that may start, in the order they came. */
  readonly #waiting: { readonly job: Job; readonly attempt: number }[] = [];
  /** Ids that wait, run, or wait for another try. */
  readonly #known = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  readonly #delivering = new Set<Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #undelivered: { readonly id: string; readonly outcome: JobOutcome }[] = [];
  #handler: Handler | undefined;
  #listener: GradingListener | undefined;
  #closed = false;

  constructor(options: EmbeddedQueueOptions) {
    this.#concurrency = options.concurrency;
    this.#capacity = options.capacity ?? 10_000;
    this.#retry = { ...DEFAULT_RETRY_POLICY, ...options.retry };
  }

  enqueue(job: Job): Promise<void> {
    return promised(() => this.#admit(job));
  }

  listen(listener: GradingListener): Promise<void> {
    return promised(() => {
      if (this.#listener !== undefined) throw new Error('the queue has its listener already');
      this.#listener = listener;
      const undelivered = this.#undelivered;
      this.#undelivered = [];
      for (const { id, outcome } of undelivered) this.#deliver(id, outcome, 1);
    });
  }

  start(handler: Handler): Promise<void> {
    return promised(() => {
      if (this.#handler !== undefined) throw new Error('the worker runs already');
      this.#handler = handler;
      this.#takeUp();
    });
  }

  depth(): Promise<number> {
    return Promise.resolve(this.#known.size);
  }

  isReady(): Promise<boolean> {
    return Promise.resolve(!this.#closed);
  }

  #admit(job: Job): void {
    if (this.#closed) throw new Error('the queue is closed');
    if (this.#known.has(job.id)) return;
    if (this.#known.size >= this.#capacity) throw new Error(`the queue is full: ${this.#capacity} jobs`);
    this.#known.add(job.id);
    this.#waiting.push({ job, attempt: 1 });
    this.#takeUp();
  }

  /** Takes up nothing more, and waits for what runs and for the listener. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    while (this.#running.size + this.#delivering.size > 0) {
      await Promise.allSettled([...this.#running, ...this.#delivering]);
    }
  }

  #takeUp(): void {
    const handler = this.#handler;
    if (handler === undefined) return;
    while (!this.#closed && this.#running.size < this.#concurrency) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      const running = this.#run(next.job, handler, next.attempt).finally(() => {
        this.#running.delete(running);
        this.#takeUp();
      });
      this.#running.add(running);
    }
  }

  async #run(job: Job, handler: Handler, attempt: number): Promise<void> {
    // What the display shows; the outcome does not hang on it.
    this.#listener?.started(job.id).catch(() => undefined);
    try {
      this.#end(job.id, await handler(job));
    } catch (error) {
      if (attempt >= this.#retry.jobAttempts) {
        this.#end(job.id, { kind: 'fault', message: faultText(error) });
      } else {
        this.#later(attempt, () => {
          this.#waiting.push({ job, attempt: attempt + 1 });
          this.#takeUp();
        });
      }
    }
  }

  #end(id: string, outcome: JobOutcome): void {
    this.#known.delete(id);
    this.#deliver(id, outcome, 1);
  }

  #deliver(id: string, outcome: JobOutcome, attempt: number): void {
    const listener = this.#listener;
    if (listener === undefined) {
      this.#undelivered.push({ id, outcome });
      return;
    }
    const delivering = listener
      .finished(id, outcome)
      .catch(() => {
        if (attempt >= this.#retry.deliveryAttempts) return;
        this.#later(attempt, () => this.#deliver(id, outcome, attempt + 1));
      })
      .finally(() => this.#delivering.delete(delivering));
    this.#delivering.add(delivering);
  }

  #later(attempt: number, act: () => void): void {
    if (this.#closed) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        act();
      },
      retryDelay(this.#retry, attempt),
    );
    this.#timers.add(timer);
  }
}

/** What throws becomes a rejection. */
function promised<T>(act: () => T): Promise<T> {
  return new Promise((resolve) => resolve(act()));
}
