import type { ExternalHost } from '../cluster.ts';
import type { Machines } from '../kubelet/machines.ts';
import { contains, isLoopback, parseRange } from './ipv4.ts';
import type { NetworkMap, NodePoint, Place } from './network-map.ts';
import type { StaticRoute } from './network-options.ts';

/** Where a place sends a packet. */
export type NextHop =
  /** The address is the place's own. */
  | { readonly kind: 'local' }
  | { readonly kind: 'forward'; readonly to: Place }
  /** On the link, but nobody answers for the address: the neighbour's address cannot be found (takes about 3 s). */
  | { readonly kind: 'noNeighbour' }
  /** The place's own routing table has no entry. */
  | { readonly kind: 'noRoute' }
  /** Given away to a network that drops it in silence. */
  | { readonly kind: 'lost' };

const local: NextHop = { kind: 'local' };
const lost: NextHop = { kind: 'lost' };
const noNeighbour: NextHop = { kind: 'noNeighbour' };
const gateway: NextHop = { kind: 'forward', to: { kind: 'gateway' } };

/** The routing tables of all places. */
export class Routing {
  private readonly map: NetworkMap;
  private readonly added: readonly StaticRoute[];
  private readonly machines: Pick<Machines, 'isOn'>;

  /** `added`: routes on top of the options' ones. */
  constructor(map: NetworkMap, added: readonly StaticRoute[], machines: Pick<Machines, 'isOn'>) {
    this.map = map;
    this.added = added;
    this.machines = machines;
  }

  /** A node without power does not answer the question for its link address. */
  next(place: Place, destination: string): NextHop {
    const hop = this.routed(place, destination);
    const isDown = hop.kind === 'forward' && hop.to.kind === 'node' && !this.machines.isOn(hop.to.name);
    return isDown ? noNeighbour : hop;
  }

  private routed(place: Place, destination: string): NextHop {
    switch (place.kind) {
      case 'pod':
        if (destination === place.address || isLoopback(destination)) return local;
        return { kind: 'forward', to: place.node };
      case 'node':
        return this.fromNode(place, destination);
      case 'external':
        return this.fromHost(place.host, destination);
      case 'gateway':
        return this.fromGateway(destination);
    }
  }

  /** One route for each pod of the node, one for each other node's pods, the link, and the gateway for the rest. */
  private fromNode(node: NodePoint, destination: string): NextHop {
    if (this.map.isLocal(node, destination)) return local;
    const podsNode = this.map.nodeOfPodAddress(destination);
    if (podsNode && podsNode.name !== node.name) return { kind: 'forward', to: podsNode };
    const pod = this.map.podOn(node, destination);
    if (pod) return { kind: 'forward', to: { kind: 'pod', pod, address: destination, node } };
    return this.declared(node.name, destination) ?? this.onLink(destination) ?? gateway;
  }

  private fromHost(host: ExternalHost, destination: string): NextHop {
    if (destination === host.address || destination === host.natAddress || isLoopback(destination)) return local;
    const declared = this.declared(host.name, destination);
    if (declared) return declared;
    if (host.routesToCluster) {
      const [first] = this.map.nodes.values();
      const node = this.map.nodeOfPodAddress(destination) ?? (this.isService(destination) ? first : undefined);
      if (node) return { kind: 'forward', to: node };
    }
    const neighbour = contains(this.map.nodeRange, host.address) ? this.onLink(destination) : undefined;
    if (neighbour) return neighbour;
    return (host.defaultRoute ?? true) ? gateway : { kind: 'noRoute' };
  }

  private fromGateway(destination: string): NextHop {
    if (destination === this.map.gatewayAddress) return local;
    const declared = this.declared('gateway', destination) ?? this.onLink(destination);
    if (declared) return declared;
    const host = this.map.externalWithAddress(destination);
    return host ? { kind: 'forward', to: { kind: 'external', host } } : lost;
  }

  /** The neighbour with the address; undefined for addresses that are not of the nodes' link. */
  private onLink(destination: string): NextHop | undefined {
    if (!contains(this.map.nodeRange, destination)) return undefined;
    if (destination === this.map.gatewayAddress) return gateway;
    const node = this.map.nodeWithAddress(destination);
    if (node) return { kind: 'forward', to: node };
    const host = this.map.externalWithAddress(destination);
    if (host) return { kind: 'forward', to: { kind: 'external', host } };
    const answering = this.map.nodesAnsweringFor(destination).find(({ name }) => this.machines.isOn(name));
    return answering ? { kind: 'forward', to: answering } : noNeighbour;
  }

  private declared(on: string, destination: string): NextHop | undefined {
    for (const route of this.map.routesOn(on, this.added)) {
      const range = parseRange(route.destination);
      const node = this.map.nodes.get(route.via);
      if (range && node && contains(range, destination)) return { kind: 'forward', to: node };
    }
    return undefined;
  }

  private isService(destination: string): boolean {
    return this.map.serviceRanges.some((range) => contains(range, destination));
  }
}

/** The address that the kernel gives a packet of the place itself. */
export function sourceAddress(map: NetworkMap, place: Place, destination: string): string {
  switch (place.kind) {
    case 'pod':
      return isLoopback(destination) ? '127.0.0.1' : place.address;
    case 'node':
      if (isLoopback(destination)) return '127.0.0.1';
      if (map.isLocal(place, destination)) return destination;
      return map.podOn(place, destination) ? (place.podGateway ?? place.address) : place.address;
    case 'external':
      return isLoopback(destination) ? '127.0.0.1' : (place.host.natAddress ?? place.host.address);
    case 'gateway':
      return map.gatewayAddress;
  }
}
