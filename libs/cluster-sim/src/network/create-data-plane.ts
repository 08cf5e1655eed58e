import type { Pod } from '@kubedrill/kube-model';
import type { DnsAnswer, DnsQueryType } from '../cluster.ts';
import { noMemory, type BalancerMemory } from '../proxy/proxy-backend.ts';
import { balancedFlows, BalancerState, type BalancedFlow } from './balancer-state.ts';
import { endsOf, hasLostAnEnd } from './connection-ends.ts';
import { ClusterDns, clusterDnsAddress } from '../dns/cluster-dns.ts';
import { loadBalanced } from '../dns/load-balance.ts';
import type { DnsMessage, DnsQuestion } from '../dns/message.ts';
import type { ResolvConf } from '../dns/resolv-conf.ts';
import type { ServerNetwork } from '../images/image-model.ts';
import type { DataPlane, DataPlaneSources, OpenedConnection } from './data-plane.ts';
import { redirections, type Landing } from './flight.ts';
import type { Decide } from '../proxy/fair-choice.ts';
import { FlowWalk, type ServingPods } from './flow-walk.ts';
import type { Outcome, Probe, Ratio, Trace, TracedOutcome, VantagePoint } from './flow.ts';
import { HealthChecks } from './health-checks.ts';
import { HostPorts } from './host-ports.ts';
import { LoadBalancers } from './load-balancers.ts';
import { LocalProcesses } from './local-process.ts';
import { lookUp } from './name-lookup.ts';
import { mergedOutcomes, told, type UntoldOutcome } from './merged-outcomes.ts';
import { NetworkMap, type Place } from './network-map.ts';
import type { StaticRoute } from './network-options.ts';
import { NodeProxies } from './node-proxies.ts';
import { OpenConnections, type Connection } from './open-connections.ts';
import { NameServerAccess } from './policy/name-server-access.ts';
import { NetworkPolicies } from './policy/network-policies.ts';
import { one, times } from './ratio.ts';
import { Routing } from './routing.ts';

export function createDataPlane(sources: DataPlaneSources): DataPlane {
  return new SimulatedDataPlane(sources);
}

/** Linux hands out client ports from this range (net.ipv4.ip_local_port_range). */
const ephemeralPorts = { from: 32768, to: 60999 };

/** A server that asks another one to answer, which asks another: more of them than this are a loop. */
const maxServerChain = 8;

/** A trace follows all ways. */
const everyWay: Decide = () => 'both';

/** What stays the same until an object or a route changes. */
interface Surroundings {
  readonly version: number;
  readonly powerVersion: number;
  readonly map: NetworkMap;
  readonly routing: Routing;
  readonly processes: LocalProcesses;
  readonly loadBalancers: LoadBalancers;
  readonly hostPorts: HostPorts;
  readonly policies: NetworkPolicies | undefined;
  readonly dns: ClusterDns;
}

const endlessChain: TracedOutcome = {
  probability: one,
  outcome: { kind: 'limited', bound: 'maxServerChain' },
  hops: [],
};

class SimulatedDataPlane implements DataPlane {
  private readonly sources: DataPlaneSources;
  private readonly proxies: NodeProxies;
  private readonly connections: OpenConnections;
  private readonly balancers: BalancerState;
  private routes: readonly StaticRoute[];
  private clientPort: number;
  private known: Surroundings | undefined;
  private serverChain = 0;
  private readonly drawnServers: ServingPods = {
    networkOf: (pod) => this.serverNetwork(pod, (probe) => this.connect(probe)),
    filesOf: (pod, container) => this.sources.processes.files(pod, container),
  };
  /** Where all ways of the client are followed, a server takes the first of its own. */
  private readonly tracedServers: ServingPods = {
    networkOf: (pod) => this.serverNetwork(pod, (probe) => this.trace(probe).outcomes[0] ?? endlessChain),
    filesOf: (pod, container) => this.sources.processes.files(pod, container),
  };

  constructor(sources: DataPlaneSources, origin?: SimulatedDataPlane) {
    this.sources = sources;
    this.proxies = new NodeProxies(sources.options, sources.view, origin?.proxies);
    this.connections = new OpenConnections(sources.options.proxyMode, origin?.connections);
    this.balancers = new BalancerState(origin?.balancers);
    this.routes = origin?.routes ?? [];
    this.clientPort = origin?.clientPort ?? ephemeralPorts.from;
  }

