import type { Duration, Instant } from '../engine/time.ts';
import type { ProxyMode } from '../cluster.ts';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';
import { cachedEndpointsOf } from '../proxy/endpoint-map.ts';
import type { ProxiedService } from '../proxy/proxy-backend.ts';
import { servicePorts } from '../proxy/service-map.ts';
import type { BalancedFlow } from './balancer-state.ts';
import type { ConnectionEnds } from './connection-ends.ts';
import { redirections, type FlowAddresses, type Landing } from './flight.ts';
import type { Probe } from './flow.ts';

/** A connection, or a UDP socket that goes on sending from one port. */
export interface Connection extends ConnectionEnds {
  readonly probe: Probe;
  readonly landing: Landing;
  readonly openedAt: Instant;
  readonly lastUsed: Instant;
  /** Virtual servers of IPVS on its way, without which it does not go on. */
  readonly balanced: readonly BalancedFlow[];
  /** Whether one of them is gone. */
  readonly isCutOff: boolean;
}

const maxOpenConnections = 4096;

/** How long an idle flow is known. */
interface FlowTimeouts {
  readonly tcp: Duration;
  readonly udp: Duration;
  readonly udpStream: Duration;
}

const minute: Duration = 60 * 1000;

/** kube-proxy's tcpEstablishedTimeout; the kernel's nf_conntrack_udp_timeout and, for streams, _udp_timeout_stream. */
const conntrackTimeouts: FlowTimeouts = { tcp: 24 * 60 * minute, udp: minute / 2, udpStream: 2 * minute };

/** IPVS has entries of its own beside conntrack's: net/netfilter/ipvs/ip_vs_proto_tcp.c and ip_vs_proto_udp.c. */
const ipvsTimeouts: FlowTimeouts = { tcp: 15 * minute, udp: 5 * minute, udpStream: 5 * minute };

/** A UDP flow that is answered for longer than this counts as a stream. */
const udpStreamAge: Duration = 2 * 1000;

export class OpenConnections {
  private readonly connections: CopyOnWriteMap<number, Connection>;
  /** Of flows that a Service's rules have sent to an endpoint. */
  private readonly timeouts: FlowTimeouts;
  private nextId: number;

  constructor(mode: ProxyMode, source?: OpenConnections) {
    this.timeouts = mode === 'ipvs' ? ipvsTimeouts : conntrackTimeouts;
    this.connections = source ? source.connections.fork() : new CopyOnWriteMap();
    this.nextId = source?.nextId ?? 1;
  }

  get isEmpty(): boolean {
    return this.connections.size === 0;
  }

  get isFull(): boolean {
    return this.connections.size >= maxOpenConnections;
  }

  all(): Iterable<Connection> {
    return this.connections.values();
  }

  add(connection: Connection): number {
    const id = this.nextId;
    this.nextId += 1;
    this.connections.set(id, connection);
    return id;
  }

  get(id: number): Connection | undefined {
    return this.connections.get(id);
  }

  replace(id: number, connection: Connection): void {
    this.connections.set(id, connection);
  }

  /** Whether the node has given up the flow. */
  isExpired({ probe, landing, openedAt, lastUsed, isCutOff }: Connection, now: Instant): boolean {
    if (isCutOff) return true;
    const isRedirected = redirections(landing.flight).length > 0;
    const { tcp, udp, udpStream } = isRedirected ? this.timeouts : conntrackTimeouts;
    if (probe.protocol !== 'UDP') return now - lastUsed > tcp;
    const isStream = lastUsed - openedAt > udpStreamAge;
    return now - lastUsed > (isStream ? udpStream : udp);
  }

  /** The kernel forgets a virtual server's connections with it: expire_nodest_conn, which kube-proxy sets. */
  cutOff(has: (flow: BalancedFlow) => boolean): void {
    for (const [id, connection] of [...this.connections])
      if (!connection.balanced.every(has)) this.connections.set(id, { ...connection, isCutOff: true });
  }

  /** What kube-proxy does after endpoints have changed: pkg/proxy/conntrack/cleanup.go. Forgotten flows are chosen anew. */
  forgetStale(services: readonly ProxiedService[], isRunning: (node: string) => boolean): void {
    for (const [id, connection] of [...this.connections]) {
      const { flight } = connection.landing;
      if (connection.probe.protocol !== 'UDP' || flight.translations.length === 0) continue;
      const kept = flight.translations.filter(
        ({ node, before, after }) => !isRunning(node) || !isStale(services, before, after),
      );
      if (kept.length === flight.translations.length) continue;
      this.connections.set(id, { ...connection, lastUsed: -Infinity });
    }
  }
}

/** An entry for a Service's address that leads to none of its serving endpoints, while it has some. */
function isStale(services: readonly ProxiedService[], before: FlowAddresses, after: FlowAddresses): boolean {
  for (const { service, slices } of services) {
    for (const port of servicePorts(service)) {
      if (port.protocol !== 'udp') continue;
      const addresses = [port.clusterIP, ...port.externalIPs, ...port.loadBalancerVIPs];
      const isOwn = port.port === before.destinationPort && addresses.includes(before.destination);
      if (!isOwn && (port.nodePort === 0 || port.nodePort !== before.destinationPort)) continue;
      const serving = cachedEndpointsOf(port, slices).filter((endpoint) => endpoint.serving);
      const target = `${after.destination}:${after.destinationPort}`;
      if (serving.length > 0 && serving.every(({ key }) => key !== target)) return true;
    }
  }
  return false;
}
