import type { Node, Pod } from '@kubedrill/kube-model';
import type { ClusterOptions, ExternalHost } from '../cluster.ts';
import type { ObjectView } from '../store/object-view.ts';
import { contains, formatAddress, parseAddress, parseRange, rangeOf, type AddressRange } from './ipv4.ts';
import type { StaticRoute } from './network-options.ts';

export interface NodePoint {
  readonly kind: 'node';
  readonly name: string;
  readonly address: string;
  readonly zone: string;
  /** The node's part of the pod addresses; undefined while it has none. */
  readonly podRange: AddressRange | undefined;
  /** The node's own address towards its pods. */
  readonly podGateway: string | undefined;
}

/** A place where packets start, end or pass: a network namespace. Pods in the host's network are their node. */
export type Place =
  | NodePoint
  | { readonly kind: 'pod'; readonly pod: Pod; readonly address: string; readonly node: NodePoint }
  | { readonly kind: 'external'; readonly host: ExternalHost }
  | { readonly kind: 'gateway' };

/** Whether a node has been given an address besides those that it has by itself. */
export type BoundAddresses = (node: NodePoint, address: string, map: NetworkMap) => boolean;

const defaultPodRange = rangeOf(0x0af40000, 16);

/** Who has which address, from the objects as they are now. */
export class NetworkMap {
  readonly podRange: AddressRange;
  readonly nodeRange: AddressRange;
  /** Those of the ServiceCIDRs, by their first addresses. */
  readonly serviceRanges: readonly AddressRange[];
  readonly gatewayAddress: string;
  readonly egressMasquerade: boolean;
  readonly hostPorts: boolean;
  readonly nodes: ReadonlyMap<string, NodePoint>;
  readonly options: ClusterOptions;
  private readonly nodesByAddress = new Map<string, NodePoint>();
  /** By the first address of their pods' range, one map for each length of range. */
  private readonly nodesByPodRange = new Map<number, Map<number, NodePoint>>();
  private readonly view: ObjectView;
  private readonly isBound: BoundAddresses | undefined;

  /** `isBound`: absent where no proxy gives nodes addresses. */
  constructor(options: ClusterOptions, view: ObjectView, isBound?: BoundAddresses) {
    this.options = options;
    this.view = view;
    this.isBound = isBound;
    const network = options.network ?? {};
    this.nodes = new Map(view.list('Node', '').map((node) => [node.metadata.name, nodePoint(node)]));
    for (const node of this.nodes.values()) {
      this.nodesByAddress.set(node.address, node);
      if (node.podGateway) this.nodesByAddress.set(node.podGateway, node);
      if (node.podRange) this.addPodRange(node, node.podRange);
    }
    this.podRange = parseRange(network.podRange ?? '') ?? defaultPodRange;
    this.serviceRanges = serviceRangesIn(view);
    this.nodeRange = parseRange(network.nodeRange ?? '') ?? this.aroundFirstNode();
    this.gatewayAddress = network.gateway ?? formatAddress(this.nodeRange.base + 1);
    this.egressMasquerade = network.egressMasquerade ?? true;
    this.hostPorts = network.hostPorts ?? true;
  }

  /** Whether the address is one of the node's own. */
  isLocal(node: NodePoint, address: string): boolean {
    if (this.nodesByAddress.get(address) === node || address.startsWith('127.')) return true;
    return this.isBound?.(node, address, this) ?? false;
  }

  nodeWithAddress(address: string): NodePoint | undefined {
    return this.nodesByAddress.get(address);
  }

  /**
   * The nodes that answer on their link for an address that a proxy has given to nodes (unless strictARP is set). Who is first
   * is who gets the packets.
   */
  nodesAnsweringFor(address: string): readonly NodePoint[] {
    const { isBound } = this;
    return isBound ? [...this.nodes.values()].filter((node) => isBound(node, address, this)) : [];
  }

