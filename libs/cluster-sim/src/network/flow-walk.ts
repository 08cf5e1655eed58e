import type { FileSystem } from '../exec/file-system.ts';
import type { Pod } from '@kubedrill/kube-model';
import type { Instant } from '../engine/time.ts';
import type { ServerNetwork } from '../images/image-model.ts';
import { fairChoice, type Decide } from '../proxy/fair-choice.ts';
import type { Hook, Packet } from '../proxy/packet.ts';
import type { BalancerMemory, HookResult, RuleWalk } from '../proxy/proxy-backend.ts';
import {
  describeDestination,
  addressesOf,
  translated,
  withHop,
  type FlowAddresses,
  type Flight,
  type HopTeller,
  type Landing,
} from './flight.ts';
import type { Hop, Outcome, Probe } from './flow.ts';
import type { HostPorts } from './host-ports.ts';
import { contains } from './ipv4.ts';
import { converse, type LocalProcesses, type Socket } from './local-process.ts';
import type { LoadBalancers, LoadBalancerShare } from './load-balancers.ts';
import { unknownAddress } from './unknown-address.ts';
import { describePlace, type NetworkMap, type NodePoint, type Place } from './network-map.ts';
import type { NetworkPolicies } from './policy/network-policies.ts';
import { acceptance, capitalized, serverAt, unheard, withRoute } from './place-hops.ts';
import { passPolicies } from './policy/policy-gate.ts';
import type { NodeProxies } from './node-proxies.ts';
import { one, times } from './ratio.ts';
import { findsBack } from './return-path.ts';
import { sourceAddress, type NextHop, type Routing } from './routing.ts';

/** The network as it is during one walk. */
export interface FlowContext {
  readonly map: NetworkMap;
  readonly routing: Routing;
  readonly proxies: NodeProxies;
  readonly processes: LocalProcesses;
  readonly loadBalancers: LoadBalancers;
  readonly hostPorts: HostPorts;
  /** Undefined while there is no NetworkPolicy. */
  readonly policies: NetworkPolicies | undefined;
  readonly now: Instant;
  readonly clientPort: number;
  readonly maxBranches: number;
  readonly decide: Decide;
  readonly pods: ServingPods;
  /** Whether one way is drawn; else all are followed. */
  readonly isDraw: boolean;
  memoryOf(node: string): BalancerMemory;
}

/** What a process that answers can do in the network itself. */
export interface ServingPods {
  networkOf(pod: Pod): ServerNetwork;
  filesOf(pod: Pod, container: string): FileSystem | undefined;
}

const initialTimeToLive = 64;

/** Neighbour discovery asks three times, a second apart, before it gives up. */
const neighbourTimeout = 3000;

/** Follows the first packet of a flow through the network, on every way that it can take. */
export class FlowWalk {
  private readonly context: FlowContext;
  private readonly probe: Probe;
  private readonly client: Place;
  private readonly sent: FlowAddresses;
  private readonly landings: Landing[] = [];
  private readonly walks = new Map<string, RuleWalk>();

  constructor(context: FlowContext, probe: Probe, client: Place, destination: string) {
    this.context = context;
    this.probe = probe;
    this.client = client;
    const destinationPort = probe.protocol === 'ICMP' ? 0 : probe.port;
    this.sent = { source: sourceAddress(context.map, client, destination), destination, destinationPort };
  }

  run(hops: readonly HopTeller[]): readonly Landing[] {
    const packet: Packet = { ...this.sent, protocol: this.probe.protocol, marked: false, translated: false };
    const sending = (): Hop => {
      const at = describePlace(this.client);
      const text = `${capitalized(at)} (${packet.source}) sends to ${describeDestination(packet)}.`;
      return { kind: 'route', at, text };
    };
    const start: Flight = {
      packet,
      probability: one,
      hops: [...hops, sending],
      marks: [],
      translations: [],
      timeToLive: initialTimeToLive,
    };
    this.leaveClient(start);
    return this.landings;
  }

  private leaveClient(flight: Flight): void {
    const client = this.client;
    if (client.kind === 'node') {
      this.meet('output', client, flight, (next) =>
        this.leaveNode(client, this.context.hostPorts.behind(client, next), addressesOf(flight.packet)),
      );
      return;
    }
    this.follow(client, this.context.routing.next(client, flight.packet.destination), flight);
  }

