import type { Service } from '@kubedrill/kube-model';

/** What follows from a Service's type and policies: pkg/api/service/util.go and pkg/registry/core/service. */

export function needsClusterIP({ spec }: Service): boolean {
  return spec.type !== 'ExternalName';
}

/** Headless: no address, the name resolves to the pods. */
export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === 'None';
}

export function hasNodePorts({ spec }: Service): boolean {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer';
}

/** Whether ports that name no node port get one. */
export function allocatesNodePorts({ spec }: Service): boolean {
  return spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
}

export function needsHealthCheck({ spec }: Service): boolean {
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
}

export function isExternallyAccessible(service: Service): boolean {
  const { spec } = service;
  return hasNodePorts(service) || (spec.type === 'ClusterIP' && (spec.externalIPs?.length ?? 0) > 0);
}
