import type { Service, ServicePort } from '@kubedrill/kube-model';
import { contains, parseAddress, parseRange, type AddressRange } from '../network/ipv4.ts';

export type LowerProtocol = 'tcp' | 'udp' | 'sctp';

/** One port of a Service as kube-proxy keeps it: pkg/proxy/serviceport.go BaseServicePortInfo. */
export interface ServicePortInfo {
  readonly service: Service;
  /** Position in spec.ports. */
  readonly index: number;
  /** "namespace/name" and, for a named port, ":port". */
  readonly name: string;
  readonly portName: string;
  readonly protocol: LowerProtocol;
  readonly clusterIP: string;
  readonly port: number;
  /** 0: none. */
  readonly nodePort: number;
  readonly externalIPs: readonly string[];
  /** Load-balancer addresses that kube-proxy captures: those whose ipMode is not Proxy. */
  readonly loadBalancerVIPs: readonly string[];
  readonly sourceRanges: readonly AddressRange[];
  /** Seconds of ClientIP affinity; undefined without affinity. */
  readonly affinitySeconds: number | undefined;
  readonly healthCheckNodePort: number;
  readonly externalPolicyLocal: boolean;
  readonly internalPolicyLocal: boolean;
  readonly externallyAccessible: boolean;
  /** Whether any traffic goes by policy Cluster: also external traffic that policy Local short-circuits. */
  readonly usesClusterEndpoints: boolean;
  readonly usesLocalEndpoints: boolean;
}

const proxyNameLabel = 'service.kubernetes.io/service-proxy-name';

const compiled = new WeakMap<Service, readonly ServicePortInfo[]>();

/** The ports that kube-proxy serves: none for headless, ExternalName and other proxies' Services. */
export function servicePorts(service: Service): readonly ServicePortInfo[] {
  let ports = compiled.get(service);
  if (!ports) {
    ports = isProxied(service) ? (service.spec.ports ?? []).map((port, index) => portInfo(service, port, index)) : [];
    compiled.set(service, ports);
  }
  return ports;
}

function isProxied(service: Service): boolean {
  const { clusterIP, type } = service.spec;
  if (!clusterIP || clusterIP === 'None' || type === 'ExternalName') return false;
  if (service.metadata.labels && Object.hasOwn(service.metadata.labels, proxyNameLabel)) return false;
  return clusterAddress(service) !== undefined;
}

/** The cluster address of the family that the nodes have. */
function clusterAddress(service: Service): string | undefined {
  const { clusterIP, clusterIPs } = service.spec;
  const candidates = clusterIPs && clusterIPs.length > 0 ? clusterIPs : [clusterIP ?? ''];
  return candidates.find((address) => parseAddress(address) !== undefined);
}

/** pkg/api/v1/service/util.go ExternallyAccessible: by type, whatever addresses there are. */
function typeIsExternal(service: Service): boolean {
  const { type, externalIPs } = service.spec;
  return type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && (externalIPs ?? []).length > 0);
}

function portInfo(service: Service, port: ServicePort, index: number): ServicePortInfo {
  const { spec, metadata } = service;
  const portName = port.name ?? '';
  const qualified = `${metadata.namespace ?? ''}/${metadata.name}`;
  const externalIPs = (spec.externalIPs ?? []).filter((address) => parseAddress(address) !== undefined);
  const loadBalancerVIPs = vipsOf(service);
  const nodePort = port.nodePort ?? 0;
  const externalPolicyLocal = typeIsExternal(service) && spec.externalTrafficPolicy === 'Local';
  const internalPolicyLocal = spec.internalTrafficPolicy === 'Local';
  const externallyAccessible = nodePort !== 0 || loadBalancerVIPs.length > 0 || externalIPs.length > 0;
  return {
    service,
    index,
    name: portName === '' ? qualified : `${qualified}:${portName}`,
    portName,
    protocol: port.protocol.toLowerCase() as LowerProtocol,
    clusterIP: clusterAddress(service) ?? '',
    port: port.port,
    nodePort,
    externalIPs,
    loadBalancerVIPs,
    sourceRanges: sourceRangesOf(service),
    affinitySeconds:
      spec.sessionAffinity === 'ClientIP' ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10800) : undefined,
    healthCheckNodePort: spec.type === 'LoadBalancer' && externalPolicyLocal ? (spec.healthCheckNodePort ?? 0) : 0,
    externalPolicyLocal,
    internalPolicyLocal,
    externallyAccessible,
    usesClusterEndpoints: !internalPolicyLocal || externallyAccessible,
    usesLocalEndpoints: internalPolicyLocal || (externalPolicyLocal && externallyAccessible),
  };
}

function vipsOf(service: Service): string[] {
  const vips: string[] = [];
  for (const { ip, ipMode } of service.status.loadBalancer.ingress ?? []) {
    if (ip && ipMode !== 'Proxy' && parseAddress(ip) !== undefined) vips.push(ip);
  }
  return vips;
}

/** A range with no bits fixed allows everybody, which is the same as no ranges. Padding passes validation. */
function sourceRangesOf(service: Service): readonly AddressRange[] {
  const ranges: AddressRange[] = [];
  for (const text of service.spec.loadBalancerSourceRanges ?? []) {
    const range = parseRange(text.trim());
    if (range?.mask === 0) return [];
    if (range) ranges.push(range);
  }
  return ranges;
}

export function allowsSource(port: ServicePortInfo, address: string): boolean {
  return port.sourceRanges.length === 0 || port.sourceRanges.some((range) => contains(range, address));
}
