import type { Service } from '@kubedrill/kube-model';
import { cidrWarnings, ipWarnings } from '../../validation/ip-address.ts';
import { specPath, statusPath } from '../../validation/path.ts';
import { isHeadless } from './service-traits.ts';

/** pkg/api/service/warnings.go GetWarningsForService. */
export function serviceWarnings(service: Service): readonly string[] {
  const { spec } = service;
  const isIgnored = spec.type === 'ClusterIP' && spec.clusterIP === 'None';
  const externalIPs = spec.externalIPs ?? [];
  const warnings: string[] = [];
  if (service.metadata.annotations?.['service.kubernetes.io/topology-aware-hints'] !== undefined)
    warnings.push(
      'annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead',
    );
  if (spec.clusterIP && !isHeadless(service))
    spec.clusterIPs?.forEach((ip, index) =>
      warnings.push(...ipWarnings(ip, specPath.child('clusterIPs').index(index))),
    );
  if (isIgnored) warnings.push(...headlessWarnings(service));
  externalIPs.forEach((ip, index) => warnings.push(...ipWarnings(ip, specPath.child('externalIPs').index(index))));
  if (externalIPs.length > 0 && !isIgnored && spec.type !== 'ExternalName')
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  if (spec.loadBalancerIP) warnings.push(...ipWarnings(spec.loadBalancerIP, specPath.child('loadBalancerIP')));
  spec.loadBalancerSourceRanges?.forEach((range, index) =>
    warnings.push(...cidrWarnings(range, specPath.child('loadBalancerSourceRanges').index(index))),
  );
  if (spec.type === 'ExternalName' && externalIPs.length > 0)
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  if (spec.type !== 'ExternalName' && spec.externalName)
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  if (spec.trafficDistribution === 'PreferClose')
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  return warnings;
}

function headlessWarnings({ spec }: Service): readonly string[] {
  return [
    ...(spec.loadBalancerIP ? ['spec.loadBalancerIP is ignored for headless services'] : []),
    ...(spec.externalIPs?.length ? ['spec.externalIPs is ignored for headless services'] : []),
    ...(spec.sessionAffinity === 'None' ? [] : ['spec.SessionAffinity is ignored for headless services']),
  ];
}

export function serviceStatusWarnings({ status }: Service): readonly string[] {
  const at = statusPath.child('loadBalancer').child('ingress');
  return (status.loadBalancer.ingress ?? []).flatMap(({ ip }, index) => (ip ? ipWarnings(ip, at.index(index)) : []));
}
