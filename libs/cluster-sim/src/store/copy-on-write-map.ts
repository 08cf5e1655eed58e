/**
 * A Map that forks in constant time: both sides share the entries until one of them writes, which then copies them once.
 * Insertion order is kept.
 */
export class CopyOnWriteMap<K, V> {
  private entries: Map<K, V>;
  private shared: boolean;
  /** Whoever may write to this map when it is itself a value of a forked one; others have to fork it first. */
  readonly owner: object | undefined;

  constructor(owner?: object, entries: Map<K, V> = new Map(), shared = false) {
    this.owner = owner;
    this.entries = entries;
    this.shared = shared;
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: K): V | undefined {
    return this.entries.get(key);
  }

  has(key: K): boolean {
    return this.entries.has(key);
  }

  values(): IterableIterator<V> {
    return this.entries.values();
  }

  keys(): IterableIterator<K> {
    return this.entries.keys();
  }

  [Symbol.iterator](): IterableIterator<[K, V]> {
    return this.entries[Symbol.iterator]();
  }

  set(key: K, value: V): void {
    this.own();
    this.entries.set(key, value);
  }

  delete(key: K): boolean {
    if (!this.entries.has(key)) return false;
    this.own();
    return this.entries.delete(key);
  }

  fork(owner?: object): CopyOnWriteMap<K, V> {
    this.shared = true;
    return new CopyOnWriteMap(owner, this.entries, true);
  }

  private own(): void {
    if (!this.shared) return;
    this.entries = new Map(this.entries);
    this.shared = false;
  }
}
