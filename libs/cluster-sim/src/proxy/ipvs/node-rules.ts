import { one } from '../../network/ratio.ts';
import { followedBy } from '../hook-sequence.ts';
import { ServiceCompiler } from '../incremental-compile.ts';
import { walkChain } from '../iptables/rule-walk.ts';
import type { Chain } from '../iptables/rule.ts';
import type { Hook, Packet } from '../packet.ts';
import {
  noMemory,
  type BalancerMemory,
  type HookResult,
  type NodeRules,
  type ProxyBackend,
  type ProxyNode,
  type RuleWalk,
} from '../proxy-backend.ts';
import { balance } from './balance.ts';
import { ipvsChains, type IpvsChains } from './chains.ts';
import { IpvsHops } from './hops.ts';
import { ipSetsOf } from './ip-set.ts';
import { printTable } from './printer.ts';
import { schedulers, type IpvsScheduler } from './schedulers.ts';
import { compileService, type ServiceRules } from './service-rules.ts';
import { templateOf, virtualServerKey, type VirtualServer } from './virtual-server.ts';

/** Virtual servers of one node, and the chains and sets beside them. */
class IpvsRules implements NodeRules {
  readonly node: ProxyNode;
  readonly byService: ReadonlyMap<string, ServiceRules>;
  private readonly scheduler: IpvsScheduler;
  private readonly virtualServers = new Map<string, VirtualServer>();
  /** Addresses of the interface kube-ipvs0. */
  private readonly bound = new Set<string>();
  private readonly chains: IpvsChains;
  private readonly hops: IpvsHops;
  private readonly at: string;

  constructor(node: ProxyNode, byService: ReadonlyMap<string, ServiceRules>) {
    this.node = node;
    this.byService = byService;
    this.at = `node ${node.name}`;
    this.scheduler = node.ipvsScheduler ?? 'rr';
    const services = [...byService.values()];
    for (const { virtualServers, boundAddresses } of services) {
      for (const server of virtualServers) this.virtualServers.set(server.key, server);
      for (const address of boundAddresses) this.bound.add(address);
    }
    const sets = ipSetsOf(services.flatMap(({ entries }) => entries));
    for (const address of this.bound) sets['KUBE-IPVS-IPS'].add(address);
    const guarded = services.flatMap((rules) => rules.guarded);
    this.chains = ipvsChains(sets, node.podRange, guarded);
    this.hops = new IpvsHops(this.at, this.scheduler, this.virtualServers);
  }

  traverse(hook: Hook, packet: Packet, walk: RuleWalk): readonly HookResult[] {
    const { prerouting, input, forward, natOutput, filterOutput, postrouting } = this.chains;
    const balanced = (passing: Packet) => this.balanced(passing, walk);
    switch (hook) {
      case 'prerouting':
        return this.meet(prerouting, packet, walk);
      case 'postrouting':
        return this.meet(postrouting, packet, walk);
      case 'forward':
        return this.meet(forward, packet, walk);
      case 'input':
        return followedBy(this.meet(input, packet, walk), balanced);
      case 'output': {
        // The filter stands behind the balancing and asks for the virtual server: the order makes no difference.
        const filtered = followedBy(this.meet(natOutput, packet, walk), (passing) =>
          this.meet(filterOutput, passing, walk),
        );
        return followedBy(filtered, balanced);
      }
    }
  }

  print(balancer: BalancerMemory = noMemory): string {
    return printTable([...this.virtualServers.values()], this.scheduler, balancer);
  }

  binds(address: string): boolean {
    return this.bound.has(address);
  }

  hasVirtualServer(key: string): boolean {
    return this.virtualServers.has(key);
  }

  affinityLists(): ReadonlySet<string> {
    const lists = new Set<string>();
    for (const server of this.virtualServers.values()) {
      if (server.servicePort.affinitySeconds === undefined) continue;
      for (const { key } of server.realServers) lists.add(templateOf(server, key));
    }
    return lists;
  }

  private meet(chain: Chain, packet: Packet, walk: RuleWalk): readonly HookResult[] {
    return walkChain(chain, packet, walk, this.at).map((result) => {
      if (result.verdict === 'accept') return result;
      const server = this.virtualServerOf(packet);
      const isDrop = result.verdict === 'drop' && server !== undefined;
      const filter = chain === this.chains.filterOutput ? 'KUBE-IPVS-OUT-FILTER' : 'KUBE-SOURCE-RANGES-FIREWALL';
      const hop = isDrop ? this.hops.dropped(packet, server, filter) : this.hops.rejected(packet);
      return { ...result, hops: [...result.hops, hop] };
    });
  }

  /** net/netfilter/ipvs/ip_vs_core.c ip_vs_in: behind the filters of input, and of what the node sends itself. */
  private balanced(packet: Packet, walk: RuleWalk): readonly HookResult[] {
    const passed: HookResult = {
      verdict: 'accept',
      packet,
      probability: one,
      masquerade: false,
      hops: [],
      marks: [],
    };
    const server = this.virtualServerOf(packet);
    if (!server) return [passed];
    const recognized = this.hops.recognized(server);
    const choices = balance(server, schedulers[this.scheduler], packet, walk);
    // ip_vs_leave: nobody to send it to, which the client is told by ICMP.
    if (choices.length === 0) return [{ ...passed, verdict: 'reject', hops: [recognized, this.hops.unserved(server)] }];
    return choices.map((choice) => {
      const { address: destination, port: destinationPort } = choice.server;
      return {
        ...passed,
        packet: { ...packet, destination, destinationPort, translated: true },
        probability: choice.probability,
        hops: [recognized, ...this.hops.sent(server, choice)],
        marks: choice.marks,
      };
    });
  }

  private virtualServerOf({ destination, destinationPort, protocol, translated }: Packet): VirtualServer | undefined {
    // What this node has balanced already is not looked at again.
    return translated ? undefined : this.virtualServers.get(virtualServerKey(destination, destinationPort, protocol));
  }
}

// A Service's rules name the addresses of the node and its endpoints there.
const compiler = new ServiceCompiler(compileService, () => false);

export const ipvsBackend: ProxyBackend = {
  mode: 'ipvs',
  bindsAddresses: true,
  nodePortAddresses: 'all',
  // Templates are bounded by memory alone; here by as many as there are ports.
  clientsPerList: 65_535,
  compile(node, services, previous) {
    const before = previous instanceof IpvsRules ? previous : undefined;
    const byService = compiler.changed(node, services, before);
    return before && !byService ? before : new IpvsRules(node, byService ?? new Map());
  },
};
