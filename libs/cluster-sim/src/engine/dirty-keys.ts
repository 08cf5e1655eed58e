/** Keys that wait for a reconciliation, in the order in which they became dirty; each at most once. */
export class DirtyKeys {
  private queue: string[];
  private head: number;
  private readonly waiting: Set<string>;

  constructor(queue: string[] = []) {
    this.queue = queue;
    this.head = 0;
    this.waiting = new Set(queue);
  }

  get size(): number {
    return this.queue.length - this.head;
  }

  add(key: string): void {
    if (this.waiting.has(key)) return;
    this.waiting.add(key);
    this.queue.push(key);
  }

  /** The key that has waited longest. */
  take(): string | undefined {
    const key = this.queue[this.head];
    if (key === undefined) return undefined;
    this.head += 1;
    this.waiting.delete(key);
    if (this.head === this.queue.length) {
      this.queue = [];
      this.head = 0;
    }
    return key;
  }

  fork(): DirtyKeys {
    return new DirtyKeys(this.queue.slice(this.head));
  }
}
