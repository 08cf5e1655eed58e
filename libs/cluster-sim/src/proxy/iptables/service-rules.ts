import { rangeOf, parseAddress, contains, type AddressRange } from '../../network/ipv4.ts';
import { cachedEndpointsOf, type EndpointInfo } from '../endpoint-map.ts';
import { plansOf, type PortPlan } from '../port-plan.ts';
import type { ProxiedService, ProxyNode } from '../proxy-backend.ts';
import type { ServiceAddressKind } from '../rule-origin.ts';
import { servicePorts, type ServicePortInfo } from '../service-map.ts';
import type { UsableEndpoints } from '../topology.ts';
import { markMasquerade } from './base-chains.ts';
import { PortChain, type ChainPrefix } from './chain-name.ts';
import { endpointChain } from './endpoint-chain.ts';
import type { Chain, Match, Rule, Target } from './rule.ts';

/** What one Service adds to a node's tables: rules for the shared chains, and chains of its own. */
export interface ServiceRules {
  readonly source: ProxiedService;
  readonly nat: { readonly services: readonly Rule[]; readonly nodePorts: readonly Rule[] };
  readonly filter: {
    readonly services: readonly Rule[];
    readonly external: readonly Rule[];
    readonly nodePorts: readonly Rule[];
    readonly firewall: readonly Rule[];
  };
  readonly chains: readonly Chain[];
}

interface Draft {
  readonly nat: { readonly services: Rule[]; readonly nodePorts: Rule[] };
  readonly filter: {
    readonly services: Rule[];
    readonly external: Rule[];
    readonly nodePorts: Rule[];
    readonly firewall: Rule[];
  };
  readonly chains: Chain[];
}

/** The rules that pkg/proxy/iptables/proxier.go syncProxyRules writes for one Service. */
export function compileService(source: ProxiedService, node: ProxyNode): ServiceRules {
  const draft: Draft = {
    nat: { services: [], nodePorts: [] },
    filter: { services: [], external: [], nodePorts: [], firewall: [] },
    chains: [],
  };
  for (const plan of plansOf(source, node)) compilePort(draft, new PortCompiler(plan, node));
  return { source, ...draft };
}

/** Whether nothing in the rules depends on the node: no local endpoints, no hints, no own address among the allowed ones. */
export function isSameEverywhere({ service, slices }: ProxiedService): boolean {
  return servicePorts(service).every(
    (port) =>
      !port.usesLocalEndpoints &&
      port.sourceRanges.length === 0 &&
      cachedEndpointsOf(port, slices).every(({ zoneHints, nodeHints }) => zoneHints.length + nodeHints.length === 0),
  );
}

function compilePort(draft: Draft, compiler: PortCompiler): void {
  compiler.captureClusterIP(draft);
  compiler.captureExternalIPs(draft);
  compiler.captureLoadBalancer(draft);
  compiler.captureNodePort(draft);
  compiler.acceptHealthChecks(draft);
  draft.chains.push(...compiler.chains());
}

function host(address: string): AddressRange {
  return rangeOf(parseAddress(address) ?? 0, 32);
}

function comment(text: string): Match {
  return { kind: 'comment', text };
}

const localnet = rangeOf(0x7f000000, 8);

/** One port of one Service on one node. */
class PortCompiler {
  private readonly port: ServicePortInfo;
  private readonly node: ProxyNode;
  private readonly endpoints: readonly EndpointInfo[];
  private readonly usable: UsableEndpoints;
  private readonly cluster: Chain | undefined;
  private readonly local: Chain | undefined;
  private readonly external: Chain | undefined;
  private readonly firewall: Chain | undefined;
  private readonly hasInternal: boolean;
  private readonly hasExternal: boolean;

  constructor(plan: PortPlan, node: ProxyNode) {
    const { port, usable } = plan;
    this.port = port;
    this.node = node;
    this.endpoints = plan.endpoints;
    this.usable = usable;
    this.hasInternal = plan.hasInternal;
    this.hasExternal = plan.hasExternal;
    const { any, cluster, local } = usable;
    this.cluster = cluster.length > 0 ? this.policyChain('KUBE-SVC', cluster, !port.internalPolicyLocal) : undefined;
    this.local = local.length > 0 ? this.policyChain('KUBE-SVL', local, port.internalPolicyLocal) : undefined;
    this.external = any && port.externallyAccessible ? this.externalChain() : undefined;
    const guarded = any && port.loadBalancerVIPs.length > 0 && port.sourceRanges.length > 0;
    this.firewall = guarded && this.external ? this.firewallChain(this.external) : undefined;
  }