  /** Hands the packet to wherever the place's route points. */
  private follow(place: Place, next: NextHop, flight: Flight): void {
    switch (next.kind) {
      case 'local': {
        const shares = place.kind === 'external' ? this.context.loadBalancers.sharesOf(flight.packet) : undefined;
        return shares ? this.share(shares, place, flight) : this.deliver(place, flight);
      }
      case 'forward':
        return this.arrive(next.to, place, flight);
      case 'noRoute':
        return this.land(
          withRoute(flight, place, (at) => `${capitalized(at)} has no route to ${flight.packet.destination}.`),
          { kind: 'unreachable', errno: 'ENETUNREACH' },
        );
      case 'noNeighbour':
        return this.neighbourMissing(place, flight);
      case 'lost': {
        // At once: it looks at the Services, which will have changed when somebody asks.
        const hop = unknownAddress(this.context, describePlace(place), flight.packet);
        return this.land(
          withHop(flight, () => hop),
          { kind: 'timedOut' },
        );
      }
    }
  }

  private arrive(place: Place, from: Place, flight: Flight): void {
    switch (place.kind) {
      case 'pod':
      case 'external':
        return this.deliver(place, flight);
      case 'node':
        return this.enterNode(place, from, flight);
      case 'gateway':
        return this.passGateway(place, flight);
    }
  }

  private passGateway(place: Place, flight: Flight): void {
    if (flight.timeToLive === 0) return this.expire(place, flight);
    const shares = this.context.loadBalancers.sharesOf(flight.packet);
    const next = this.context.routing.next(place, flight.packet.destination);
    const passed = { ...flight, timeToLive: flight.timeToLive - 1 };
    if (shares && next.kind === 'lost') this.share(shares, place, passed);
    else this.follow(place, next, passed);
  }

  /** A load balancer hands the flow to one of its nodes. */
  private share(shares: readonly LoadBalancerShare[], place: Place, flight: Flight): void {
    if (shares.length === 0) {
      const text = 'The load balancer has no healthy node for this Service and drops the packet.';
      const hop = (): Hop => ({ kind: 'route', at: 'load balancer', text });
      return this.land(withHop(flight, hop), { kind: 'timedOut' });
    }
    for (const { index, probability } of fairChoice(shares.length, this.context.decide)) {
      const share = shares[index];
      if (!share) continue;
      const { node, packet, hop } = share;
      const taken = { ...flight, packet, probability: times(flight.probability, probability) };
      this.enterNode(node, place, withHop(translated(taken, 'gateway', addressesOf(flight.packet)), hop));
    }
  }

  private enterNode(node: NodePoint, from: Place, flight: Flight): void {
    const { packet } = flight;
    if (flight.timeToLive === 0) return this.expire(node, flight);
    if (from.kind !== 'pod' && this.context.map.isLocal(node, packet.source)) {
      const text = `The packet comes in with the node's own address ${packet.source} as its source: dropped as a martian.`;
      return this.land(
        withRoute(flight, node, () => text),
        { kind: 'timedOut' },
      );
    }
    const before = addressesOf(packet);
    // Marks and translations are this node's own; what an earlier node did is over.
    const fresh = {
      ...flight,
      timeToLive: flight.timeToLive - 1,
      packet: { ...packet, marked: false, translated: false },
    };
    this.meet('prerouting', node, fresh, (passed) => {
      const next = this.context.hostPorts.behind(node, passed);
      if (this.context.map.isLocal(node, next.packet.destination)) {
        this.meet('input', node, translated(next, node.name, before), (last) =>
          this.pastInput(node, from, next, last, before),
        );
      } else {
        this.meet('forward', node, next, (last) => this.passOn(node, from, last, before));
      }
    });
  }

  /** IPVS rewrites what has already come to the node, and sends it on. */
  private pastInput(node: NodePoint, from: Place, came: Flight, flight: Flight, before: FlowAddresses): void {
    if (flight.packet.destination === came.packet.destination) this.deliver(node, flight);
    else if (this.context.map.isLocal(node, flight.packet.destination))
      this.deliver(node, translated(flight, node.name, before));
    else this.passOn(node, from, flight, before);
  }

