import type { Endpoint, EndpointSlice } from '@kubedrill/kube-model';
import { formatAddress, parseAddress } from '../network/ipv4.ts';
import type { LowerProtocol, ServicePortInfo } from './service-map.ts';

/** One endpoint of a Service port: pkg/proxy/endpoint.go BaseEndpointInfo, and where it comes from. */
export interface EndpointInfo {
  readonly address: string;
  readonly port: number;
  /** "address:port", by which endpoints are sorted and told apart. */
  readonly key: string;
  readonly nodeName: string | undefined;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly zoneHints: readonly string[];
  readonly nodeHints: readonly string[];
  readonly slice: EndpointSlice;
  /** Position in the slice's endpoints. */
  readonly index: number;
}

const proxyNameLabel = 'service.kubernetes.io/service-proxy-name';
const headlessLabel = 'service.kubernetes.io/headless';

/** Whether kube-proxy watches the slice at all: label selectors and family in cmd/kube-proxy/app/server.go. */
export function isProxiedSlice(slice: EndpointSlice): boolean {
  if (slice.addressType !== 'IPv4') return false;
  const labels = slice.metadata.labels;
  return !labels || (!Object.hasOwn(labels, headlessLabel) && !Object.hasOwn(labels, proxyNameLabel));
}

/** The port's endpoints, sorted: pkg/proxy/endpointslicecache.go. A slice's port belongs to it by name and protocol. */
export function endpointsOf(port: ServicePortInfo, slices: readonly EndpointSlice[]): readonly EndpointInfo[] {
  const found = new Map<string, EndpointInfo>();
  for (const slice of slices) {
    if (!isProxiedSlice(slice)) continue;
    for (const slicePort of slice.ports ?? []) {
      if ((slicePort.name ?? '') !== port.portName || !slicePort.port) continue;
      if (((slicePort.protocol ?? 'TCP').toLowerCase() as LowerProtocol) !== port.protocol) continue;
      addEndpoints(found, slice, slicePort.port);
    }
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function addEndpoints(found: Map<string, EndpointInfo>, slice: EndpointSlice, port: number): void {
  (slice.endpoints ?? []).forEach((endpoint, index) => {
    const info = endpointInfo(endpoint, slice, index, port);
    // Two pods can share an address for a moment, when the older one is terminating: the other one counts.
    if (info && (!found.has(info.key) || !info.terminating)) found.set(info.key, info);
  });
}

function endpointInfo(endpoint: Endpoint, slice: EndpointSlice, index: number, port: number): EndpointInfo | undefined {
  const value = parseAddress(endpoint.addresses[0] ?? '');
  if (value === undefined) return undefined;
  const address = formatAddress(value);
  const { ready, serving, terminating } = endpoint.conditions ?? {};
  return {
    address,
    port,
    key: `${address}:${port}`,
    nodeName: endpoint.nodeName,
    ready: ready ?? true,
    serving: serving ?? true,
    terminating: terminating ?? false,
    zoneHints: endpoint.hints?.forZones?.map(({ name }) => name) ?? [],
    nodeHints: endpoint.hints?.forNodes?.map(({ name }) => name) ?? [],
    slice,
    index,
  };
}

interface KnownEndpoints {
  readonly slices: readonly EndpointSlice[];
  readonly endpoints: readonly EndpointInfo[];
}

const known = new WeakMap<ServicePortInfo, KnownEndpoints>();

/** `endpointsOf`, computed once for all nodes while the slices stay the same objects. */
export function cachedEndpointsOf(port: ServicePortInfo, slices: readonly EndpointSlice[]): readonly EndpointInfo[] {
  const entry = known.get(port);
  if (entry && sameSlices(entry.slices, slices)) return entry.endpoints;
  const endpoints = endpointsOf(port, slices);
  known.set(port, { slices, endpoints });
  return endpoints;
}

export function sameSlices(a: readonly EndpointSlice[], b: readonly EndpointSlice[]): boolean {
  return a.length === b.length && a.every((slice, index) => slice === b[index]);
}
