import { setTimeout as delay } from 'node:timers/promises';

interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchBounds {
  /** Items handled together. */
  readonly batch: number;
  /** Items that wait; one more is refused. */
  readonly waiting: number;
  /** Milliseconds from the beginning of one batch to that of the next, unless that is full. */
  readonly pace: number;
}

const defaultBounds: BatchBounds = { batch: 50, waiting: 10_000, pace: 50 };

/**
 * Group commit: what is asked for while a batch is under way, or shortly after, goes together into the next. A lone item
 * waits for nobody. A batch that fails is tried again item by item, so that only those fail that cannot succeed.
 */
export class Batcher<Item, Outcome> {
  readonly #handle: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  readonly #bounds: BatchBounds;
  #waiting: Waiting<Item, Outcome>[] = [];
  #busy = false;

  /** `handle` gives one outcome for each item, in their order. */
  constructor(handle: (items: readonly Item[]) => Promise<readonly Outcome[]>, bounds: Partial<BatchBounds> = {}) {
    this.#handle = handle;
    this.#bounds = { ...defaultBounds, ...bounds };
  }

  submit(item: Item): Promise<Outcome> {
    if (this.#waiting.length >= this.#bounds.waiting) {
      return Promise.reject(new Error(`more than ${this.#bounds.waiting} items wait to be written`));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#busy) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const begin = performance.now();
      const batch = this.#waiting.slice(0, this.#bounds.batch);
      this.#waiting = this.#waiting.slice(this.#bounds.batch);
      if (!(await this.#settle(batch, batch.length === 1))) {
        for (const one of batch) await this.#settle([one], true);
      }
      const early = this.#bounds.pace - (performance.now() - begin);
      if (early > 0 && this.#waiting.length < this.#bounds.batch) await delay(early);
    }
    this.#busy = false;
  }

  /** False when the batch failed and nobody was told yet. */
  async #settle(batch: readonly Waiting<Item, Outcome>[], last: boolean): Promise<boolean> {
    try {
      const outcomes = await this.#handle(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index] as Outcome);
      return true;
    } catch (error) {
      if (last) for (const { reject } of batch) reject(error);
      return last;
    }
  }
}
