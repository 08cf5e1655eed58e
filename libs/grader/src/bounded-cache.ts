/** Values by key, the most recently used ones; the one that was not asked for longest goes first. */
export class BoundedCache<V> {
  private readonly values = new Map<string, V>();
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get(key: string, make: () => V): V {
    const value = this.values.get(key) ?? make();
    this.values.delete(key);
    this.values.set(key, value);
    const [oldest] = this.values.keys();
    if (oldest !== undefined && this.values.size > this.capacity) this.values.delete(oldest);
    return value;
  }
}