  /** The node that has the route to a pod address: by its range, or because a pod with that address runs there. */
  nodeOfPodAddress(address: string): NodePoint | undefined {
    const value = parseAddress(address);
    if (value === undefined || !contains(this.podRange, address)) return undefined;
    for (const [mask, nodes] of this.nodesByPodRange) {
      const node = nodes.get((value & mask) >>> 0);
      if (node) return node;
    }
    const pod = this.view.indexed('Pod', 'ip', address).find(hasNetwork);
    return pod && this.nodes.get(pod.spec.nodeName ?? '');
  }

  externalWithAddress(address: string): ExternalHost | undefined {
    return this.options.externalHosts.find((host) => host.address === address || host.natAddress === address);
  }

  /** The pod whose network namespace has the address on that node: not one that has ended, whose address is free again. */
  podOn(node: NodePoint, address: string): Pod | undefined {
    const pods = this.view.indexed('Pod', 'ip', address);
    return pods.find((pod) => pod.spec.nodeName === node.name && hasNetwork(pod) && !pod.spec.hostNetwork);
  }

  /** The pod with a network of its own that has the address, wherever it runs. */
  podWithAddress(address: string): Pod | undefined {
    const pods = this.view.indexed('Pod', 'ip', address);
    return pods.find((pod) => hasNetwork(pod) && !pod.spec.hostNetwork);
  }

  hostNetworkPods(node: NodePoint): readonly Pod[] {
    return this.view.indexed('Pod', 'node', node.name).filter((pod) => pod.spec.hostNetwork && hasNetwork(pod));
  }

  /** The pod's place: its own namespace, or its node; undefined while it is not running anywhere. */
  placeOfPod(pod: Pod): Place | undefined {
    const node = this.nodes.get(pod.spec.nodeName ?? '');
    const address = pod.status.podIP;
    if (!node || !address || !hasNetwork(pod)) return undefined;
    return pod.spec.hostNetwork ? node : { kind: 'pod', pod, address, node };
  }

  /** Routes that were declared for a place. */
  routesOn(name: string, added: readonly StaticRoute[]): readonly StaticRoute[] {
    // A route that was added later replaces an earlier one to the same destination.
    return [...added]
      .reverse()
      .concat(this.options.network?.routes ?? [])
      .filter((route) => route.on === name);
  }

  private addPodRange(node: NodePoint, { mask, base }: AddressRange): void {
    const nodes = this.nodesByPodRange.get(mask);
    if (nodes) nodes.set(base, node);
    else this.nodesByPodRange.set(mask, new Map([[base, node]]));
  }

  private aroundFirstNode(): AddressRange {
    const [first] = this.nodes.values();
    return rangeOf(parseAddress(first?.address ?? '') ?? 0, 24);
  }
}

/** A range of several ServiceCIDRs is one range. */
function serviceRangesIn(view: ObjectView): readonly AddressRange[] {
  const texts = new Set(view.list('ServiceCIDR').flatMap(({ spec }) => spec.cidrs ?? []));
  return [...texts].flatMap((text) => parseRange(text) ?? []).sort((left, right) => left.base - right.base);
}

function hasNetwork(pod: Pod): boolean {
  return pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed';
}

function nodePoint(node: Node): NodePoint {
  const podRange = parseRange(node.spec.podCIDR ?? '');
  return {
    kind: 'node',
    name: node.metadata.name,
    address: node.status.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '',
    zone: node.metadata.labels?.['topology.kubernetes.io/zone'] ?? '',
    podRange,
    podGateway: podRange && formatAddress(podRange.base + 1),
  };
}

export function describePlace(place: Place): string {
  switch (place.kind) {
    case 'pod':
      return `pod ${place.pod.metadata.namespace ?? ''}/${place.pod.metadata.name}`;
    case 'node':
      return `node ${place.name}`;
    case 'external':
      return `host ${place.host.name}`;
    case 'gateway':
      return 'gateway';
  }
}

export function samePlace(a: Place, b: Place): boolean {
  if (a.kind === 'pod') return b.kind === 'pod' && a.pod.metadata.uid === b.pod.metadata.uid;
  if (a.kind === 'node') return b.kind === 'node' && a.name === b.name;
  if (a.kind === 'external') return b.kind === 'external' && a.host.name === b.host.name;
  return b.kind === 'gateway';
}
