import { splitKey } from '../controllers/object-key.ts';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';
import type { ObjectView } from '../store/object-view.ts';
import { priorityOf } from './scheduled-pod.ts';

/**
 * pkg/scheduler/backend/queue with PrioritySort: who is more important comes first, of equals who has waited longer. As long as all are
 * equal the order in which keys become dirty is that of the queue.
 */
export class PodQueue {
  /** Priorities of the Pods that are due. */
  private readonly due: CopyOnWriteMap<string, number>;
  /** How many of them have each priority. */
  private readonly counts: CopyOnWriteMap<number, number>;

  constructor(source?: PodQueue) {
    this.due = source?.due.fork() ?? new CopyOnWriteMap();
    this.counts = source?.counts.fork() ?? new CopyOnWriteMap();
  }

  fork(): PodQueue {
    return new PodQueue(this);
  }

  /** The keys, which are due now. */
  add(keys: Iterable<string>, view: ObjectView): readonly string[] {
    const added = [...keys];
    for (const key of added) {
      if (this.due.has(key)) continue;
      const priority = priorityOfKey(key, view);
      this.due.set(key, priority);
      this.counts.set(priority, (this.counts.get(priority) ?? 0) + 1);
    }
    return added;
  }

  /** Who is to be placed in the turn of a key: mostly the key itself. */
  take(key: string): string {
    const first = this.counts.size < 2 ? key : this.mostImportant(key);
    const priority = this.due.get(first);
    if (priority === undefined) return first;
    this.due.delete(first);
    const others = (this.counts.get(priority) ?? 1) - 1;
    if (others === 0) this.counts.delete(priority);
    else this.counts.set(priority, others);
    return first;
  }

  private mostImportant(key: string): string {
    const highest = Math.max(...this.counts.keys());
    if (this.due.get(key) === highest) return key;
    for (const [other, priority] of this.due) if (priority === highest) return other;
    return key;
  }
}

function priorityOfKey(key: string, view: ObjectView): number {
  const { namespace, name } = splitKey(key);
  const pod = view.get('Pod', namespace, name);
  return pod ? priorityOf(pod) : 0;
}
