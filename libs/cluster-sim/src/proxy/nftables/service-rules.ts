import { contains, parseAddress, rangeOf, type AddressRange } from '../../network/ipv4.ts';
import type { EndpointInfo } from '../endpoint-map.ts';
import { plansOf, type PortPlan } from '../port-plan.ts';
import type { ProxiedService, ProxyNode } from '../proxy-backend.ts';
import type { RuleOrigin, ServiceAddressKind } from '../rule-origin.ts';
import type { ServicePortInfo } from '../service-map.ts';
import { rejectChain } from './base-chains.ts';
import { endpointChainBase, portChainBase } from './chain-name.ts';
import type { Action, AffinitySet, Chain, MapElement, MapName, Match, Rule, Target } from './rule.ts';

/** What one Service adds to a node's table. */
export interface ServiceRules {
  readonly source: ProxiedService;
  readonly clusterIPs: readonly ServicePortInfo[];
  readonly elements: readonly (readonly [MapName, MapElement])[];
  /** "address . address . protocol . port" of endpoints on this node. */
  readonly hairpins: readonly string[];
  readonly affinitySets: readonly AffinitySet[];
  readonly chains: readonly Chain[];
}

/** The elements and chains that pkg/proxy/nftables/proxier.go syncProxyRules writes for one Service. */
export function compileService(source: ProxiedService, node: ProxyNode): ServiceRules {
  const compilers = plansOf(source, node).map((plan) => new PortCompiler(plan, node));
  return {
    source,
    clusterIPs: compilers.map(({ port }) => port),
    elements: compilers.flatMap((compiler) => compiler.elements()),
    hairpins: compilers.flatMap((compiler) => compiler.hairpins()),
    affinitySets: compilers.flatMap((compiler) => compiler.affinitySets()),
    chains: compilers.flatMap((compiler) => compiler.chains()),
  };
}

type Element = readonly [MapName, MapElement];

class PortCompiler {
  readonly port: ServicePortInfo;
  private readonly plan: PortPlan;
  private readonly node: ProxyNode;
  private readonly base: string;
  private readonly endpointChains: ReadonlyMap<EndpointInfo, Chain>;
  private readonly cluster: Chain | undefined;
  private readonly local: Chain | undefined;
  private readonly external: Chain | undefined;
  private readonly firewall: Chain | undefined;

  constructor(plan: PortPlan, node: ProxyNode) {
    const { port, usable } = plan;
    this.port = port;
    this.plan = plan;
    this.node = node;
    this.base = portChainBase(port);
    const reachable = port.affinitySeconds === undefined ? [] : usable.reachable;
    this.endpointChains = new Map(reachable.map((endpoint) => [endpoint, this.endpointChain(endpoint)]));
    this.cluster = usable.cluster.length > 0 ? this.policyChain('service', usable.cluster) : undefined;
    this.local = usable.local.length > 0 ? this.policyChain('local', usable.local) : undefined;
    this.external = usable.any && port.externallyAccessible ? this.externalChain() : undefined;
    const guarded = port.loadBalancerVIPs.length > 0 && port.sourceRanges.length > 0;
    this.firewall = guarded ? this.firewallChain() : undefined;
  }

  chains(): Chain[] {
    const own = [this.cluster, this.local, this.external, this.firewall].filter((chain) => chain !== undefined);
    return [...own, ...this.endpointChains.values()];
  }

  affinitySets(): AffinitySet[] {
    const seconds = this.port.affinitySeconds ?? 0;
    return [...this.endpointChains.keys()].map((endpoint) => ({ name: this.affinitySet(endpoint), seconds }));
  }

  hairpins(): string[] {
    return this.plan.usable.reachable
      .filter(({ nodeName }) => nodeName === this.node.name)
      .map(({ address, port }) => `${address} . ${address} . ${this.port.protocol} . ${port}`);
  }

  elements(): Element[] {
    const { port, plan } = this;
    const elements: Element[] = [];
    const internal = port.internalPolicyLocal ? this.local : this.cluster;
    if (plan.hasInternal && internal) elements.push(this.served('clusterIP', port.clusterIP, internal));
    else elements.push(this.unserved('no-endpoint-services', this.keyOf(port.clusterIP), 'internal'));
    for (const address of port.externalIPs) elements.push(...this.outside('externalIP', address));
    for (const address of port.loadBalancerVIPs) {
      elements.push(...this.outside('loadBalancerIP', address));
      const { firewall: chain } = this;
      if (chain) elements.push(['firewall-ips', { key: this.keyOf(address), verdict: { kind: 'goto', chain } }]);
    }
    return [...elements, ...this.nodePortElements()];
  }

  private nodePortElements(): Element[] {
    const { port, plan, external } = this;
    if (port.nodePort === 0) return [];
    const key = `${port.protocol} . ${port.nodePort}`;
    const elements: Element[] = [];
    const origin: RuleOrigin = { kind: 'address', port, by: 'nodePort', address: '' };
    if (external) elements.push(['service-nodeports', { key, verdict: { kind: 'goto', chain: external }, origin }]);
    if (!plan.hasExternal) elements.push(this.unserved('no-endpoint-nodeports', key, 'external'));
    return elements;
  }

