import type { BalancerMemory, SchedulerTurn } from '../proxy-backend.ts';
import { parseAddress } from '../../network/ipv4.ts';
import type { EndpointInfo } from '../endpoint-map.ts';
import type { VirtualServer } from './virtual-server.ts';

/** A destination of a virtual server, as the kernel has it. */
export interface RealServer {
  /** "10.244.1.3:8080" */
  readonly key: string;
  readonly address: string;
  readonly port: number;
  /** 0: it keeps its connections and gets no new ones. */
  readonly weight: 0 | 1;
  readonly active: number;
  readonly inactive: number;
  /** Undefined for a server whose endpoint is gone. */
  readonly endpoint: EndpointInfo | undefined;
}

/**
 * The endpoints, and those that were endpoints and still have connections: pkg/proxy/ipvs/graceful_termination.go. Only TCP's
 * are kept so. (kube-proxy looks once a minute whether the last connection is over; here they go with it.)
 */
export function realServersOf(server: VirtualServer, memory: BalancerMemory): readonly RealServer[] {
  const connections = memory.connectionsOf(server.key);
  const current = server.realServers.map((endpoint): RealServer => {
    const { active = 0, inactive = 0 } = connections.get(endpoint.key) ?? {};
    const { key, address, port } = endpoint;
    return { key, address, port, weight: 1, active, inactive, endpoint };
  });
  if (server.protocol !== 'tcp' || connections.size === 0) return current;
  const lingering: RealServer[] = [];
  for (const [key, { active, inactive }] of connections) {
    if (current.some((known) => known.key === key)) continue;
    const [address = '', port = ''] = key.split(':');
    lingering.push({ key, address, port: Number(port), weight: 0, active, inactive, endpoint: undefined });
  }
  return [...current, ...lingering];
}

/** The kernel's order: what has come later stands before what was there. `shuffled` gives those that come at once theirs. */
export function inKernelOrder(
  servers: readonly RealServer[],
  turn: SchedulerTurn | undefined,
  shuffled: (servers: readonly RealServer[]) => readonly RealServer[],
): readonly RealServer[] {
  const places = new Map(turn?.order.map((key, place) => [key, place]));
  const known = servers.filter(({ key }) => places.has(key));
  known.sort((a, b) => (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0));
  return known.length === servers.length
    ? known
    : [...shuffled(servers.filter(({ key }) => !places.has(key))), ...known];
}

/** The chosen servers that are still there. With a place in the list, the last one's predecessor stands in when it is gone. */
export function stillThere(
  turn: SchedulerTurn | undefined,
  servers: readonly RealServer[],
  hasPlace: boolean,
): readonly string[] {
  if (!turn) return [];
  const isThere = (key: string) => servers.some((server) => server.key === key);
  if (!hasPlace) return turn.used.filter(isThere);
  const before = turn.order.slice(0, turn.order.indexOf(turn.used[0] ?? '') + 1).findLast(isThere);
  return before === undefined ? [] : [before];
}

/** By address and port as ipvsadm sorts: it takes the difference of two addresses for a signed number. */
export function compareAddresses(
  a: { readonly address: string; readonly port: number },
  b: { readonly address: string; readonly port: number },
): number {
  return ((parseAddress(a.address) ?? 0) - (parseAddress(b.address) ?? 0)) | 0 || a.port - b.port;
}
