import type { Instant } from '../engine/time.ts';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';

/** The computers behind the nodes, and which of them are without power: such a one runs, reports and answers nothing. */
export class Machines {
  private readonly names: ReadonlySet<string>;
  private readonly cuts: CopyOnWriteMap<string, Instant>;
  private changes: number;

  constructor(names: ReadonlySet<string>, source?: Machines) {
    this.names = names;
    this.cuts = source?.cuts.fork() ?? new CopyOnWriteMap();
    this.changes = source?.changes ?? 0;
  }

  /** Differs whenever something has changed. */
  get version(): number {
    return this.changes;
  }

  /** Whether a kubelet stands behind that Node: others are objects only. */
  has(node: string): boolean {
    return this.names.has(node);
  }

  isOn(node: string): boolean {
    return this.cuts.size === 0 || !this.cuts.has(node);
  }

  /** Since when it is without power. */
  cutAt(node: string): Instant | undefined {
    return this.cuts.size === 0 ? undefined : this.cuts.get(node);
  }

  cut(node: string, now: Instant): void {
    if (this.cuts.has(node)) return;
    this.cuts.set(node, now);
    this.changes += 1;
  }

  restore(node: string): void {
    if (this.cuts.delete(node)) this.changes += 1;
  }

  fork(): Machines {
    return new Machines(this.names, this);
  }
}
