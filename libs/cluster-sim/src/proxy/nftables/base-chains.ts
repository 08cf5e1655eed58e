import type { ProxyNode } from '../proxy-backend.ts';
import type { ServicePortInfo } from '../service-map.ts';
import type { Chain, Match, Rule } from './rule.ts';

/** The chains that are the same whatever Services there are: pkg/proxy/nftables/proxier.go setupNFTables. */

export const rejectChain: Chain = {
  name: 'reject-chain',
  comment: 'helper for @no-endpoint-services / @no-endpoint-nodeports',
  rules: [{ matches: [], action: { kind: 'reject' } }],
};

const isNew: Match = { kind: 'new' };

const nodePortCheck: Chain = {
  name: 'nodeport-endpoints-check',
  rules: [
    {
      matches: [{ kind: 'destinationInSet', set: 'nodeport-ips' }],
      action: { kind: 'lookup', map: 'no-endpoint-nodeports', by: 'port' },
    },
  ],
};

const serviceCheck: Chain = {
  name: 'service-endpoints-check',
  rules: [{ matches: [], action: { kind: 'lookup', map: 'no-endpoint-services', by: 'address' } }],
};

const firewallCheck: Chain = {
  name: 'firewall-check',
  rules: [{ matches: [], action: { kind: 'lookup', map: 'firewall-ips', by: 'address' } }],
};

const masquerading: Chain = {
  name: 'masquerading',
  rules: [
    { matches: [{ kind: 'marked' }], action: { kind: 'clearMarkAndMasquerade' } },
    { matches: [{ kind: 'hairpin' }], action: { kind: 'masquerade' } },
  ],
};

/** Base chains by name, and the chains that they jump to. */
export interface BaseChains {
  readonly base: ReadonlyMap<string, Chain>;
  readonly helpers: readonly Chain[];
}

/** `ports`: by cluster IP, to name the Service whose port is not declared. */
export function baseChains(node: ProxyNode, ports: ReadonlyMap<string, ServicePortInfo>): BaseChains {
  const services = servicesChain(node);
  const clusterIPs = clusterIPsCheck(node, ports);
  const check = (chain: Chain): Rule => ({ matches: [isNew], action: { kind: 'jump', chain } });
  const jump = (chain: Chain): Rule => ({ matches: [], action: { kind: 'jump', chain } });
  const chains: Chain[] = [
    base('filter-prerouting-pre-dnat', 'filter hook prerouting priority dstnat - 10', [check(firewallCheck)]),
    base('filter-output-pre-dnat', 'filter hook output priority -110', [check(firewallCheck)]),
    base('filter-input', 'filter hook input priority filter', [check(nodePortCheck), check(serviceCheck)]),
    base('filter-forward', 'filter hook forward priority filter', [check(serviceCheck), check(clusterIPs)]),
    base('filter-output', 'filter hook output priority filter', [check(serviceCheck), check(clusterIPs)]),
    base('nat-prerouting', 'nat hook prerouting priority dstnat', [jump(services)]),
    base('nat-output', 'nat hook output priority -100', [jump(services)]),
    base('nat-postrouting', 'nat hook postrouting priority srcnat', [jump(masquerading)]),
  ];
  return {
    base: new Map(chains.map((chain) => [chain.name, chain])),
    helpers: [nodePortCheck, serviceCheck, firewallCheck, services, masquerading, clusterIPs, rejectChain],
  };
}

function base(name: string, hook: string, rules: readonly Rule[]): Chain {
  return { name, base: `type ${hook}; policy accept;`, rules };
}

function servicesChain({ podRange }: ProxyNode): Chain {
  return {
    name: 'services',
    rules: [
      {
        matches: [
          { kind: 'destinationInSet', set: 'cluster-ips' },
          { kind: 'source', range: podRange, negated: true },
        ],
        action: { kind: 'setMark' },
        comment: 'masquerade clusterIP traffic from outside cluster',
      },
      { matches: [], action: { kind: 'lookup', map: 'service-ips', by: 'address' } },
      {
        matches: [{ kind: 'destinationInSet', set: 'nodeport-ips' }],
        action: { kind: 'lookup', map: 'service-nodeports', by: 'port' },
      },
    ],
  };
}

/** What no Service took on its way here has no business at a cluster IP. */
function clusterIPsCheck({ serviceRanges }: ProxyNode, ports: ReadonlyMap<string, ServicePortInfo>): Chain {
  const rules: Rule[] = [
    {
      matches: [{ kind: 'destinationInSet', set: 'cluster-ips' }],
      action: { kind: 'reject' },
      comment: 'Reject traffic to invalid ports of ClusterIPs',
      origin: { kind: 'undeclaredPort', ports },
    },
  ];
  if (serviceRanges.length > 0) {
    rules.push({
      matches: [{ kind: 'destinationIn', ranges: serviceRanges }],
      action: { kind: 'drop' },
      comment: 'Drop traffic to unallocated ClusterIPs',
      origin: { kind: 'unallocated' },
    });
  }
  return { name: 'cluster-ips-check', rules };
}
