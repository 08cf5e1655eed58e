import type { SubmissionStatus } from './submission.ts';

export interface StatusChange {
  readonly id: string;
  readonly status: SubmissionStatus;
  readonly at: Date;
}

export type Subscription =
  | { readonly kind: 'subscribed'; readonly unsubscribe: () => void }
  /** The bound on subscribers is reached: ask again later, or look at the submission itself. */
  | { readonly kind: 'full' };

/**
 * Status changes of submissions as they happen. Subscribe first and read the submission then: so no change is missed between
 * the two.
 */
export interface SubmissionEvents {
  publish(change: StatusChange): void;
  subscribe(id: string, listener: (change: StatusChange) => void): Subscription;
}

/** Subscribers of this process. They are called at once and must not throw. */
export class LocalSubmissionEvents implements SubmissionEvents {
  readonly #listeners = new Map<string, Set<(change: StatusChange) => void>>();
  readonly #most: number;
  #count = 0;

  constructor({ maxSubscribers = 10_000 }: { readonly maxSubscribers?: number } = {}) {
    this.#most = maxSubscribers;
  }

  publish(change: StatusChange): void {
    for (const listener of [...(this.#listeners.get(change.id) ?? [])]) listener(change);
  }

  subscribe(id: string, listener: (change: StatusChange) => void): Subscription {
    if (this.#count >= this.#most) return { kind: 'full' };
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    this.#count++;
    return { kind: 'subscribed', unsubscribe: () => this.#remove(id, listeners, listener) };
  }

  #remove(id: string, listeners: Set<unknown>, listener: unknown): void {
    if (!listeners.delete(listener)) return;
    this.#count--;
    if (listeners.size === 0) this.#listeners.delete(id);
  }
}
