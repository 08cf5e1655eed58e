import type { Cluster } from '../cluster.ts';
import { requestOf, type JournalEntry } from './journal-entry.ts';

/**
 * Does once more what the entry says, at its time: a cluster that began as the recorded one did is afterwards what that was.
 * Throws when the cluster answers otherwise than it did then.
 */
export function replay(cluster: Cluster, entry: JournalEntry): void {
  const span = entry.at - cluster.clock.now();
  if (span < 0) throw new Error(`the journal goes back in time, to ${entry.at} from ${cluster.clock.now()}`);
  cluster.advance(span);
  switch (entry.do) {
    case 'request': {
      const response = cluster.api.handle(requestOf(entry.request));
      if (!response.ok) throw new Error(`a request of the journal is refused: ${response.status.message}`);
      return;
    }
    case 'lookAtEvents':
      cluster.view.count('Event');
      return;
    case 'exec':
      cluster.exec(entry.target, entry.argv);
      return;
    case 'connect':
      cluster.connect(entry.probe);
      return;
    case 'powerOff':
      return cluster.powerOff(entry.node);
    case 'powerOn':
      return cluster.powerOn(entry.node);
    case 'settle':
      cluster.settle(entry.quiet);
  }
}