  /** What the node forwards has to be allowed by the policies of its pods. */
  private passOn(node: NodePoint, from: Place, flight: Flight, before: FlowAddresses): void {
    const { policies, routing } = this.context;
    if (!policies) return this.leaveNode(node, flight, before);
    const next = routing.next(node, flight.packet.destination);
    const { flight: judged, denial } = passPolicies(policies, from, next, flight);
    if (denial) this.land(judged, denial);
    else this.leaveNode(node, judged, before);
  }

  /** After the routing decision of a packet that the node forwards or sends itself. */
  private leaveNode(node: NodePoint, flight: Flight, before: FlowAddresses): void {
    const next = this.context.routing.next(node, flight.packet.destination);
    this.meet('postrouting', node, flight, (passed, masquerade) => {
      const rewritten = this.withSource(node, next, passed, masquerade);
      const known = translated(rewritten, node.name, before);
      if (next.kind === 'local') this.meet('input', node, known, (last) => this.deliver(node, last));
      else this.follow(node, next, this.onItsWay(node, next, known));
    });
  }

  /** The last stretch, from a node to its own pod, goes without saying. */
  private onItsWay(node: NodePoint, next: NextHop, flight: Flight): Flight {
    if (next.kind !== 'forward' || next.to.kind === 'pod') return flight;
    const { to } = next;
    return withRoute(flight, node, (at) => `${capitalized(at)} sends it to ${describePlace(to)}.`);
  }

  /** MASQUERADE of kube-proxy's mark, else of the pod network's own rule for what leaves it. */
  private withSource(node: NodePoint, next: NextHop, flight: Flight, masquerade: boolean): Flight {
    const { map } = this.context;
    const { source, destination } = flight.packet;
    const egress =
      map.egressMasquerade &&
      next.kind !== 'local' &&
      contains(map.podRange, source) &&
      !contains(map.podRange, destination);
    if (!masquerade && !egress) return flight;
    const toOwnPod = next.kind === 'forward' && next.to.kind === 'pod';
    const address = toOwnPod ? (node.podGateway ?? node.address) : node.address;
    if (address === source) return flight;
    const hop = (): Hop => {
      const why = masquerade ? 'so that the answer comes back by this node' : 'because it leaves the pod network';
      const text = `The source ${source} is replaced by the node's address ${address}, ${why}.`;
      return { kind: 'nat', at: describePlace(node), text };
    };
    return withHop({ ...flight, packet: { ...flight.packet, source: address } }, hop);
  }

  /** Lets the node's rules look at the packet; goes on with what they accept. */
  private meet(hook: Hook, node: NodePoint, flight: Flight, goOn: (flight: Flight, masquerade: boolean) => void): void {
    const { map, proxies } = this.context;
    for (const result of proxies.rulesOf(node, map).traverse(hook, flight.packet, this.walkOn(node))) {
      const next = this.after(result, node, flight);
      if (this.landings.length >= this.context.maxBranches)
        this.land(next, { kind: 'limited', bound: 'maxTraceBranches' });
      else if (result.verdict === 'accept') goOn(next, result.masquerade);
      else this.land(next, this.unaccepted(result.verdict, hook, node, flight));
    }
  }

  private walkOn(node: NodePoint): RuleWalk {
    const known = this.walks.get(node.name);
    if (known) return known;
    const { map, proxies, now, decide, isDraw } = this.context;
    const affinity = proxies.affinityOf(node.name).at(now);
    const balancer = this.context.memoryOf(node.name);
    const walk = { isLocal: (address: string) => map.isLocal(node, address), affinity, balancer, decide, isDraw };
    this.walks.set(node.name, walk);
    return walk;
  }

  /** What a client notices of a packet that rules have stopped. */
  private unaccepted(verdict: 'drop' | 'reject', hook: Hook, node: NodePoint, flight: Flight): Outcome {
    // A sender of datagrams is told by its own kernel at once; TCP keeps trying, or hears the ICMP error.
    const isOwn = hook === 'output' && this.client.kind === 'node';
    const { protocol } = this.probe;
    if (isOwn && (protocol === 'UDP' || protocol === 'ICMP')) return { kind: 'unreachable', errno: 'EPERM' };
    return verdict === 'reject' && this.answered(node, flight) ? { kind: 'refused' } : { kind: 'timedOut' };
  }

