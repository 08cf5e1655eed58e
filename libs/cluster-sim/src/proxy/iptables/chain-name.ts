import { chainHash } from '../chain-hash.ts';
import type { EndpointInfo } from '../endpoint-map.ts';
import type { ServicePortInfo } from '../service-map.ts';
import type { Chain, Rule } from './rule.ts';

/** KUBE-SVC: by policy Cluster, KUBE-SVL: Local, KUBE-FW: allowed sources of a load balancer, KUBE-EXT: from outside, KUBE-SEP: an endpoint. */
export type ChainPrefix = 'KUBE-SVC' | 'KUBE-SVL' | 'KUBE-FW' | 'KUBE-EXT' | 'KUBE-SEP';

/** A chain of one Service port. Its name is worked out when somebody reads it: packets do not. */
export class PortChain implements Chain {
  readonly rules: readonly Rule[];
  private readonly prefix: ChainPrefix;
  private readonly port: ServicePortInfo;
  private readonly endpoint: EndpointInfo | undefined;
  private known: string | undefined;

  constructor(prefix: ChainPrefix, port: ServicePortInfo, rules: readonly Rule[], endpoint?: EndpointInfo) {
    this.prefix = prefix;
    this.port = port;
    this.rules = rules;
    this.endpoint = endpoint;
  }

  get name(): string {
    return (this.known ??= chainName(this.prefix, this.port, this.endpoint));
  }
}

/** portProtoHash and servicePortEndpointChainName of pkg/proxy/iptables/proxier.go. */
export function chainName(prefix: ChainPrefix, port: ServicePortInfo, endpoint?: EndpointInfo): string {
  return `${prefix}-${chainHash(port.name + port.protocol + (endpoint?.key ?? ''))}`;
}
