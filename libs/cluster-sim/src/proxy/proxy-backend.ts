import type { EndpointSlice, Service } from '@kubedrill/kube-model';
import type { ProxyMode } from '../cluster.ts';
import type { HopTeller } from '../network/flight.ts';
import type { Ratio } from '../network/flow.ts';
import type { AddressRange } from '../network/ipv4.ts';
import type { Decide } from './fair-choice.ts';
import type { IpvsScheduler } from './ipvs/schedulers.ts';
import type { Hook, Packet } from './packet.ts';
import type { NodePlace } from './topology.ts';

/** A node as its kube-proxy knows it. */
export interface ProxyNode extends NodePlace {
  readonly address: string;
  /** Its address towards its pods. */
  readonly podGateway?: string | undefined;
  /** --ipvs-scheduler; default rr. */
  readonly ipvsScheduler?: IpvsScheduler | undefined;
  /** Pod addresses of the whole cluster: who is "local" traffic (--cluster-cidr). */
  readonly podRange: AddressRange;
  /** Cluster IPs (the ServiceCIDR objects). */
  readonly serviceRanges: readonly AddressRange[];
}

/** A Service with the slices that belong to it. Objects are immutable, so identity tells whether anything changed. */
export interface ProxiedService {
  /** "namespace/name". */
  readonly key: string;
  readonly service: Service;
  readonly slices: readonly EndpointSlice[];
}

/** Says who chose an endpoint before, per list and client: the state behind ClientIP affinity. */
export interface AffinityMemory {
  /** Whether the client was seen in the list in the last `seconds`. */
  remembers(list: string, client: string, seconds: number): boolean;
}

/** A client that a passing packet has put into a list. */
export interface AffinityMark {
  readonly list: string;
  readonly client: string;
}

/** Where a scheduler of IPVS stands: whom it has chosen last, and the order in which the kernel keeps the real servers. */
export interface SchedulerTurn {
  /** "10.96.0.1:443/TCP" */
  readonly virtualServer: string;
  /** "10.244.1.3:8080" */
  readonly order: readonly string[];
  readonly used: readonly string[];
}

/** What a passing packet leaves behind on a node. */
export type NodeMark = AffinityMark | SchedulerTurn;

export interface ConnectionCount {
  readonly active: number;
  /** Being closed, or not of TCP. */
  readonly inactive: number;
}

/** What a node's IPVS knows of the past. */
export interface BalancerMemory {
  turnOf(virtualServer: string): SchedulerTurn | undefined;
  /** By real server; one that has none may be missing. */
  connectionsOf(virtualServer: string): ReadonlyMap<string, ConnectionCount>;
}

/** Of a node where nothing has happened yet, and of modes that do not remember. */
export const noMemory: BalancerMemory = { turnOf: () => undefined, connectionsOf: () => new Map() };

/** What a rule walk asks of its surroundings. */
export interface RuleWalk {
  /** Whether an address is one of the node's own. */
  isLocal(address: string): boolean;
  readonly affinity: AffinityMemory;
  readonly balancer: BalancerMemory;
  /** Whether one way is drawn, as the kernel would go now; else all are followed. */
  readonly isDraw: boolean;
  /** What to do where chance decides with the given probability of a match. */
  readonly decide: Decide;
}

/** One way a hook can end. All results of a hook together have the probability 1. */
export interface HookResult {
  readonly verdict: 'accept' | 'drop' | 'reject';
  readonly packet: Packet;
  readonly probability: Ratio;
  /** Whether the packet must leave with the node's address. Postrouting only. */
  readonly masquerade: boolean;
  readonly hops: readonly HopTeller[];
  readonly marks: readonly NodeMark[];
}

/** The compiled rules of one node. */
export interface NodeRules {
  traverse(hook: Hook, packet: Packet, walk: RuleWalk): readonly HookResult[];
  /** As the mode's own tool prints them. */
  print(balancer?: BalancerMemory): string;
  /** The names of affinity lists that the rules refer to; the kernel forgets the others. */
  affinityLists(): ReadonlySet<string>;
  /** Whether the mode has given the address to the node, as a local one. */
  binds(address: string): boolean;
  /** Whether there is such a virtual server of IPVS; its connections end with it. */
  hasVirtualServer(key: string): boolean;
}

/** One proxy mode: how Services become rules of a node. */
export interface ProxyBackend {
  readonly mode: ProxyMode;
  /** Whether the mode gives addresses to nodes at all. */
  readonly bindsAddresses: boolean;
  /** What --nodeport-addresses is by default: cmd/kube-proxy/app/server_linux.go. */
  readonly nodePortAddresses: 'all' | 'primary';
  /** How many clients the kernel remembers for one affinity list. */
  readonly clientsPerList: number;
  /** `previous`: the node's rules before, from which what has not changed is taken over. */
  compile(node: ProxyNode, services: readonly ProxiedService[], previous?: NodeRules): NodeRules;
}
