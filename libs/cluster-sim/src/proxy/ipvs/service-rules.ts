import type { Protocol } from '@kubedrill/kube-model';
import { contains, parseAddress, rangeOf, type AddressRange } from '../../network/ipv4.ts';
import type { EndpointInfo } from '../endpoint-map.ts';
import { plansOf, type PortPlan } from '../port-plan.ts';
import type { ProxiedService, ProxyNode } from '../proxy-backend.ts';
import type { ServiceAddressKind } from '../rule-origin.ts';
import type { LowerProtocol, ServicePortInfo } from '../service-map.ts';
import { nodePortSets, type IpSetEntry, type IpSetName } from './ip-set.ts';
import { virtualServerKey, type VirtualServer } from './virtual-server.ts';

/** What one Service adds to a node: virtual servers, entries of sets, addresses of the interface kube-ipvs0. */
export interface ServiceRules {
  readonly source: ProxiedService;
  readonly virtualServers: readonly VirtualServer[];
  readonly entries: readonly IpSetEntry[];
  readonly boundAddresses: readonly string[];
  readonly guarded: readonly GuardedVIP[];
}

/** A load-balancer address and port that the node itself may not use. */
export interface GuardedVIP {
  readonly range: AddressRange;
  readonly address: string;
  readonly protocol: LowerProtocol;
  readonly port: number;
}

/** The loop over Services in pkg/proxy/ipvs/proxier.go syncProxyRules. */
export function compileService(source: ProxiedService, node: ProxyNode): ServiceRules {
  const compilers = plansOf(source, node).map((plan) => new PortCompiler(plan, node));
  for (const compiler of compilers) compiler.compile();
  return {
    source,
    virtualServers: compilers.flatMap(({ virtualServers }) => virtualServers),
    entries: compilers.flatMap(({ entries }) => entries),
    boundAddresses: compilers.flatMap(({ boundAddresses }) => boundAddresses),
    guarded: compilers.flatMap(({ guarded }) => guarded),
  };
}

class PortCompiler {
  readonly virtualServers: VirtualServer[] = [];
  readonly entries: IpSetEntry[] = [];
  readonly boundAddresses: string[] = [];
  readonly guarded: GuardedVIP[] = [];
  private readonly port: ServicePortInfo;
  private readonly plan: PortPlan;
  private readonly node: ProxyNode;
  /** --nodeport-addresses defaults to all that are not loopback in this mode. */
  private readonly nodeAddresses: readonly string[];

  constructor(plan: PortPlan, node: ProxyNode) {
    this.port = plan.port;
    this.plan = plan;
    this.node = node;
    this.nodeAddresses = [node.address, ...(node.podGateway === undefined ? [] : [node.podGateway])];
  }

  compile(): void {
    this.captureHairpins();
    this.captureClusterIP();
    for (const address of this.port.externalIPs) this.captureExternalIP(address);
    for (const address of this.port.loadBalancerVIPs) this.captureLoadBalancer(address);
    this.captureNodePort();
    const { healthCheckNodePort } = this.port;
    if (healthCheckNodePort !== 0) this.enter('KUBE-HEALTH-CHECK-NODE-PORT', `${healthCheckNodePort}`);
  }

  /** Whatever a pod of this node sends to itself has come by a Service. */
  private captureHairpins(): void {
    const { protocol } = this.port;
    for (const { nodeName, address, port } of this.plan.endpoints) {
      if (nodeName === this.node.name) this.enter('KUBE-LOOP-BACK', `${address},${protocol}:${port},${address}`);
    }
  }

  private captureClusterIP(): void {
    const { clusterIP, port, internalPolicyLocal } = this.port;
    this.enter('KUBE-CLUSTER-IP', this.portal(clusterIP));
    this.serve('clusterIP', clusterIP, port, internalPolicyLocal);
    this.boundAddresses.push(clusterIP);
  }

  private captureExternalIP(address: string): void {
    const { port, externalPolicyLocal } = this.port;
    this.enter(externalPolicyLocal ? 'KUBE-EXTERNAL-IP-LOCAL' : 'KUBE-EXTERNAL-IP', this.portal(address));
    this.serve('externalIP', address, port, externalPolicyLocal);
    this.bind(address);
  }

  private captureLoadBalancer(address: string): void {
    const { port, externalPolicyLocal, sourceRanges } = this.port;
    this.enter('KUBE-LOAD-BALANCER', this.portal(address));
    if (externalPolicyLocal) this.enter('KUBE-LOAD-BALANCER-LOCAL', this.portal(address));
    if (sourceRanges.length > 0) this.guard(address);
    this.serve('loadBalancerIP', address, port, externalPolicyLocal);
    this.bind(address);
  }

  private guard(address: string): void {
    const { port, protocol, sourceRanges } = this.port;
    const portal = this.portal(address);
    this.enter('KUBE-LOAD-BALANCER-FW', portal);
    for (const { text } of sourceRanges) this.enter('KUBE-LOAD-BALANCER-SOURCE-CIDR', `${portal},${text}`);
    if (sourceRanges.some((range) => contains(range, this.node.address))) {
      this.enter('KUBE-LOAD-BALANCER-SOURCE-IP', `${portal},${address}`);
    } else {
      this.guarded.push({ range: rangeOf(parseAddress(address) ?? 0, 32), address, protocol, port });
    }
  }

  private captureNodePort(): void {
    const { nodePort, protocol, externalPolicyLocal } = this.port;
    if (nodePort === 0) return;
    const { all, local } = nodePortSets[protocol];
    const entries =
      protocol === 'sctp' ? this.nodeAddresses.map((address) => `${address},sctp:${nodePort}`) : [`${nodePort}`];
    for (const entry of entries) {
      this.enter(all, entry);
      if (externalPolicyLocal) this.enter(local, entry);
    }
    for (const address of this.nodeAddresses) this.serve('nodePort', address, nodePort, externalPolicyLocal);
  }

  private serve(by: ServiceAddressKind, address: string, port: number, onlyLocal: boolean): void {
    const { protocol } = this.port;
    const key = virtualServerKey(address, port, protocol.toUpperCase() as Protocol);
    const { endpoints } = this.plan;
    const realServers = this.realServers(onlyLocal);
    this.virtualServers.push({ key, address, port, protocol, by, servicePort: this.port, realServers, endpoints });
  }

  /** syncEndpoint: where policy Local leaves nobody, pods may still use the others; answers to strangers get lost. */
  private realServers(onlyLocal: boolean): readonly EndpointInfo[] {
    const { cluster, local } = this.plan.usable;
    return onlyLocal && local.length > 0 ? local : cluster;
  }

  /** An address that the node has anyway needs no place on kube-ipvs0. */
  private bind(address: string): void {
    if (!this.nodeAddresses.includes(address)) this.boundAddresses.push(address);
  }

  private portal(address: string): string {
    return `${address},${this.port.protocol}:${this.port.port}`;
  }

  private enter(set: IpSetName, entry: string): void {
    this.entries.push([set, entry]);
  }
}
