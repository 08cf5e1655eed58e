import type { EndpointAddress, EndpointsPort, EndpointSubset } from '@kubedrill/kube-model';
import { endpointsPortsInOrder } from '../port-order.ts';

/** One address with one port; several ports of one Pod are several entries. */
export interface EndpointEntry {
  readonly address: EndpointAddress;
  readonly port: EndpointsPort | undefined;
  readonly ready: boolean;
}

interface PortGroup {
  readonly port: EndpointsPort | undefined;
  /** By address and uid; false wins, as an address is ready only if all say so. */
  readonly addresses: Map<string, ListedAddress>;
}

type ListedAddress = Pick<EndpointEntry, 'address' | 'ready'>;

/** pkg/api/v1/endpoints RepackSubsets: ports with the same addresses share a subset. */
export function packSubsets(entries: readonly EndpointEntry[]): readonly EndpointSubset[] {
  const byAddresses = new Map<string, { readonly ports: EndpointsPort[]; readonly group: PortGroup }>();
  for (const group of groupByPort(entries)) {
    const signature = [...group.addresses]
      .map(([key, { ready }]) => `${key} ${String(ready)}`)
      .sort()
      .join();
    const known = byAddresses.get(signature);
    const ports = group.port ? [group.port] : [];
    if (known) known.ports.push(...ports);
    else byAddresses.set(signature, { ports, group });
  }
  return [...byAddresses.values()].map(({ ports, group }) => subsetOf(group, ports));
}

function groupByPort(entries: readonly EndpointEntry[]): Iterable<PortGroup> {
  const groups = new Map<string, PortGroup>();
  for (const { address, port, ready } of entries) {
    const portKey = port ? `${port.name ?? ''} ${port.protocol} ${port.port} ${port.appProtocol ?? ''}` : '';
    const group: PortGroup = groups.get(portKey) ?? { port, addresses: new Map<string, ListedAddress>() };
    groups.set(portKey, group);
    const key = `${address.ip} ${address.targetRef?.uid ?? ''}`;
    const known = group.addresses.get(key);
    if (!known || known.ready)
      group.addresses.set(key, { address: known?.address ?? firstSaid(groups.values(), key) ?? address, ready });
  }
  return groups.values();
}

/** An address is told by IP and uid alone: what else the first entry says of it counts for all its ports. */
function firstSaid(groups: Iterable<PortGroup>, key: string): EndpointAddress | undefined {
  for (const { addresses } of groups) {
    const found = addresses.get(key);
    if (found) return found.address;
  }
  return undefined;
}

function subsetOf({ addresses }: PortGroup, ports: readonly EndpointsPort[]): EndpointSubset {
  const sorted = [...addresses.values()].sort((left, right) => compareAddresses(left.address, right.address));
  const ready = sorted.filter((entry) => entry.ready).map(({ address }) => address);
  const notReady = sorted.filter((entry) => !entry.ready).map(({ address }) => address);
  return {
    ...(ready.length > 0 ? { addresses: ready } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
    ...(ports.length > 0 ? { ports: endpointsPortsInOrder(ports) } : {}),
  };
}

/** LessEndpointAddress: by the text of the IP ("10.244.1.10" before "10.244.1.2"), then by uid. */
function compareAddresses(left: EndpointAddress, right: EndpointAddress): number {
  if (left.ip !== right.ip) return left.ip < right.ip ? -1 : 1;
  return (left.targetRef?.uid ?? '') < (right.targetRef?.uid ?? '') ? -1 : 1;
}

/** Addresses that an Endpoints object holds at most: endpoints_controller.go maxCapacity. */
const capacity = 1000;

export function addressCount(subsets: readonly EndpointSubset[]): number {
  return countOf(subsets, 'addresses') + countOf(subsets, 'notReadyAddresses');
}

function countOf(subsets: readonly EndpointSubset[], field: 'addresses' | 'notReadyAddresses'): number {
  return subsets.reduce((sum, subset) => sum + (subset[field]?.length ?? 0), 0);
}

export function isOverCapacity(subsets: readonly EndpointSubset[]): boolean {
  return addressCount(subsets) > capacity;
}

/** truncateEndpoints: the ready ones have precedence; each subset keeps its share. */
export function truncate(subsets: readonly EndpointSubset[]): readonly EndpointSubset[] {
  const readyCount = countOf(subsets, 'addresses');
  const field = readyCount > capacity ? 'addresses' : 'notReadyAddresses';
  const room = field === 'addresses' ? capacity : capacity - readyCount;
  const total = countOf(subsets, field);
  let left = room;
  return subsets.map((subset) => {
    const present = subset[field] ?? [];
    const kept = present.slice(0, Math.min(left, Math.ceil((present.length / total) * room)));
    left -= kept.length;
    const { addresses, ports } = subset;
    const ready = field === 'addresses' ? {} : { addresses };
    return { ...ready, ...(kept.length > 0 ? { [field]: kept } : {}), ports };
  });
}
