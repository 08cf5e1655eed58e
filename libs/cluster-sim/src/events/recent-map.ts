/** A map that forgets what has not been asked for longest: k8s.io/utils/lru. */
export class RecentMap<V> {
  private readonly entries: Map<string, V>;
  private readonly capacity: number;

  constructor(capacity: number, source?: RecentMap<V>) {
    this.capacity = capacity;
    this.entries = new Map(source?.entries);
  }

  get(key: string): V | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.capacity) return;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      return;
    }
  }

  fork(): RecentMap<V> {
    return new RecentMap(this.capacity, this);
  }
}
