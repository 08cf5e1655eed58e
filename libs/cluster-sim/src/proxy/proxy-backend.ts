import type { EndpointSlice, Service } from '@kubedrill/kube-model';
import type { ProxyMode } from '../cluster.ts';
import type { HopTeller } from '../network/flight.ts';
import type { Ratio } from '../network/flow.ts';
import type { AddressRange } from '../network/ipv4.ts';
import type { Decide } from './fair-choice.ts';
import type { Hook, Packet } from './packet.ts';
import type { NodePlace } from './topology.ts';

/** A node as its kube-proxy knows it. */
export interface ProxyNode extends NodePlace {
  readonly address: string;
  /** Pod addresses of the whole cluster: who is "local" traffic (--cluster-cidr). */
  readonly podRange: AddressRange;
  /** Cluster IPs (the ServiceCIDR objects). */
  readonly serviceRange: AddressRange | undefined;
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

/** What a rule walk asks of its surroundings. */
export interface RuleWalk {
  /** Whether an address is one of the node's own. */
  isLocal(address: string): boolean;
  readonly affinity: AffinityMemory;
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
  readonly marks: readonly AffinityMark[];
}

/** The compiled rules of one node. */
export interface NodeRules {
  traverse(hook: Hook, packet: Packet, walk: RuleWalk): readonly HookResult[];
  /** As the mode's own tool prints them. */
  print(): string;
  /** The names of affinity lists that the rules refer to; the kernel forgets the others. */
  affinityLists(): ReadonlySet<string>;
}

/** One proxy mode: how Services become rules of a node. */
export interface ProxyBackend {
  readonly mode: ProxyMode;
  /** `previous`: the node's rules before, from which what has not changed is taken over. */
  compile(node: ProxyNode, services: readonly ProxiedService[], previous?: NodeRules): NodeRules;
}
