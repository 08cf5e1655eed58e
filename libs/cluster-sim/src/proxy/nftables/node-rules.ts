import { followedBy } from '../hook-sequence.ts';
import { ServiceCompiler } from '../incremental-compile.ts';
import type { Hook, Packet } from '../packet.ts';
import type { HookResult, NodeRules, ProxyBackend, ProxyNode, RuleWalk } from '../proxy-backend.ts';
import type { ServicePortInfo } from '../service-map.ts';
import { baseChains, type BaseChains } from './base-chains.ts';
import { printAffinitySet, printChain, printElement, printSet } from './printer.ts';
import { walkChain, type TableObjects } from './rule-walk.ts';
import type { MapElement, MapName } from './rule.ts';
import { compileService, type ServiceRules } from './service-rules.ts';

/** The base chains of each hook, in the order of their priorities. */
const chainsOfHook: { readonly [H in Hook]: readonly string[] } = {
  prerouting: ['filter-prerouting-pre-dnat', 'nat-prerouting'],
  input: ['filter-input'],
  forward: ['filter-forward'],
  output: ['filter-output-pre-dnat', 'nat-output', 'filter-output'],
  postrouting: ['nat-postrouting'],
};

const byAddress = 'ipv4_addr . inet_proto . inet_service : verdict';
const byPort = 'inet_proto . inet_service : verdict';

const maps: readonly { readonly name: MapName; readonly type: string; readonly comment: string }[] = [
  {
    name: 'no-endpoint-services',
    type: byAddress,
    comment: 'vmap to drop or reject packets to services with no endpoints',
  },
  {
    name: 'no-endpoint-nodeports',
    type: byPort,
    comment: 'vmap to drop or reject packets to service nodeports with no endpoints',
  },
  { name: 'firewall-ips', type: byAddress, comment: 'destinations that are subject to LoadBalancerSourceRanges' },
  { name: 'service-ips', type: byAddress, comment: 'ClusterIP, ExternalIP and LoadBalancer IP traffic' },
  { name: 'service-nodeports', type: byPort, comment: 'NodePort traffic' },
];

/** Table kube-proxy of one node. */
class NftablesRules implements NodeRules {
  readonly node: ProxyNode;
  readonly byService: ReadonlyMap<string, ServiceRules>;
  private readonly chains: BaseChains;
  private readonly objects: TableObjects;
  private readonly clusterIPs: ReadonlyMap<string, ServicePortInfo>;
  private readonly at: string;

  constructor(node: ProxyNode, byService: ReadonlyMap<string, ServiceRules>) {
    this.node = node;
    this.byService = byService;
    this.at = `node ${node.name}`;
    const clusterIPs = new Map<string, ServicePortInfo>();
    const elements = new Map<MapName, Map<string, MapElement>>(maps.map(({ name }) => [name, new Map()]));
    const hairpins = new Set<string>();
    for (const rules of byService.values()) {
      for (const port of rules.clusterIPs) clusterIPs.set(port.clusterIP, port);
      for (const [map, element] of rules.elements) elements.get(map)?.set(element.key, element);
      for (const key of rules.hairpins) hairpins.add(key);
    }
    this.clusterIPs = clusterIPs;
    this.chains = baseChains(node, clusterIPs);
    this.objects = {
      sets: new Map<'cluster-ips' | 'nodeport-ips', ReadonlySet<string> | ReadonlyMap<string, unknown>>([
        ['cluster-ips', clusterIPs],
        // --nodeport-addresses defaults to "primary" in this mode: cmd/kube-proxy/app/server_linux.go.
        ['nodeport-ips', new Set([node.address])],
      ]),
      maps: elements,
      hairpins,
    };
  }

  traverse(hook: Hook, packet: Packet, walk: RuleWalk): readonly HookResult[] {
    const [first = '', ...others] = chainsOfHook[hook];
    let results: readonly HookResult[] = this.meet(first, packet, walk);
    for (const name of others) results = followedBy(results, (passing) => this.meet(name, passing, walk));
    return results;
  }

  print(): string {
    const services = [...this.byService.values()];
    const parts = [
      printSet(
        'set hairpin-connections',
        'ipv4_addr . ipv4_addr . inet_proto . inet_service',
        'service hairpin connections',
        [...this.objects.hairpins],
        1,
      ),
      printSet('set cluster-ips', 'ipv4_addr', 'Active ClusterIPs', [...this.clusterIPs.keys()], 2),
      printSet('set nodeport-ips', 'ipv4_addr', 'IPs that accept NodePort traffic', [this.node.address], 2),
      ...maps.map(({ name, type, comment }) =>
        printSet(`map ${name}`, type, comment, [...(this.objects.maps.get(name)?.values() ?? [])].map(printElement), 1),
      ),
      ...services.flatMap(({ affinitySets }) => affinitySets.map(printAffinitySet)),
      ...[...this.chains.base.values(), ...this.chains.helpers].map(printChain),
      ...services.flatMap(({ chains }) => chains.map(printChain)),
    ];
    return `table ip kube-proxy {\n\tcomment "rules for kube-proxy"\n${parts.join('\n\n')}\n}\n`;
  }

  binds(): boolean {
    return false;
  }

  hasVirtualServer(): boolean {
    return false;
  }

  affinityLists(): ReadonlySet<string> {
    const services = [...this.byService.values()];
    return new Set(services.flatMap(({ affinitySets }) => affinitySets.map(({ name }) => name)));
  }

  private meet(name: string, packet: Packet, walk: RuleWalk): HookResult[] {
    const chain = this.chains.base.get(name);
    if (!chain) throw new Error(`no base chain ${name}`);
    return walkChain(chain, packet, this.objects, walk, this.at);
  }
}

// A Service's rules name its endpoints on the node, to tell hairpin traffic apart.
const compiler = new ServiceCompiler(compileService, () => false);

export const nftablesBackend: ProxyBackend = {
  mode: 'nftables',
  bindsAddresses: false,
  nodePortAddresses: 'primary',
  // What a set has by default.
  clientsPerList: 65_535,
  compile(node, services, previous) {
    const before = previous instanceof NftablesRules ? previous : undefined;
    const byService = compiler.changed(node, services, before);
    return before && !byService ? before : new NftablesRules(node, byService ?? new Map());
  },
};
