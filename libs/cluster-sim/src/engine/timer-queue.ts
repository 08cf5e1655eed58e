import type { Instant } from './time.ts';

/** A moment at which a key is to be reconciled again. */
export interface Timer {
  readonly at: Instant;
  /** Which controller, by its position. */
  readonly controller: number;
  readonly key: string;
  /** Settling waits for it, however far away it is. */
  readonly inTransit: boolean;
}

interface Entry extends Timer {
  /** Breaks ties, so that timers of one moment fire in the order in which they were set. */
  readonly sequence: number;
}

/** Timers by time, at most one for each key of a controller: a binary heap whose replaced entries are skipped when they come up. */
export class TimerQueue {
  private readonly heap: Entry[];
  /** By controller, then key. */
  private readonly current: Map<string, Entry>[];
  private sequence: number;
  private transits: number;

  constructor(source?: TimerQueue) {
    this.heap = source ? source.heap.slice() : [];
    this.current = (source?.current ?? []).map((timers) => new Map(timers));
    this.sequence = source?.sequence ?? 0;
    this.transits = source?.transits ?? 0;
  }

  /** Whether some timer is one that settling waits for. */
  get hasTransit(): boolean {
    return this.transits > 0;
  }

  set(timer: Timer): void {
    const timers = this.timersOf(timer.controller);
    const known = timers.get(timer.key);
    if (known && known.at === timer.at && known.inTransit === timer.inTransit) return;
    if (known?.inTransit) this.transits -= 1;
    if (timer.inTransit) this.transits += 1;
    const entry = { ...timer, sequence: this.sequence };
    this.sequence += 1;
    timers.set(timer.key, entry);
    this.push(entry);
  }

  clear(controller: number, key: string): void {
    const timers = this.current[controller];
    const known = timers?.get(key);
    if (!timers || !known) return;
    if (known.inTransit) this.transits -= 1;
    timers.delete(key);
  }

  next(): Timer | undefined {
    this.dropReplaced();
    return this.heap[0];
  }

  /** Takes the first timer out when it is due. */
  takeDue(now: Instant): Timer | undefined {
    this.dropReplaced();
    const first = this.heap[0];
    if (!first || first.at > now) return undefined;
    this.clear(first.controller, first.key);
    this.popFirst();
    return first;
  }

  fork(): TimerQueue {
    return new TimerQueue(this);
  }

  private timersOf(controller: number): Map<string, Entry> {
    return (this.current[controller] ??= new Map());
  }

  private dropReplaced(): void {
    for (let first = this.heap[0]; first && !this.isCurrent(first); first = this.heap[0]) this.popFirst();
  }

  private isCurrent(entry: Entry): boolean {
    return this.current[entry.controller]?.get(entry.key) === entry;
  }

  private push(entry: Entry): void {
    const { heap } = this;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (!above || !isBefore(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  private popFirst(): void {
    const { heap } = this;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const child = this.smallerChild(index);
      const below = heap[child];
      if (!below || !isBefore(below, last)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = last;
  }

  private smallerChild(index: number): number {
    const left = 2 * index + 1;
    const [first, second] = [this.heap[left], this.heap[left + 1]];
    return first && second && isBefore(second, first) ? left + 1 : left;
  }
}

function isBefore(left: Entry, right: Entry): boolean {
  return left.at < right.at || (left.at === right.at && left.sequence < right.sequence);
}
