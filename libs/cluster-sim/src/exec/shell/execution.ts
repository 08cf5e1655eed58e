import type { Duration } from '../../engine/time.ts';

/** A script at work: each value is how long it takes before it goes on. */
export type Execution = Generator<Duration, void>;

/** Lets it run to its end at once, whatever time that would take. */
export function finish<Result>(execution: Generator<Duration, Result>): Result {
  for (;;) {
    const step = execution.next();
    if (step.done) return step.value;
  }
}
