import type { Clock, Instant } from './time.ts';

/** The cluster's clock: it stands still until the engine moves it. */
export class VirtualClock implements Clock {
  private instant: Instant;

  constructor(start: Instant) {
    this.instant = start;
  }

  now(): Instant {
    return this.instant;
  }

  moveTo(instant: Instant): void {
    if (instant < this.instant) throw new Error('the clock does not run backwards');
    this.instant = instant;
  }

  fork(): VirtualClock {
    return new VirtualClock(this.instant);
  }
}