  private outside(by: ServiceAddressKind, address: string): Element[] {
    const elements: Element[] = [];
    if (this.external) elements.push(this.served(by, address, this.external));
    if (!this.plan.hasExternal) elements.push(this.unserved('no-endpoint-services', this.keyOf(address), 'external'));
    return elements;
  }

  private keyOf(address: string): string {
    return `${address} . ${this.port.protocol} . ${this.port.port}`;
  }

  private served(by: ServiceAddressKind, address: string, chain: Chain): Element {
    const origin: RuleOrigin = { kind: 'address', port: this.port, by, address };
    return ['service-ips', { key: this.keyOf(address), verdict: { kind: 'goto', chain }, origin }];
  }

  private unserved(map: MapName, key: string, traffic: 'internal' | 'external'): Element {
    const { port, plan } = this;
    const comment = port.name;
    if (plan.usable.any) {
      return [
        map,
        {
          key,
          verdict: { kind: 'drop' },
          comment,
          origin: { kind: 'noLocalEndpoints', port, traffic, verdict: 'dropped' },
        },
      ];
    }
    const origin: RuleOrigin = { kind: 'noEndpoints', port, endpoints: plan.endpoints };
    return [map, { key, verdict: { kind: 'goto', chain: rejectChain }, comment, origin }];
  }

  private affinitySet(endpoint: EndpointInfo): string {
    return `affinity-${endpointChainBase(this.port, endpoint)}`;
  }

  private target(endpoint: EndpointInfo): Target {
    const { address, port } = endpoint;
    return { address, port, origin: { kind: 'endpoint', port: this.port, endpoint } };
  }

  /** An endpoint has a chain of its own only where clients are remembered. */
  private endpointChain(endpoint: EndpointInfo): Chain {
    return {
      name: `endpoint-${endpointChainBase(this.port, endpoint)}`,
      rules: [
        { matches: [], action: { kind: 'remember', set: this.affinitySet(endpoint) } },
        {
          matches: [{ kind: 'protocol', protocol: this.port.protocol }],
          action: { kind: 'dnat', target: this.target(endpoint) },
        },
      ],
    };
  }

  private policyChain(prefix: 'service' | 'local', endpoints: readonly EndpointInfo[]): Chain {
    const name = `${prefix}-${this.base}`;
    const count = endpoints.length;
    const { affinitySeconds: seconds, protocol } = this.port;
    const origin: RuleOrigin = { kind: 'choice', by: 'chance', count };
    if (seconds === undefined) {
      const targets = endpoints.map((endpoint) => this.target(endpoint));
      return {
        name,
        rules: [{ matches: [{ kind: 'protocol', protocol }], action: { kind: 'dnatToOneOf', targets }, origin }],
      };
    }
    const chains = endpoints
      .map((endpoint) => this.endpointChains.get(endpoint))
      .filter((chain) => chain !== undefined);
    const known = endpoints.flatMap((endpoint): Rule[] => {
      const chain = this.endpointChains.get(endpoint);
      const match: Match = { kind: 'remembered', set: this.affinitySet(endpoint), seconds };
      const how: RuleOrigin = { kind: 'choice', by: 'affinity', count };
      return chain ? [{ matches: [match], action: { kind: 'goto', chain }, origin: how }] : [];
    });
    return { name, rules: [...known, { matches: [], action: { kind: 'gotoOneOf', chains }, origin }] };
  }

  private externalChain(): Chain {
    const { externalPolicyLocal } = this.port;
    const rules: Rule[] = externalPolicyLocal
      ? this.shortCircuits()
      : [{ matches: [], action: { kind: 'setMark' }, comment: 'masquerade' }];
    const chain = externalPolicyLocal ? this.local : this.cluster;
    if (this.plan.hasExternal && chain) rules.push({ matches: [], action: { kind: 'goto', chain } });
    return { name: `external-${this.base}`, rules };
  }

  private shortCircuits(): Rule[] {
    const { cluster } = this;
    if (!cluster) return [];
    const toCluster: Action = { kind: 'goto', chain: cluster };
    const fromNode: Match = { kind: 'localSource' };
    return [
      {
        matches: [{ kind: 'source', range: this.node.podRange }],
        action: toCluster,
        comment: 'short-circuit pod traffic',
      },
      { matches: [fromNode], action: { kind: 'setMark' }, comment: 'masquerade local traffic' },
      { matches: [fromNode], action: toCluster, comment: 'short-circuit local traffic' },
    ];
  }

  private firewallChain(): Chain {
    const { port, node } = this;
    const own = port.sourceRanges.some((range) => contains(range, node.address)) ? port.loadBalancerVIPs.map(host) : [];
    const match: Match = { kind: 'sourceNotAmong', ranges: [...port.sourceRanges, ...own] };
    const origin: RuleOrigin = { kind: 'sourceRanges', port };
    return { name: `firewall-${this.base}`, rules: [{ matches: [match], action: { kind: 'drop' }, origin }] };
  }
}

function host(address: string): AddressRange {
  return rangeOf(parseAddress(address) ?? 0, 32);
}
