import type { Service, ServicePort } from '@kubedrill/kube-model';
import { draftOf, type PortDraft } from './service-draft.ts';
import { hasNodePorts, isExternallyAccessible, needsClusterIP, needsHealthCheck } from './service-traits.ts';

/**
 * dropTypeDependentFields of pkg/registry/core/service/strategy.go: what only the old type uses is wiped where the user left it
 * as it was; what the user changed stays, for validation to complain about.
 */
export function dropTypeDependentFields(service: Service, old: Service): Service {
  const spec = draftOf(service.spec);
  if (needsClusterIP(old) && !needsClusterIP(service)) {
    if (spec.clusterIP === old.spec.clusterIP && sameList(spec.clusterIPs, old.spec.clusterIPs)) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    if (sameList(spec.ipFamilies, old.spec.ipFamilies)) delete spec.ipFamilies;
    if (spec.ipFamilyPolicy === old.spec.ipFamilyPolicy) delete spec.ipFamilyPolicy;
  }
  if (hasNodePorts(old) && !hasNodePorts(service) && sameNodePorts(service, old))
    spec.ports = spec.ports?.map(withoutNodePort);
  if (needsHealthCheck(old) && !needsHealthCheck(service) && spec.healthCheckNodePort === old.spec.healthCheckNodePort)
    delete spec.healthCheckNodePort;
  if (old.spec.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    if (spec.allocateLoadBalancerNodePorts === old.spec.allocateLoadBalancerNodePorts)
      delete spec.allocateLoadBalancerNodePorts;
    if (spec.loadBalancerClass === old.spec.loadBalancerClass) delete spec.loadBalancerClass;
  }
  const policyIsIdle = isExternallyAccessible(old) && !isExternallyAccessible(service);
  if (policyIsIdle && spec.externalTrafficPolicy === old.spec.externalTrafficPolicy) delete spec.externalTrafficPolicy;
  const status = spec.type === 'LoadBalancer' ? service.status : { ...service.status, loadBalancer: {} };
  return { ...service, spec, status };
}

function withoutNodePort(port: ServicePort): ServicePort {
  const kept: PortDraft = { ...port };
  delete kept.nodePort;
  return kept;
}

/** No node port that the old Service did not have. */
function sameNodePorts(service: Service, old: Service): boolean {
  const before = new Set(old.spec.ports?.map(({ nodePort }) => nodePort));
  return (service.spec.ports ?? []).every(({ nodePort }) => !nodePort || before.has(nodePort));
}

function sameList(left: readonly string[] | undefined, right: readonly string[] | undefined): boolean {
  const [a, b] = [left ?? [], right ?? []];
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
