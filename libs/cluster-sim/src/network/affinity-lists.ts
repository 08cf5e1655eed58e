import type { Instant } from '../engine/time.ts';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';
import type { AffinityMark, AffinityMemory } from '../proxy/proxy-backend.ts';

/** One node's memory of who has used which endpoint when: list -> client -> last time. */
export class AffinityLists {
  private readonly lists: CopyOnWriteMap<string, ReadonlyMap<string, Instant>>;
  private readonly clientsPerList: number;

  /** `clientsPerList`: so many clients are kept in a list; then the oldest is forgotten. */
  constructor(
    clientsPerList: number,
    lists: CopyOnWriteMap<string, ReadonlyMap<string, Instant>> = new CopyOnWriteMap(),
  ) {
    this.clientsPerList = clientsPerList;
    this.lists = lists;
  }

  get isEmpty(): boolean {
    return this.lists.size === 0;
  }

  at(now: Instant): AffinityMemory {
    return {
      remembers: (list, client, seconds) => {
        const seen = this.lists.get(list)?.get(client);
        return seen !== undefined && now - seen <= seconds * 1000;
      },
    };
  }

  mark({ list, client }: AffinityMark, now: Instant): void {
    const clients = new Map(this.lists.get(list));
    clients.delete(client);
    clients.set(client, now);
    const [oldest] = clients.keys();
    if (clients.size > this.clientsPerList && oldest !== undefined) clients.delete(oldest);
    this.lists.set(list, clients);
  }

  /** A list goes when no rule refers to it any more. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of [...this.lists.keys()]) if (!names.has(name)) this.lists.delete(name);
  }

  fork(): AffinityLists {
    return new AffinityLists(this.clientsPerList, this.lists.fork());
  }
}
