import { Allowance } from './allowance.ts';

/** What a client may ask of one sandbox: client-go by itself keeps to 50 a second after a burst of 300. */
const requests = { perSecond: 100, most: 600 };
/** Requests and streams at the same time: more than the watches that a cluster takes. */
const mostOpen = 1_200;
const mostKept = 10_000;

interface Account {
  readonly allowance: Allowance;
  open: number;
}

/** Counts what is asked of each sandbox. */
export class RequestRate {
  readonly #accounts = new Map<string, Account>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Seconds to wait, or that it may come; it has to leave then. */
  enter(id: string): { readonly kind: 'wait'; readonly seconds: number } | { readonly kind: 'enter'; leave(): void } {
    const account = this.#accountOf(id);
    const { wait } = account.allowance;
    if (wait > 0 || account.open >= mostOpen) return { kind: 'wait', seconds: Math.max(1, Math.ceil(wait / 1000)) };
    account.allowance.spend(1);
    account.open += 1;
    let isOpen = true;
    const leave = (): void => {
      if (isOpen) account.open -= 1;
      isOpen = false;
    };
    return { kind: 'enter', leave };
  }

  #accountOf(id: string): Account {
    const known = this.#accounts.get(id);
    if (known) return known;
    const account = { allowance: new Allowance(requests, this.#now), open: 0 };
    this.#accounts.set(id, account);
    // Accounts that are closed and forgotten begin anew with a full allowance, which does no harm.
    if (this.#accounts.size > mostKept)
      for (const [old, { open }] of this.#accounts) if (open === 0 && old !== id) this.#accounts.delete(old);
    return account;
  }
}