  trace(probe: Probe): Trace {
    const lookup = lookUp(this.surroundings().dns, this.sources.view, probe);
    if (lookup.kind === 'failed') {
      return { probe, outcomes: [told({ ...lookup, probability: one })] };
    }
    // CoreDNS shuffles the addresses of a name (plugin loadbalance) and clients take the first.
    const share: Ratio = { numerator: 1, denominator: lookup.addresses.length };
    const outcomes: UntoldOutcome[] = [];
    for (const address of lookup.addresses) {
      for (const { flight, outcome } of this.send(probe, address, lookup.hops, everyWay)) {
        outcomes.push({ probability: times(share, flight.probability), outcome, hops: flight.hops });
      }
    }
    return { probe, outcomes: mergedOutcomes(outcomes).map(told) };
  }

  connect(probe: Probe): TracedOutcome {
    const drawn = this.draw(probe);
    if (!('landing' in drawn)) return drawn;
    if (this.balances) this.balancers.count(probe, drawn.landing, this.now);
    return outcomeOf(drawn.landing);
  }

  open(probe: Probe): OpenedConnection {
    if (this.connections.isFull) {
      return {
        id: 0,
        outcome: { probability: one, outcome: { kind: 'limited', bound: 'maxOpenConnections' }, hops: [] },
      };
    }
    const drawn = this.draw(probe);
    if (!('landing' in drawn)) return { id: 0, outcome: drawn };
    const id = this.connections.add(this.keep(probe, drawn.landing));
    return { id, outcome: outcomeOf(drawn.landing) };
  }

  use(id: number): TracedOutcome {
    this.sync();
    const connection = this.connections.get(id);
    if (!connection) throw new Error(`no connection ${id} is open`);
    const isUdp = connection.probe.protocol === 'UDP';
    const wasAccepted = connection.landing.outcome.kind === 'delivered';
    if (isUdp && (!wasAccepted || this.connections.isExpired(connection, this.now)))
      return this.sendAgain(id, connection);
    const outcome = this.continued(connection);
    this.connections.replace(id, { ...connection, lastUsed: this.now });
    return outcome;
  }

  resolve(from: VantagePoint, name: string, type: DnsQueryType): DnsAnswer {
    return this.surroundings().dns.resolve(from, name, type);
  }

  ask(from: VantagePoint, server: string, question: DnsQuestion): DnsMessage | undefined {
    const message = this.surroundings().dns.ask(from, server, question);
    return message && loadBalanced(message, this.sources.random);
  }

  resolvConf(pod: Pod): ResolvConf {
    return this.surroundings().dns.resolvConf(pod);
  }

  proxyRules(node: string): string {
    const { map } = this.surroundings();
    const point = map.nodes.get(node);
    return point ? this.proxies.rulesOf(point, map).print(this.memoryOf(node)) : '';
  }

  sync(): void {
    if (this.connections.isEmpty && this.proxies.remembersNobody) return;
    const { map } = this.surroundings();
    this.proxies.sync(map);
    if (this.balances) this.connections.cutOff((flow) => this.isStillBalanced(flow));
    this.connections.forgetStale(this.proxies.proxiedServices(), (node) => this.proxies.isRunning(node));
  }

  setProxy(node: string, state: 'running' | 'stopped'): void {
    const { map } = this.surroundings();
    const point = map.nodes.get(node);
    if (!point) throw new Error(`there is no node ${node}`);
    this.proxies.setRunning(point, state === 'running', map);
  }

  addRoute(route: StaticRoute): void {
    this.routes = [...this.routes, route];
    this.known = undefined;
  }

  fork(sources: DataPlaneSources): DataPlane {
    return new SimulatedDataPlane(sources, this);
  }

  private get balances(): boolean {
    return this.sources.options.proxyMode === 'ipvs';
  }

  private memoryOf(node: string): BalancerMemory {
    if (!this.balances) return noMemory;
    return this.balancers.memoryOf(node, this.now, () => this.standing());
  }

