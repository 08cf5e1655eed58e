import type { Duration, Instant } from '../engine/time.ts';
import { CopyOnWriteMap } from '../store/copy-on-write-map.ts';
import { cachedEndpointsOf } from '../proxy/endpoint-map.ts';
import type { ProxiedService } from '../proxy/proxy-backend.ts';
import { servicePorts } from '../proxy/service-map.ts';
import type { FlowAddresses, Landing } from './flight.ts';
import type { Probe } from './flow.ts';

/** A connection, or a UDP socket that goes on sending from one port. */
export interface Connection {
  readonly probe: Probe;
  readonly landing: Landing;
  /** The pod that sends and the pod that has accepted, while they are the same ones. */
  readonly clientUid: string | undefined;
  readonly serverUid: string | undefined;
  readonly openedAt: Instant;
  readonly lastUsed: Instant;
}

const maxOpenConnections = 4096;

// kube-proxy's tcpEstablishedTimeout; the kernel's nf_conntrack_udp_timeout and, for streams, _udp_timeout_stream.
const tcpTimeout: Duration = 24 * 60 * 60 * 1000;
const udpTimeout: Duration = 30 * 1000;
const udpStreamTimeout: Duration = 120 * 1000;
/** A UDP flow that is answered for longer than this counts as a stream. */
const udpStreamAge: Duration = 2 * 1000;

export class OpenConnections {
  private readonly connections: CopyOnWriteMap<number, Connection>;
  private nextId: number;

  constructor(source?: OpenConnections) {
    this.connections = source ? source.connections.fork() : new CopyOnWriteMap();
    this.nextId = source?.nextId ?? 1;
  }

  get isEmpty(): boolean {
    return this.connections.size === 0;
  }

  get isFull(): boolean {
    return this.connections.size >= maxOpenConnections;
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

/** Whether conntrack has given up the flow. */
export function isExpired({ probe, openedAt, lastUsed }: Connection, now: Instant): boolean {
  if (probe.protocol !== 'UDP') return now - lastUsed > tcpTimeout;
  const isStream = lastUsed - openedAt > udpStreamAge;
  return now - lastUsed > (isStream ? udpStreamTimeout : udpTimeout);
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
