import type { GradingJob } from '../grading-job.ts';
import type { Job, JobOutcome } from '../job.ts';
import type { GradingListener, GradingQueue } from '../ports.ts';

/** A queue whose jobs a test takes up and finishes by hand, and which can be down. */
export class MemoryGradingQueue implements GradingQueue {
  readonly #jobs = new Map<string, Job>();
  #listener: GradingListener | undefined;
  /** While true nothing can be enqueued. */
  down = false;

  enqueue(job: Job): Promise<void> {
    if (this.down) return Promise.reject(new Error('the queue is down'));
    if (!this.#jobs.has(job.id)) this.#jobs.set(job.id, job);
    return Promise.resolve();
  }

  listen(listener: GradingListener): Promise<void> {
    this.#listener = listener;
    return Promise.resolve();
  }

  depth(): Promise<number> {
    return Promise.resolve(this.#jobs.size);
  }

  isReady(): Promise<boolean> {
    return Promise.resolve(!this.down);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Waiting jobs, oldest first. */
  get jobs(): readonly GradingJob[] {
    return [...this.#jobs.values()].filter((job) => job.kind === 'grading');
  }

  /** Loses all jobs, as a process that is killed does. */
  lose(): void {
    this.#jobs.clear();
  }

  /** Takes up the oldest job and ends it; its id, or undefined when nothing waits. */
  async work(grade: (job: Job) => JobOutcome): Promise<string | undefined> {
    const [job] = this.#jobs.values();
    if (job === undefined) return undefined;
    await this.#listener?.started(job.id);
    await this.#listener?.finished(job.id, grade(job));
    this.#jobs.delete(job.id);
    return job.id;
  }
}
