import type { Duration, Instant } from '../../engine/time.ts';
import type { Execution } from './execution.ts';

interface Job {
  readonly execution: Execution;
  due: Instant;
  isRunning: boolean;
}

/** Jobs of a shell that run beside it, each step when its time has come. `pass` lets time pass until then. */
export class BackgroundJobs {
  private readonly jobs = new Set<Job>();
  private readonly pass: (instant: Instant) => void;

  constructor(pass: (instant: Instant) => void) {
    this.pass = pass;
  }

  /** Begins one: what it does before it has to wait is done at once. */
  start(execution: Execution, now: Instant): void {
    const job = { execution, due: now, isRunning: false };
    this.jobs.add(job);
    this.step(job);
  }

  /** Lets time pass, and everything happen in it. */
  passUntil(instant: Instant): void {
    for (let job = this.next(instant); job; job = this.next(instant)) {
      this.pass(job.due);
      this.step(job);
    }
    this.pass(instant);
  }

  /** Lets all of them run to their end. */
  finish(): void {
    for (let job = this.next(Infinity); job; job = this.next(Infinity)) {
      this.pass(job.due);
      this.step(job);
    }
  }

  private next(limit: Instant): Job | undefined {
    const waiting = [...this.jobs].filter(({ due, isRunning }) => !isRunning && due <= limit);
    return waiting.reduce<Job | undefined>((first, job) => (first && first.due <= job.due ? first : job), undefined);
  }

  private step(job: Job): void {
    job.isRunning = true;
    const { done, value } = job.execution.next();
    job.isRunning = false;
    if (done) this.jobs.delete(job);
    else job.due += value satisfies Duration;
  }
}
