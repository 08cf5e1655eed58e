import type { Pod } from '@kubedrill/kube-model';
import type { ClusterOptions, DnsAnswer, DnsQueryType } from '../cluster.ts';
import type { DnsMessage, DnsQuestion } from '../dns/message.ts';
import type { ResolvConf } from '../dns/resolv-conf.ts';
import type { Random } from '../engine/random.ts';
import type { Clock } from '../engine/time.ts';
import type { Machines } from '../kubelet/machines.ts';
import type { ObjectView } from '../store/object-view.ts';
import type { Probe, Trace, TracedOutcome, VantagePoint } from './flow.ts';
import type { StaticRoute } from './network-options.ts';
import type { ProcessTable } from './process-table.ts';

/** What the data plane sees of the cluster. */
export interface DataPlaneSources {
  readonly options: ClusterOptions;
  readonly view: ObjectView;
  readonly clock: Clock;
  readonly random: Random;
  readonly processes: ProcessTable;
  readonly machines: Pick<Machines, 'isOn' | 'version'>;
}

/** A connection (or UDP socket) that stays open; `id` is the handle for `use`. */
export interface OpenedConnection {
  readonly id: number;
  readonly outcome: TracedOutcome;
}

/**
 * The nodes' networks: kube-proxy's rules, connection tracking, routes, and the cluster's DNS.
 * Rules follow the objects by themselves; `sync` only has to be called when the objects have settled, so that what
 * a passing state takes away (affinity lists of an endpoint that was gone for a while, UDP conntrack entries) is gone.
 */
export interface DataPlane {
  /** All outcomes of a probe as if it were sent now; changes nothing. */
  trace(probe: Probe): Trace;
  /** Sends the probe: draws one outcome and leaves its marks (affinity, conntrack). */
  connect(probe: Probe): TracedOutcome;
  /** As `connect`, and keeps the connection open. */
  open(probe: Probe): OpenedConnection;
  /** Sends once more over an open connection. */
  use(id: number): TracedOutcome;
  /** Asks as a process at the vantage point would: with its resolv.conf and search path. */
  resolve(from: VantagePoint, name: string, type: DnsQueryType): DnsAnswer;
  /** Asks one name server one question; addresses come in the order that chance gives them. Undefined: nobody answers there. */
  ask(from: VantagePoint, server: string, question: DnsQuestion): DnsMessage | undefined;
  /** /etc/resolv.conf of the pod. */
  resolvConf(pod: Pod): ResolvConf;
  /** As the real tool prints them: `iptables-save` of nat and filter; '' for an unknown node. */
  proxyRules(node: string): string;
  /** Every running kube-proxy looks at the objects as they are now. */
  sync(): void;
  /** A stopped kube-proxy leaves the rules of its node as they are. */
  setProxy(node: string, state: 'running' | 'stopped'): void;
  addRoute(route: StaticRoute): void;
  /** An independent copy over the fork's own sources. */
  fork(sources: DataPlaneSources): DataPlane;
}