  chains(): Chain[] {
    const own = [this.external, this.firewall, this.cluster, this.local].filter((chain) => chain !== undefined);
    return [...own, ...this.usable.reachable.map((endpoint) => endpointChain(this.port, endpoint))];
  }

  captureClusterIP(draft: Draft): void {
    const { clusterIP, internalPolicyLocal } = this.port;
    const chain = internalPolicyLocal ? this.local : this.cluster;
    if (this.hasInternal && chain) draft.nat.services.push(this.capture('clusterIP', clusterIP, 'cluster IP', chain));
    else draft.filter.services.push(this.refusal('internal', this.toAddress(clusterIP)));
  }

  captureExternalIPs(draft: Draft): void {
    for (const address of this.port.externalIPs) {
      if (this.external) draft.nat.services.push(this.capture('externalIP', address, 'external IP', this.external));
      if (!this.hasExternal) draft.filter.external.push(this.refusal('external', this.toAddress(address)));
    }
  }

  captureLoadBalancer(draft: Draft): void {
    const { name, loadBalancerVIPs } = this.port;
    const chain = this.firewall ?? this.external;
    for (const address of loadBalancerVIPs) {
      if (chain) draft.nat.services.push(this.capture('loadBalancerIP', address, 'loadbalancer IP', chain));
      if (this.firewall) {
        draft.filter.firewall.push({
          matches: [comment(`${name} traffic not accepted by ${this.firewall.name}`), ...this.toAddress(address)],
          target: { kind: 'drop' },
          origin: { kind: 'sourceRanges', port: this.port },
        });
      }
      if (!this.hasExternal) draft.filter.external.push(this.refusal('external', this.toAddress(address)));
    }
  }

  captureNodePort(draft: Draft): void {
    const { name, nodePort, protocol } = this.port;
    if (nodePort === 0) return;
    const match: Match = { kind: 'protocol', protocol, destinationPort: nodePort };
    if (this.external) {
      const target: Target = { kind: 'jump', chain: this.external };
      const origin = { kind: 'address', port: this.port, by: 'nodePort', address: '' } as const;
      const counted: Match = { kind: 'accounting', counter: 'localhost_nps_accepted_pkts' };
      const local: Match = { kind: 'destination', range: localnet };
      draft.nat.nodePorts.push({ matches: [comment(name), match, local, counted], target, origin });
      draft.nat.nodePorts.push({ matches: [comment(name), match], target, origin });
    }
    if (!this.hasExternal) {
      draft.filter.external.push(this.refusal('external', [{ kind: 'localAddress', side: 'destination' }, match]));
    }
  }

  acceptHealthChecks(draft: Draft): void {
    const { name, healthCheckNodePort } = this.port;
    if (healthCheckNodePort === 0) return;
    const match: Match = { kind: 'protocol', protocol: 'tcp', destinationPort: healthCheckNodePort };
    draft.filter.nodePorts.push({
      matches: [comment(`${name} health check node port`), match],
      target: { kind: 'accept' },
    });
  }

  private toAddress(address: string): Match[] {
    const { protocol, port } = this.port;
    return [
      { kind: 'protocol', protocol, destinationPort: port },
      { kind: 'destination', range: host(address) },
    ];
  }

  private capture(by: ServiceAddressKind, address: string, words: string, chain: Chain): Rule {
    return {
      matches: [comment(`${this.port.name} ${words}`), ...this.toAddress(address)],
      target: { kind: 'jump', chain },
      origin: { kind: 'address', port: this.port, by, address },
    };
  }

  /** REJECT where nobody serves the Service, DROP where only this node has nobody and the policy is Local. */
  private refusal(traffic: 'internal' | 'external', matches: readonly Match[]): Rule {
    const { name } = this.port;
    if (!this.usable.any) {
      const origin = { kind: 'noEndpoints', port: this.port, endpoints: this.endpoints } as const;
      return { matches: [comment(`${name} has no endpoints`), ...matches], target: { kind: 'reject' }, origin };
    }
    const origin = { kind: 'noLocalEndpoints', port: this.port, traffic, verdict: 'dropped' } as const;
    return { matches: [comment(`${name} has no local endpoints`), ...matches], target: { kind: 'drop' }, origin };
  }

