import { followedBy } from '../hook-sequence.ts';
import { ServiceCompiler } from '../incremental-compile.ts';
import type { Hook, Packet } from '../packet.ts';
import type { HookResult, NodeRules, ProxyBackend, ProxyNode, RuleWalk } from '../proxy-backend.ts';
import {
  canary,
  filterHooks,
  forward,
  kubeletFirewall,
  markMasquerade,
  natHooks,
  postrouting,
  toNodePorts,
} from './base-chains.ts';
import { DispatchChain } from './dispatch-chain.ts';
import { printChain } from './printer.ts';
import { walkChain } from './rule-walk.ts';
import type { Chain, Rule } from './rule.ts';
import { compileService, isSameEverywhere, type ServiceRules } from './service-rules.ts';

/** Tables nat and filter of one node. */
class IptablesRules implements NodeRules {
  readonly node: ProxyNode;
  readonly byService: ReadonlyMap<string, ServiceRules>;
  private readonly natHooks: readonly Chain[];
  private readonly filterHooks: readonly Chain[];
  private readonly natShared: readonly Chain[];
  private readonly filterShared: readonly Chain[];
  private readonly at: string;

  constructor(node: ProxyNode, byService: ReadonlyMap<string, ServiceRules>) {
    this.node = node;
    this.byService = byService;
    this.at = `node ${node.name}`;
    const all = [...byService.values()];
    const gather = (select: (rules: ServiceRules) => readonly Rule[]) => all.map(select);

    const nodePorts = new DispatchChain(
      'KUBE-NODEPORTS',
      gather((rules) => rules.nat.nodePorts),
    );
    const services = new DispatchChain(
      'KUBE-SERVICES',
      gather((rules) => rules.nat.services),
      [toNodePorts(nodePorts)],
    );
    this.natHooks = natHooks({ services, nodePorts });
    this.natShared = [markMasquerade, nodePorts, postrouting, canary, services];

    const filter = {
      services: new DispatchChain(
        'KUBE-SERVICES',
        gather((rules) => rules.filter.services),
      ),
      nodePorts: new DispatchChain(
        'KUBE-NODEPORTS',
        gather((rules) => rules.filter.nodePorts),
      ),
      external: new DispatchChain(
        'KUBE-EXTERNAL-SERVICES',
        gather((rules) => rules.filter.external),
      ),
      firewall: new DispatchChain(
        'KUBE-PROXY-FIREWALL',
        gather((rules) => rules.filter.firewall),
      ),
    };
    this.filterHooks = filterHooks(filter);
    this.filterShared = [
      filter.external,
      kubeletFirewall,
      forward,
      filter.nodePorts,
      canary,
      filter.firewall,
      filter.services,
    ];
  }

  traverse(hook: Hook, packet: Packet, walk: RuleWalk): readonly HookResult[] {
    switch (hook) {
      case 'prerouting':
        return this.meet(this.natHooks, 'PREROUTING', packet, walk);
      case 'postrouting':
        return this.meet(this.natHooks, 'POSTROUTING', packet, walk);
      case 'input':
        return this.meet(this.filterHooks, 'INPUT', packet, walk);
      case 'forward':
        return this.meet(this.filterHooks, 'FORWARD', packet, walk);
      case 'output':
        return followedBy(this.meet(this.natHooks, 'OUTPUT', packet, walk), (passing) =>
          this.meet(this.filterHooks, 'OUTPUT', passing, walk),
        );
    }
  }

  print(): string {
    const own = [...this.byService.values()].flatMap((rules) => rules.chains);
    const lines = [
      ...printTable('nat', this.natHooks, [...this.natShared, ...own]),
      ...printTable('filter', this.filterHooks, this.filterShared),
    ];
    return lines.map((line) => `${line}\n`).join('');
  }

  binds(): boolean {
    return false;
  }

  hasVirtualServer(): boolean {
    return false;
  }

  affinityLists(): ReadonlySet<string> {
    const rules = [...this.byService.values()].flatMap(({ chains }) => chains.flatMap((chain) => chain.rules));
    const lists = new Set<string>();
    for (const { matches } of rules) {
      for (const match of matches) if (match.kind === 'recentSet') lists.add(match.list);
    }
    return lists;
  }

  private meet(hooks: readonly Chain[], name: string, packet: Packet, walk: RuleWalk): HookResult[] {
    const chain = hooks.find((candidate) => candidate.name === name);
    if (!chain) throw new Error(`no built-in chain ${name}`);
    return walkChain(chain, packet, walk, this.at);
  }
}

/** Built-in chains first, then the others by name, as libiptc keeps them. */
function printTable(table: string, hooks: readonly Chain[], chains: readonly Chain[]): string[] {
  const sorted = [...chains].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    `*${table}`,
    ...sorted.map((chain) => `:${chain.name} - [0:0]`),
    ...[...hooks, ...sorted].flatMap(printChain),
  ];
}

const compiler = new ServiceCompiler(compileService, isSameEverywhere);

export const iptablesBackend: ProxyBackend = {
  mode: 'iptables',
  bindsAddresses: false,
  nodePortAddresses: 'all',
  // xt_recent's ip_list_tot.
  clientsPerList: 100,
  compile(node, services, previous) {
    const before = previous instanceof IptablesRules ? previous : undefined;
    const byService = compiler.changed(node, services, before);
    return before && !byService ? before : new IptablesRules(node, byService ?? new Map());
  },
};
