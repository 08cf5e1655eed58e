import { contains, parseRange, type AddressRange } from '../../network/ipv4.ts';
import type { MatchedSet } from '../iptables/rule.ts';
import type { Packet } from '../packet.ts';
import type { LowerProtocol } from '../service-map.ts';

/** The ipsets that hold what differs from Service to Service: pkg/proxy/ipvs/ipset.go and ipsetInfo in proxier.go. */
const definitions = {
  'KUBE-LOOP-BACK': {
    type: 'hash:ip,port,ip',
    comment: 'Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose',
  },
  'KUBE-CLUSTER-IP': { type: 'hash:ip,port', comment: 'Kubernetes service cluster ip + port for masquerade purpose' },
  'KUBE-EXTERNAL-IP': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service external ip + port for masquerade and filter purpose',
  },
  'KUBE-EXTERNAL-IP-LOCAL': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service external ip + port with externalTrafficPolicy=local',
  },
  'KUBE-LOAD-BALANCER': { type: 'hash:ip,port', comment: 'Kubernetes service lb portal' },
  'KUBE-LOAD-BALANCER-FW': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service load balancer ip + port for load balancer with sourceRange',
  },
  'KUBE-LOAD-BALANCER-LOCAL': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service load balancer ip + port with externalTrafficPolicy=local',
  },
  'KUBE-LOAD-BALANCER-SOURCE-IP': {
    type: 'hash:ip,port,ip',
    comment: 'Kubernetes service load balancer ip + port + source IP for packet filter purpose',
  },
  'KUBE-LOAD-BALANCER-SOURCE-CIDR': {
    type: 'hash:ip,port,net',
    comment: 'Kubernetes service load balancer ip + port + source cidr for packet filter purpose',
  },
  'KUBE-NODE-PORT-TCP': { type: 'bitmap:port', comment: 'Kubernetes nodeport TCP port for masquerade purpose' },
  'KUBE-NODE-PORT-LOCAL-TCP': {
    type: 'bitmap:port',
    comment: 'Kubernetes nodeport TCP port with externalTrafficPolicy=local',
  },
  'KUBE-NODE-PORT-UDP': { type: 'bitmap:port', comment: 'Kubernetes nodeport UDP port for masquerade purpose' },
  'KUBE-NODE-PORT-LOCAL-UDP': {
    type: 'bitmap:port',
    comment: 'Kubernetes nodeport UDP port with externalTrafficPolicy=local',
  },
  'KUBE-NODE-PORT-SCTP-HASH': {
    type: 'hash:ip,port',
    comment: "Kubernetes nodeport SCTP port for masquerade purpose with type 'hash ip:port'",
  },
  'KUBE-NODE-PORT-LOCAL-SCTP-HASH': {
    type: 'hash:ip,port',
    comment: "Kubernetes nodeport SCTP port with externalTrafficPolicy=local with type 'hash ip:port'",
  },
  'KUBE-HEALTH-CHECK-NODE-PORT': { type: 'bitmap:port', comment: 'Kubernetes health check node port' },
  'KUBE-IPVS-IPS': { type: 'hash:ip', comment: 'Addresses on the ipvs interface' },
} as const;

export type IpSetName = keyof typeof definitions;

/** An entry as `ipset list` prints it, and the set it belongs to. */
export type IpSetEntry = readonly [IpSetName, string];

export const ipSetNames = Object.keys(definitions) as readonly IpSetName[];

interface NodePortSets {
  readonly all: IpSetName;
  /** Those under externalTrafficPolicy Local. */
  readonly local: IpSetName;
  /** What a rule looks up in them. */
  readonly fields: 'dst' | 'dst,dst';
}

export const nodePortSets: { readonly [P in LowerProtocol]: NodePortSets } = {
  tcp: { all: 'KUBE-NODE-PORT-TCP', local: 'KUBE-NODE-PORT-LOCAL-TCP', fields: 'dst' },
  udp: { all: 'KUBE-NODE-PORT-UDP', local: 'KUBE-NODE-PORT-LOCAL-UDP', fields: 'dst' },
  sctp: { all: 'KUBE-NODE-PORT-SCTP-HASH', local: 'KUBE-NODE-PORT-LOCAL-SCTP-HASH', fields: 'dst,dst' },
};

export class IpSet implements MatchedSet {
  readonly name: IpSetName;
  private readonly entries = new Set<string>();
  /** Of a set with ranges: what stands before the last comma -> the ranges. */
  private readonly ranges = new Map<string, AddressRange[]>();

  constructor(name: IpSetName) {
    this.name = name;
  }

  get comment(): string {
    return definitions[this.name].comment;
  }

  get isEmpty(): boolean {
    return this.entries.size === 0;
  }

  add(entry: string): void {
    if (this.entries.has(entry)) return;
    this.entries.add(entry);
    if (definitions[this.name].type !== 'hash:ip,port,net') return;
    const comma = entry.lastIndexOf(',');
    const range = parseRange(entry.slice(comma + 1));
    const key = entry.slice(0, comma);
    if (range) this.ranges.set(key, [...(this.ranges.get(key) ?? []), range]);
  }

  /** The last dimension of three is the source; all others are the destination. */
  has(packet: Packet): boolean {
    if (this.isEmpty) return false;
    const { protocol, source, destination, destinationPort } = packet;
    const portal = `${destination},${protocol.toLowerCase()}:${destinationPort}`;
    switch (definitions[this.name].type) {
      case 'hash:ip':
        return this.entries.has(destination);
      case 'hash:ip,port':
        return this.entries.has(portal);
      case 'hash:ip,port,ip':
        return this.entries.has(`${portal},${source}`);
      case 'hash:ip,port,net':
        return (this.ranges.get(portal) ?? []).some((range) => contains(range, source));
      case 'bitmap:port':
        // The kernel takes ports for it from TCP and UDP alone (ip_set_get_ip_port).
        return (protocol === 'TCP' || protocol === 'UDP') && this.entries.has(`${destinationPort}`);
    }
  }
}

export type IpSets = { readonly [N in IpSetName]: IpSet };

/** All sets of a node: kube-proxy makes them even where they stay empty. */
export function ipSetsOf(entries: Iterable<IpSetEntry>): IpSets {
  const sets = Object.fromEntries(ipSetNames.map((name) => [name, new IpSet(name)])) as { [N in IpSetName]: IpSet };
  for (const [name, entry] of entries) sets[name].add(entry);
  return sets;
}