  private after({ packet, probability, hops, marks }: HookResult, node: NodePoint, flight: Flight): Flight {
    if (packet === flight.packet && probability === one && hops.length === 0) return flight;
    return {
      ...flight,
      packet,
      probability: times(flight.probability, probability),
      hops: hops.length > 0 ? [...flight.hops, ...hops] : flight.hops,
      marks:
        marks.length > 0 ? [...flight.marks, ...marks.map((mark) => ({ ...mark, node: node.name }))] : flight.marks,
    };
  }

  private deliver(place: Place, flight: Flight): void {
    const { packet } = flight;
    const answered = this.answered(place, flight);
    if (packet.protocol === 'ICMP') return this.echo(place, flight, answered);
    const socket = this.context.processes.socketFor(place, packet);
    if (!socket) {
      const hop = (): Hop => unheard(place, packet);
      return this.land(withHop(flight, hop), answered ? { kind: 'refused' } : { kind: 'timedOut' }, place);
    }
    const accepted = withHop(flight, () => acceptance(place, packet, socket));
    if (!answered) return this.lostAnswer(place, accepted);
    const { source: clientAddress, destination: serverAddress, destinationPort: serverPort } = packet;
    const { clientPort, now } = this.context;
    const { pods } = this.context;
    const network =
      place.kind === 'pod' ? { network: pods.networkOf(place.pod), ...filesOf(pods, place.pod, socket) } : undefined;
    const connection = { clientAddress, clientPort, serverAddress, serverPort, now, ...network };
    this.land(accepted, converse(socket, this.probe, connection), place);
  }

  private echo(place: Place, flight: Flight, answered: boolean): void {
    if (!answered) return this.lostAnswer(place, flight);
    const { destination: address, source } = flight.packet;
    const answer = withHop(flight, () => {
      const at = describePlace(place);
      return { kind: 'process', at, text: `${capitalized(at)} answers the echo request.` };
    });
    this.land(answer, { kind: 'delivered', server: { ...serverAt(place), address, port: 0 }, source }, place);
  }

  private lostAnswer(place: Place, flight: Flight): void {
    const text =
      'The answer goes straight to the client, past the node that has rewritten the destination; ' +
      'the client does not know the address it comes from and drops it.';
    this.land(
      withRoute(flight, place, () => text),
      { kind: 'timedOut' },
      place,
    );
  }

  /** A router's table leads in a circle. TCP believes the ICMP error that says so, UDP and ping do not. */
  private expire(place: Place, flight: Flight): void {
    const text = 'The packet goes in a circle until its time to live is over.';
    const told = this.probe.protocol === 'TCP' && this.answered(place, flight);
    this.land(
      withRoute(flight, place, () => text),
      told ? { kind: 'unreachable', errno: 'EHOSTUNREACH' } : { kind: 'timedOut' },
    );
  }

  private neighbourMissing(place: Place, flight: Flight): void {
    const text = `No host on the link has the address ${flight.packet.destination}.`;
    const patient = this.probe.timeout === undefined || this.probe.timeout > neighbourTimeout;
    const told = this.probe.protocol === 'TCP' && patient && place.kind !== 'gateway' && this.answered(place, flight);
    this.land(
      withRoute(flight, place, () => text),
      told ? { kind: 'unreachable', errno: 'EHOSTUNREACH' } : { kind: 'timedOut' },
    );
  }

  private answered(place: Place, flight: Flight): boolean {
    return findsBack(this.context.routing, flight, place, this.client, this.sent);
  }

  private land(flight: Flight, outcome: Outcome, place?: Place): void {
    this.landings.push({ flight, outcome, place });
  }
}

function filesOf(pods: ServingPods, pod: Pod, { server }: Socket): { readonly files?: () => FileSystem | undefined } {
  const { container } = server;
  return container === undefined ? {} : { files: () => pods.filesOf(pod, container) };
}
