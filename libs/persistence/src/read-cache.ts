interface Kept<Value> {
  readonly value: Promise<Value | undefined>;
  /** On the monotonic clock. */
  readonly until: number;
}

export interface ReadCacheBounds {
  /** Values kept; the least recently used leaves first. */
  readonly capacity: number;
  /** How long a value is served after it was read; without it for as long as there is room: for what never changes. */
  readonly milliseconds?: number;
}

/**
 * What was read a short while ago. Reads of one key that come together are one read. What is not there is not remembered, and
 * neither is a read that failed.
 */
export class ReadCache<Value> {
  readonly #kept = new Map<string, Kept<Value>>();
  readonly #capacity: number;
  readonly #milliseconds: number;
  readonly #now: () => number;

  constructor({ capacity, milliseconds = Infinity }: ReadCacheBounds, now: () => number = () => performance.now()) {
    this.#capacity = capacity;
    this.#milliseconds = milliseconds;
    this.#now = now;
  }

  get(key: string, read: () => Promise<Value | undefined>): Promise<Value | undefined> {
    const now = this.#now();
    const before = this.#kept.get(key);
    const entry = before !== undefined && before.until > now ? before : this.#read(key, read, now);
    this.#kept.delete(key);
    this.#kept.set(key, entry);
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size > this.#capacity) this.#kept.delete(oldest);
    return entry.value;
  }

  /** What is being read now is forgotten with the rest: whoever asks next reads anew. */
  clear(): void {
    this.#kept.clear();
  }

  #read(key: string, read: () => Promise<Value | undefined>, now: number): Kept<Value> {
    const entry: Kept<Value> = { value: read(), until: now + this.#milliseconds };
    const forget = (): void => {
      if (this.#kept.get(key) === entry) this.#kept.delete(key);
    };
    entry.value.then((value) => value === undefined && forget(), forget);
    return entry;
  }
}
