import type { EndpointInfo } from '../endpoint-map.ts';
import type { Packet } from '../packet.ts';
import type { ServiceAddressKind } from '../rule-origin.ts';
import type { LowerProtocol, ServicePortInfo } from '../service-map.ts';

/** An address and port that the kernel balances: pkg/proxy/ipvs/util/ipvs.go VirtualServer. */
export interface VirtualServer {
  /** "10.96.0.1:443/TCP", by which kube-proxy and the kernel tell them apart. */
  readonly key: string;
  readonly address: string;
  readonly port: number;
  readonly protocol: LowerProtocol;
  readonly by: ServiceAddressKind;
  readonly servicePort: ServicePortInfo;
  /** The endpoints that get new connections: weight 1. */
  readonly realServers: readonly EndpointInfo[];
  /** All endpoints of the Service port, usable or not: why there are no real servers. */
  readonly endpoints: readonly EndpointInfo[];
}

export function virtualServerKey(address: string, port: number, protocol: Packet['protocol']): string {
  return `${address}:${port}/${protocol}`;
}

/** The name under which the kernel remembers a client's real server: a persistence template. */
export function templateOf({ key }: VirtualServer, realServer: string): string {
  return `${key}/${realServer}`;
}