  private isStillBalanced({ node, virtualServer }: BalancedFlow): boolean {
    const { map } = this.surroundings();
    const point = map.nodes.get(node);
    return point !== undefined && this.proxies.rulesOf(point, map).hasVirtualServer(virtualServer);
  }

  /** The connections that are open and whose ends both live. */
  private *standing(): Iterable<Connection> {
    for (const connection of this.connections.all()) {
      const isOpen =
        connection.landing.outcome.kind === 'delivered' && !this.connections.isExpired(connection, this.now);
      if (isOpen && !hasLostAnEnd(this.sources.view, connection)) yield connection;
    }
  }

  private get now(): number {
    return this.sources.clock.now();
  }

  private surroundings(): Surroundings {
    const { options, view, processes, machines } = this.sources;
    const version = view.resourceVersion;
    const powerVersion = machines.version;
    if (this.known?.version === version && this.known.powerVersion === powerVersion) return this.known;
    const map = new NetworkMap(options, view, this.proxies.boundAddresses);
    const policies = view.count('NetworkPolicy') > 0 ? new NetworkPolicies(map, view) : undefined;
    this.known = {
      version,
      powerVersion,
      map,
      routing: new Routing(map, this.routes, machines),
      processes: new LocalProcesses(map, view, processes, new HealthChecks(this.proxies)),
      loadBalancers: new LoadBalancers(map, this.proxies, machines),
      hostPorts: new HostPorts(map, view),
      policies,
      dns: new ClusterDns(options, view, map.gatewayAddress, policies && this.nameServerAccess(map, policies)),
    };
    return this.known;
  }

  private nameServerAccess(map: NetworkMap, policies: NetworkPolicies): NameServerAccess {
    const { options, view } = this.sources;
    const clusterDns = clusterDnsAddress(options);
    const send = (probe: Probe): readonly Landing[] => this.send(probe, probe.host, [], everyWay);
    return new NameServerAccess({ map, view, policies, clusterDns, send });
  }

  private serverNetwork({ metadata }: Pod, connect: (probe: Probe) => TracedOutcome): ServerNetwork {
    const from: VantagePoint = { kind: 'pod', namespace: metadata.namespace ?? '', name: metadata.name };
    return {
      ask: (server, question) => this.surroundings().dns.ask(from, server, question),
      connect: (probe) => {
        if (this.serverChain >= maxServerChain) return endlessChain;
        this.serverChain += 1;
        try {
          return connect({ ...probe, from });
        } finally {
          this.serverChain -= 1;
        }
      },
    };
  }

  /** One of the ways, chosen by chance, with its marks left behind. */
  private draw(probe: Probe): { readonly landing: Landing } | TracedOutcome {
    const lookup = lookUp(this.surroundings().dns, this.sources.view, probe);
    if (lookup.kind === 'failed') return told({ ...lookup, probability: one });
    const { random } = this.sources;
    const { addresses, hops } = lookup;
    const address = addresses[addresses.length > 1 ? random.below(addresses.length) : 0] ?? '';
    this.clientPort = this.clientPort >= ephemeralPorts.to ? ephemeralPorts.from : this.clientPort + 1;
    const drawOne: Decide = ({ numerator, denominator }) => (random.below(denominator) < numerator ? 'match' : 'pass');
    const [landing] = this.send(probe, address, hops, drawOne);
    if (!landing) throw new Error('a drawn flow has no end');
    for (const mark of landing.flight.marks) {
      if ('list' in mark) this.proxies.affinityOf(mark.node).mark(mark, this.now);
      else this.balancers.take(mark.node, mark);
    }
    return { landing };
  }

  private send(probe: Probe, address: string, hops: UntoldOutcome['hops'], decide: Decide): readonly Landing[] {
    const { map, routing, processes, loadBalancers, hostPorts, policies } = this.surroundings();
    const client = this.poweredPlace(probe.from, map);
    if (typeof client === 'string') return [nowhere(probe, address, client)];
    const { clientPort, now, proxies } = this;
    const maxBranches = this.sources.options.bounds.maxTraceBranches;
    const isDraw = decide !== everyWay;
    const pods = isDraw ? this.drawnServers : this.tracedServers;
    const memoryOf = (node: string) => this.memoryOf(node);
    const surroundings = { map, routing, proxies, processes, loadBalancers, hostPorts, policies, memoryOf };
    const context = { ...surroundings, now, clientPort, maxBranches, decide, isDraw, pods };
    return new FlowWalk(context, probe, client, address).run(hops);
  }

