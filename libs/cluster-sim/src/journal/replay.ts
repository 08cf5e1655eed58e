import type { Cluster } from '../cluster.ts';
import type { ExecSession } from '../exec/session/session.ts';
import { requestOf, type JournalEntry } from './journal-entry.ts';

/** The sessions that are open at this point of a replay. */
const openSessions = new WeakMap<Cluster, Map<number, ExecSession>>();

function sessionsOf(cluster: Cluster): Map<number, ExecSession> {
  const sessions = openSessions.get(cluster) ?? new Map<number, ExecSession>();
  openSessions.set(cluster, sessions);
  return sessions;
}

function sessionOf(cluster: Cluster, id: number): ExecSession {
  const session = sessionsOf(cluster).get(id);
  if (!session) throw new Error(`the journal goes on with a session that it has not opened: ${id}`);
  return session;
}

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
    case 'openSession': {
      const { session, target, argv, request } = entry;
      const opened = argv ? cluster.openExec(target, argv, request) : cluster.attach(target, request);
      if (!opened.ok) throw new Error(`a session of the journal cannot be opened: ${opened.message}`);
      sessionsOf(cluster).set(session, opened.session);
      return;
    }
    case 'type':
      return sessionOf(cluster, entry.session).input(entry.text);
    case 'endInput':
      return sessionOf(cluster, entry.session).endInput();
    case 'carryOn': {
      const session = sessionOf(cluster, entry.session);
      session.advance(cluster.clock.now());
      if (session.exitCode !== undefined) sessionsOf(cluster).delete(entry.session);
      return;
    }
    case 'connect':
      cluster.connect(entry.probe);
      return;
    case 'powerOff':
      cluster.powerOff(entry.node);
      return;
    case 'powerOn':
      cluster.powerOn(entry.node);
      return;
    case 'settle':
      cluster.settle(entry.quiet);
  }
}
