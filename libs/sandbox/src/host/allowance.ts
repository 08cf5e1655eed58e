/** How much of its host's time one sandbox may use, in milliseconds of work. */
export interface AllowanceBounds {
  /** Earned in each second. */
  readonly perSecond: number;
  /** Saved up at most. */
  readonly most: number;
}

export const hostShare: AllowanceBounds = { perSecond: 250, most: 3_000 };

/** An account that fills with time and that may be overdrawn once: work is paid for when it is done. */
export class Allowance {
  readonly #bounds: AllowanceBounds;
  readonly #now: () => number;
  #left: number;
  #at: number;

  constructor(bounds: AllowanceBounds, now: () => number) {
    this.#bounds = bounds;
    this.#now = now;
    this.#left = bounds.most;
    this.#at = now();
  }

  /** Milliseconds until there is something left again; 0: now. */
  get wait(): number {
    this.#earn();
    return this.#left > 0 ? 0 : Math.ceil((-this.#left * 1000) / this.#bounds.perSecond) + 1;
  }

  spend(milliseconds: number): void {
    this.#earn();
    this.#left -= milliseconds;
  }

  #earn(): void {
    const { perSecond, most } = this.#bounds;
    const now = this.#now();
    this.#left = Math.min(most, this.#left + ((now - this.#at) * perSecond) / 1000);
    this.#at = now;
  }
}
