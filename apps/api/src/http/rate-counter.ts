import type { ThrottlerStorage } from '@nestjs/throttler';

type Count = Awaited<ReturnType<ThrottlerStorage['increment']>>;

interface Window {
  hits: number;
  /** Milliseconds since 1970. */
  readonly end: number;
}

/** Windows kept. Beyond, those that are over leave, and the oldest if all are open. */
const capacity = 100_000;

/**
 * Counts requests in windows that begin with the first request. The throttler's own storage keeps an instant for each
 * request and reads all of them with each: the more a client may ask, the dearer every answer.
 */
export class RateCounter implements ThrottlerStorage {
  readonly #windows = new Map<string, Window>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  increment(key: string, ttl: number, limit: number): Promise<Count> {
    const now = this.#now();
    const window = this.#windowOf(key, now, ttl);
    const isBlocked = ++window.hits > limit;
    const seconds = Math.ceil((window.end - now) / 1_000);
    const timeToBlockExpire = isBlocked ? seconds : 0;
    return Promise.resolve({ totalHits: window.hits, timeToExpire: seconds, isBlocked, timeToBlockExpire });
  }

  #windowOf(key: string, now: number, length: number): Window {
    const open = this.#windows.get(key);
    if (open !== undefined && open.end > now) return open;
    const window = { hits: 0, end: now + length };
    // A window that begins anew goes to the end: so the map is in the order of beginnings.
    this.#windows.delete(key);
    this.#windows.set(key, window);
    if (this.#windows.size > capacity) this.#makeRoom(now);
    return window;
  }

  #makeRoom(now: number): void {
    for (const [key, { end }] of this.#windows) {
      if (end > now && this.#windows.size <= capacity) return;
      this.#windows.delete(key);
    }
  }
}
