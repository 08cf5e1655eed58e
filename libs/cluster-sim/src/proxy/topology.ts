import type { EndpointInfo } from './endpoint-map.ts';
import type { ServicePortInfo } from './service-map.ts';

/** What a node's kube-proxy knows about its place. */
export interface NodePlace {
  readonly name: string;
  /** Label topology.kubernetes.io/zone; '' without it. */
  readonly zone: string;
}

/** The endpoints that a node uses, by traffic policy. */
export interface UsableEndpoints {
  readonly cluster: readonly EndpointInfo[];
  readonly local: readonly EndpointInfo[];
  /** Everything in either list. */
  readonly reachable: readonly EndpointInfo[];
  /** Whether the Service has a usable endpoint anywhere. */
  readonly any: boolean;
}

const none: readonly EndpointInfo[] = [];

function lingers(endpoint: EndpointInfo): boolean {
  return endpoint.serving && endpoint.terminating;
}

/** pkg/proxy/topology.go CategorizeEndpoints: ready ones, else (for each policy by itself) those that still serve. */
export function usableEndpoints(
  endpoints: readonly EndpointInfo[],
  port: ServicePortInfo,
  place: NodePlace,
): UsableEndpoints {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  const lingering = ready.length === 0 || port.usesLocalEndpoints ? endpoints.filter(lingers) : none;
  const hinted = port.usesClusterEndpoints ? byHints(ready, place) : none;
  const cluster = port.usesClusterEndpoints ? (hinted.length > 0 ? hinted : lingering) : none;
  if (!port.usesLocalEndpoints) return { cluster, local: none, reachable: cluster, any: cluster.length > 0 };

  const isLocal = (endpoint: EndpointInfo) => endpoint.nodeName === place.name;
  const localReady = ready.filter(isLocal);
  const local = localReady.length > 0 ? localReady : lingering.filter(isLocal);
  return { cluster, local, reachable: union(cluster, local), any: ready.length > 0 || lingering.length > 0 };
}

/** Hints count only when every ready endpoint has one and one of them is for this node, or else for this zone. */
function byHints(ready: readonly EndpointInfo[], place: NodePlace): readonly EndpointInfo[] {
  const forNode = ready.filter((endpoint) => endpoint.nodeHints.includes(place.name));
  if (forNode.length > 0 && ready.every((endpoint) => endpoint.nodeHints.length > 0)) return forNode;
  const forZone = ready.filter((endpoint) => endpoint.zoneHints.includes(place.zone));
  if (forZone.length > 0 && ready.every((endpoint) => endpoint.zoneHints.length > 0)) return forZone;
  return ready;
}

function union(first: readonly EndpointInfo[], second: readonly EndpointInfo[]): readonly EndpointInfo[] {
  const missing = second.filter((endpoint) => !first.includes(endpoint));
  if (missing.length === 0) return first;
  return [...first, ...missing].sort((a, b) => (a.key < b.key ? -1 : 1));
}
