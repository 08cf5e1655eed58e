import type { Duration, Instant } from '../engine/time.ts';
import type { BalancerMemory, ConnectionCount, SchedulerTurn } from '../proxy/proxy-backend.ts';
import { virtualServerKey } from '../proxy/ipvs/virtual-server.ts';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';
import { redirections, type Landing } from './flight.ts';
import type { Outcome, Probe } from './flow.ts';

/** A connection that is over, or has never come about, and that a node's IPVS still counts. */
interface PastConnection {
  readonly server: string;
  readonly isActive: boolean;
  readonly until: Instant;
}

/** A connection that is counted while it stands. */
export interface StandingConnection {
  readonly probe: Probe;
  readonly landing: Landing;
}

/** A virtual server that a flow goes by, and the real server that it goes to. */
export interface BalancedFlow {
  readonly node: string;
  readonly virtualServer: string;
  readonly server: string;
}

const mostTurns = 4096;
/** Of one virtual server on one node; the oldest are forgotten first. */
const mostConnections = 1024;

const seconds = 1000;

/** How long connections stay: timeout tables of net/netfilter/ipvs/ip_vs_proto_tcp.c and ip_vs_proto_udp.c. */
const timeWait: Duration = 120 * seconds;
const closed: Duration = 10 * seconds;
const synReceived: Duration = 60 * seconds;
const datagrams: Duration = 300 * seconds;

/** What the IPVS of each node remembers: where its schedulers stand and the connections that its real servers have. */
export class BalancerState {
  private readonly turns: CopyOnWriteMap<string, SchedulerTurn>;
  private readonly past: CopyOnWriteMap<string, readonly PastConnection[]>;

  constructor(source?: BalancerState) {
    this.turns = source ? source.turns.fork() : new CopyOnWriteMap();
    this.past = source ? source.past.fork() : new CopyOnWriteMap();
  }

  /** `standing`: what is open now; asked when somebody looks at the counts. */
  memoryOf(node: string, now: Instant, standing: () => Iterable<StandingConnection>): BalancerMemory {
    return {
      turnOf: (virtualServer) => this.turns.get(keyOf(node, virtualServer)),
      connectionsOf: (virtualServer) => {
        const key = keyOf(node, virtualServer);
        const counts = new Map<string, ConnectionCount>();
        for (const { server, isActive, until } of this.past.get(key) ?? [])
          if (until > now) count(counts, server, isActive);
        for (const { probe, landing } of standing()) {
          for (const passed of balancedFlows(probe, landing))
            if (keyOf(passed.node, passed.virtualServer) === key)
              count(counts, passed.server, probe.protocol !== 'UDP');
        }
        return counts;
      },
    };
  }

  take(node: string, turn: SchedulerTurn): void {
    const key = keyOf(node, turn.virtualServer);
    const [oldest] = this.turns.keys();
    if (this.turns.size >= mostTurns && !this.turns.has(key) && oldest !== undefined) this.turns.delete(oldest);
    this.turns.set(key, turn);
  }

  /** A probe has come and gone. */
  count(probe: Probe, landing: Landing, now: Instant): void {
    if (probe.protocol === 'ICMP') return;
    const { isActive, stays } = traceOf(landing.outcome, probe.protocol);
    for (const { node, virtualServer, server } of balancedFlows(probe, landing)) {
      const key = keyOf(node, virtualServer);
      const known = (this.past.get(key) ?? []).filter(({ until }) => until > now).slice(1 - mostConnections);
      this.past.set(key, [...known, { server, isActive, until: now + stays }]);
    }
  }
}

function keyOf(node: string, virtualServer: string): string {
  return `${node} ${virtualServer}`;
}

/** What the nodes on the way have balanced, where they do so by IPVS. */
export function balancedFlows({ protocol }: Probe, { flight }: Landing): readonly BalancedFlow[] {
  return redirections(flight).map(({ node, before, after }) => ({
    node,
    virtualServer: virtualServerKey(before.destination, before.destinationPort, protocol),
    server: `${after.destination}:${after.destinationPort}`,
  }));
}

function traceOf(
  { kind }: Outcome,
  protocol: Exclude<Probe['protocol'], 'ICMP'>,
): { readonly isActive: boolean; readonly stays: Duration } {
  if (protocol === 'UDP') return { isActive: false, stays: datagrams };
  if (kind === 'delivered' || kind === 'closed') return { isActive: false, stays: timeWait };
  return kind === 'refused' ? { isActive: false, stays: closed } : { isActive: true, stays: synReceived };
}

function count(counts: Map<string, ConnectionCount>, server: string, isActive: boolean): void {
  const { active, inactive } = counts.get(server) ?? { active: 0, inactive: 0 };
  counts.set(server, isActive ? { active: active + 1, inactive } : { active, inactive: inactive + 1 });
}