  private poweredPlace(from: VantagePoint, map: NetworkMap): Place | string {
    const place = this.clientPlace(from, map);
    if (typeof place === 'string' || place.kind === 'external' || place.kind === 'gateway') return place;
    const node = place.kind === 'pod' ? place.node.name : place.name;
    return this.sources.machines.isOn(node) ? place : `node ${node} has no power`;
  }

  /** The place, or in words why there is none. */
  private clientPlace(from: VantagePoint, map: NetworkMap): Place | string {
    switch (from.kind) {
      case 'pod': {
        const pod = this.sources.view.get('Pod', from.namespace, from.name);
        const place = pod && map.placeOfPod(pod);
        return (
          place ?? `pod ${from.namespace}/${from.name} ${pod ? 'has no network yet or any more' : 'does not exist'}`
        );
      }
      case 'node':
        return map.nodes.get(from.name) ?? `node ${from.name} does not exist`;
      case 'external': {
        const host = this.sources.options.externalHosts.find(({ name }) => name === from.name);
        return host ? { kind: 'external', host } : `host ${from.name} does not exist`;
      }
    }
  }

  private keep(probe: Probe, landing: Landing): Connection {
    const { now } = this;
    const ends = endsOf(this.sources.view, probe, landing);
    const balanced = this.balances ? balancedFlows(probe, landing).filter((flow) => this.isStillBalanced(flow)) : [];
    return { ...ends, landing, probe, openedAt: now, lastUsed: now, balanced, isCutOff: false };
  }

  /** A datagram whose flow conntrack does not know (any more): the Service's rules choose again. */
  private sendAgain(id: number, connection: Connection): TracedOutcome {
    const drawn = this.draw(connection.probe);
    if (!('landing' in drawn)) return drawn;
    this.connections.replace(id, this.keep(connection.probe, drawn.landing));
    return outcomeOf(drawn.landing);
  }

  /** Conntrack keeps a known flow on its way whatever the rules say now; it ends when one of its ends does. */
  private continued(connection: Connection): TracedOutcome {
    const { landing, probe } = connection;
    const { outcome, flight, place } = landing;
    if (outcome.kind !== 'delivered' || !place) return outcomeOf(landing);
    const timedOut: Outcome = { kind: 'timedOut' };
    const ended: Outcome = probe.protocol === 'UDP' ? timedOut : { kind: 'closed', server: outcome.server };
    if (hasLostAnEnd(this.sources.view, connection)) return outcomeOf({ ...landing, outcome: ended });
    // A machine without power sends nothing, not even an end.
    if (place.kind === 'pod' && !this.sources.machines.isOn(place.node.name)) {
      return outcomeOf({ ...landing, outcome: timedOut });
    }
    if (connection.isCutOff) return outcomeOf({ ...landing, outcome: timedOut });
    if (flight.translations.length > 0 && this.connections.isExpired(connection, this.now)) {
      // Without its entry IPVS takes the packet for the node's own, which has no such connection and resets it.
      return outcomeOf({ ...landing, outcome: this.balances && redirections(flight).length > 0 ? ended : timedOut });
    }
    const isOpen = this.surroundings().processes.socketFor(place, flight.packet) !== undefined;
    if (isOpen) return outcomeOf(landing);
    return outcomeOf({ ...landing, outcome: probe.protocol === 'UDP' ? { kind: 'refused' } : ended });
  }
}

function outcomeOf({ flight, outcome }: Landing): TracedOutcome {
  return told({ probability: one, outcome, hops: flight.hops });
}

/** A probe from a place that is not there. */
function nowhere(probe: Probe, destination: string, reason: string): Landing {
  const { protocol, port } = probe;
  return {
    outcome: { kind: 'unreachable', errno: 'ENETUNREACH' },
    flight: {
      packet: { protocol, source: '', destination, destinationPort: port, marked: false, translated: false },
      probability: one,
      hops: [() => ({ kind: 'route', at: 'client', text: `Nothing can be sent: ${reason}.` })],
      marks: [],
      translations: [],
      timeToLive: 0,
    },
  };
}