  /** KUBE-SVC or KUBE-SVL: masquerade what comes from outside of the cluster to the cluster IP, then choose. */
  private policyChain(prefix: ChainPrefix, endpoints: readonly EndpointInfo[], servesClusterIP: boolean): Chain {
    const rules: Rule[] = [];
    if (servesClusterIP) {
      const outside: Match = { kind: 'source', range: this.node.podRange, negated: true };
      const matches = [outside, comment(`${this.port.name} cluster IP`), ...this.toAddress(this.port.clusterIP)];
      rules.push({ matches, target: { kind: 'jump', chain: markMasquerade } });
    }
    const count = endpoints.length;
    const { affinitySeconds } = this.port;
    if (affinitySeconds !== undefined) {
      for (const endpoint of endpoints) {
        const chain = endpointChain(this.port, endpoint);
        const check: Match = { kind: 'recentCheck', list: chain.name, seconds: affinitySeconds };
        rules.push(this.choice(endpoint, chain, [check], { by: 'affinity', count }));
      }
    }
    endpoints.forEach((endpoint, index) => {
      const draw: Match[] = index < count - 1 ? [{ kind: 'statistic', oneIn: count - index }] : [];
      rules.push(this.choice(endpoint, endpointChain(this.port, endpoint), draw, { by: 'chance', count }));
    });
    return new PortChain(prefix, this.port, rules);
  }

  private choice(
    endpoint: EndpointInfo,
    chain: Chain,
    matches: readonly Match[],
    how: { readonly by: 'chance' | 'affinity'; readonly count: number },
  ): Rule {
    return {
      matches: [comment(`${this.port.name} -> ${endpoint.key}`), ...matches],
      target: { kind: 'jump', chain },
      origin: { kind: 'choice', ...how },
    };
  }

  /** KUBE-EXT: what comes from outside is masqueraded, or stays on the node under policy Local. */
  private externalChain(): Chain {
    const { name, externalPolicyLocal } = this.port;
    const rules: Rule[] = [];
    if (externalPolicyLocal) rules.push(...this.shortCircuits());
    else {
      const words = comment(`masquerade traffic for ${name} external destinations`);
      rules.push({ matches: [words], target: { kind: 'jump', chain: markMasquerade } });
    }
    const chain = externalPolicyLocal ? this.local : this.cluster;
    if (this.hasExternal && chain) rules.push({ matches: [], target: { kind: 'jump', chain } });
    return new PortChain('KUBE-EXT', this.port, rules);
  }

  /** Pods and the node itself are served as if they had gone out to a load balancer and come back to any node. */
  private shortCircuits(): Rule[] {
    const destinations = `${this.port.name} external destinations`;
    const toCluster: Target = this.cluster ? { kind: 'jump', chain: this.cluster } : { kind: 'none' };
    const fromNode: Match = { kind: 'localAddress', side: 'source' };
    const fromPods: Match = { kind: 'source', range: this.node.podRange };
    return [
      { matches: [fromPods, comment(`pod traffic for ${destinations}`)], target: toCluster },
      {
        matches: [comment(`masquerade LOCAL traffic for ${destinations}`), fromNode],
        target: { kind: 'jump', chain: markMasquerade },
      },
      { matches: [comment(`route LOCAL traffic for ${destinations}`), fromNode], target: toCluster },
    ];
  }

  /** KUBE-FW: who may use the load-balancer addresses; the others go on untranslated and are dropped in table filter. */
  private firewallChain(external: Chain): Chain {
    const { name, sourceRanges, loadBalancerVIPs } = this.port;
    const target: Target = { kind: 'jump', chain: external };
    const words = comment(`${name} loadbalancer IP`);
    const allowed = sourceRanges.some((range) => contains(range, this.node.address)) ? loadBalancerVIPs.map(host) : [];
    const rules: Rule[] = [...sourceRanges, ...allowed].map((range) => ({
      matches: [{ kind: 'source', range }, words],
      target,
    }));
    const rest = comment(`other traffic to ${name} will be dropped by KUBE-PROXY-FIREWALL`);
    return new PortChain('KUBE-FW', this.port, [...rules, { matches: [rest], target: { kind: 'none' } }]);
  }
}
