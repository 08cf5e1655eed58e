import type { Service } from '@kubedrill/kube-model';
import type { FieldError } from '../../validation/field-error.ts';
import { forbidden, invalid, notSupported, notSupportedText, required } from '../../validation/field-error.ts';
import { validateEndpointIp } from '../../validation/endpoint-ip.ts';
import { legacyCidr, legacyIp } from '../../validation/ip-address.ts';
import { labels, validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { metadataPath, root, specPath } from '../../validation/path.ts';
import { formatted, numeric } from '../../validation/rule.ts';
import { dns1123Label, dns1123Subdomain, portNumber, qualifiedName } from '../../validation/text-format.ts';
import {
  validateClusterIPs,
  validateClusterIPsUpdate,
  validateExternalNameHasNoIPs,
  validateIPFamiliesUpdate,
} from './cluster-ip-rules.ts';
import { validateNodePorts, validatePorts, validatePortsAreThere, validatePortsDiffer } from './port-rules.ts';
import { isExternallyAccessible, isHeadless, needsHealthCheck } from './service-traits.ts';

/** ValidateServiceCreate and ValidateServiceUpdate of pkg/apis/core/validation/validation.go, in their order. */

type ServiceRule = (service: Service, report: FieldError[], old?: Service) => void;

const serviceRules: readonly ServiceRule[] = [
  topologyAnnotationsAgree,
  validatePortsAreThere,
  typeSuitsAddress,
  validatePorts,
  (service, report) => labels(service.spec.selector, specPath.child('selector'), report),
  sessionAffinity,
  (service, report, old) => validateClusterIPs(service, old, report),
  externalIPs,
  typeIsKnown,
  validateNodePorts,
  validatePortsDiffer,
  sourceRanges,
  nodePortAllocation,
  loadBalancerClass,
  externalTrafficPolicy,
  healthCheckNodePort,
  internalTrafficPolicy,
  trafficDistribution,
];

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const affinities = ['ClientIP', 'None'];
const trafficPolicies = ['Cluster', 'Local'];
const distributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const maxAffinityTimeoutSeconds = 86400;
const onlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";

export function validateService(service: Service): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(service.metadata, true, dns1123Label, report);
  for (const rule of serviceRules) rule(service, report);
  return report;
}

export function validateServiceUpdate(service: Service, old: Service): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(service.metadata, old.metadata, report);
  validateClusterIPsUpdate(service, old, report);
  validateIPFamiliesUpdate(service, old, report);
  loadBalancerClassIsKept(service, old, report);
  loadBalancerClass(service, report);
  if (
    needsHealthCheck(old) &&
    needsHealthCheck(service) &&
    service.spec.healthCheckNodePort !== old.spec.healthCheckNodePort
  )
    report.push(forbidden(specPath.child('healthCheckNodePort'), 'field is immutable'));
  for (const rule of serviceRules) rule(service, report, old);
  return report;
}

function topologyAnnotationsAgree({ metadata }: Service, report: FieldError[]): void {
  const hints = metadata.annotations?.['service.kubernetes.io/topology-aware-hints'];
  const mode = metadata.annotations?.['service.kubernetes.io/topology-mode'];
  if (hints === undefined || mode === undefined || hints === mode) return;
  const at = metadataPath.child('annotations').key('service.kubernetes.io/topology-mode');
  const words = 'must match annotations[service.kubernetes.io/topology-aware-hints] when both are specified';
  report.push(invalid(at, mode, words));
}

function typeSuitsAddress(service: Service, report: FieldError[]): void {
  const { type, clusterIPs, externalName } = service.spec;
  if ((type === 'LoadBalancer' || type === 'NodePort') && isHeadless(service)) {
    const at = specPath.child('clusterIPs').index(0);
    report.push(invalid(at, clusterIPs?.[0], `may not be set to 'None' for ${type} services`));
  }
  if (type !== 'ExternalName') return;
  validateExternalNameHasNoIPs(service, report);
  const name = externalName?.replace(/\.$/, '') ?? '';
  const at = specPath.child('externalName');
  if (name === '') report.push(required(at));
  else formatted(dns1123Subdomain)(name, at, report);
}

function sessionAffinity({ spec }: Service, report: FieldError[]): void {
  const { sessionAffinity: affinity, sessionAffinityConfig: config } = spec;
  const at = specPath.child('sessionAffinityConfig');
  if (!affinity) report.push(required(specPath.child('sessionAffinity')));
  else if (!affinities.includes(affinity))
    report.push(notSupported(specPath.child('sessionAffinity'), affinity, affinities));
  if (affinity === 'ClientIP') affinityTimeout(config, report);
  else if (affinity === 'None' && config !== undefined)
    report.push(forbidden(at, 'must not be set when session affinity is None'));
}

function affinityTimeout(config: Service['spec']['sessionAffinityConfig'], report: FieldError[]): void {
  const at = specPath.child('sessionAffinityConfig');
  const words = 'when session affinity type is ClientIP';
  const seconds = config?.clientIP?.timeoutSeconds;
  const timeoutPath = at.child('clientIP').child('timeoutSeconds');
  if (config === undefined) report.push(required(at, words));
  else if (config.clientIP === undefined) report.push(required(at.child('clientIP'), words));
  else if (seconds === undefined) report.push(required(timeoutPath, words));
  else if (seconds <= 0 || seconds > maxAffinityTimeoutSeconds)
    report.push(invalid(timeoutPath, seconds, `must be greater than 0 and less than ${maxAffinityTimeoutSeconds}`));
}

function externalIPs({ spec }: Service, report: FieldError[], old?: Service): void {
  spec.externalIPs?.forEach((ip, index) => {
    const at = specPath.child('externalIPs').index(index);
    const before = report.length;
    legacyIp(ip, at, report, old?.spec.externalIPs);
    if (report.length === before) validateEndpointIp(ip, at, report);
  });
}

function typeIsKnown({ spec }: Service, report: FieldError[]): void {
  const at = specPath.child('type');
  if (!spec.type) report.push(required(at));
  else if (!types.includes(spec.type)) report.push(notSupported(at, spec.type, types));
}

const sourceRangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

function sourceRanges({ spec, metadata }: Service, report: FieldError[], old?: Service): void {
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const annotation = metadata.annotations?.[sourceRangesAnnotation];
  if (ranges.length > 0) {
    const at = specPath.child('LoadBalancerSourceRanges');
    if (spec.type !== 'LoadBalancer') report.push(forbidden(at, onlyLoadBalancer));
    const before = old?.spec.loadBalancerSourceRanges?.map((range) => range.trim());
    ranges.forEach((range, index) => legacyCidr(range.trim(), at.index(index), report, before));
  } else if (annotation !== undefined) {
    const at = metadataPath.child('annotations').key(sourceRangesAnnotation);
    if (spec.type !== 'LoadBalancer') report.push(forbidden(at, onlyLoadBalancer));
    if (old?.metadata.annotations?.[sourceRangesAnnotation] === annotation || annotation.trim() === '') return;
    for (const range of annotation.trim().split(',')) legacyCidr(range.trim(), at, report);
  }
}

function nodePortAllocation({ spec }: Service, report: FieldError[]): void {
  const isGiven = spec.allocateLoadBalancerNodePorts !== undefined;
  if (isGiven && spec.type !== 'LoadBalancer')
    report.push(forbidden(specPath.child('allocateLoadBalancerNodePorts'), onlyLoadBalancer));
  if (!isGiven && spec.type === 'LoadBalancer') report.push(required(root.child('allocateLoadBalancerNodePorts')));
}

function loadBalancerClass({ spec }: Service, report: FieldError[]): void {
  const at = specPath.child('loadBalancerClass');
  if (spec.loadBalancerClass === undefined) return;
  if (spec.type === 'LoadBalancer') formatted(qualifiedName)(spec.loadBalancerClass, at, report);
  else report.push(forbidden(at, onlyLoadBalancer));
}

function loadBalancerClassIsKept({ spec }: Service, old: Service, report: FieldError[]): void {
  if (spec.type !== 'LoadBalancer' || old.spec.type !== 'LoadBalancer') return;
  if (spec.loadBalancerClass !== old.spec.loadBalancerClass)
    report.push(invalid(specPath.child('loadBalancerClass'), spec.loadBalancerClass, 'may not change once set'));
}

function externalTrafficPolicy(service: Service, report: FieldError[]): void {
  const policy = service.spec.externalTrafficPolicy;
  const at = specPath.child('externalTrafficPolicy');
  if (!isExternallyAccessible(service)) {
    if (policy) report.push(invalid(at, policy, 'may only be set for externally-accessible services'));
  } else if (!policy) report.push(required(at));
  else if (!trafficPolicies.includes(policy)) report.push(notSupported(at, policy, trafficPolicies));
}

function healthCheckNodePort(service: Service, report: FieldError[]): void {
  const port = service.spec.healthCheckNodePort ?? 0;
  const at = specPath.child('healthCheckNodePort');
  if (!needsHealthCheck(service)) {
    const words = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    if (port !== 0) report.push(invalid(at, port, words));
  } else if (port === 0) report.push(required(at));
  else numeric(portNumber)(port, at, report);
}

function internalTrafficPolicy({ spec }: Service, report: FieldError[]): void {
  const policy = spec.internalTrafficPolicy;
  const at = specPath.child('internalTrafficPolicy');
  const isNeeded = spec.type === 'ClusterIP' || spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  if (policy === undefined) {
    if (isNeeded) report.push(required(at));
  } else if (!trafficPolicies.includes(policy)) report.push(notSupported(at, policy, trafficPolicies));
}

function trafficDistribution({ spec }: Service, report: FieldError[]): void {
  const at = specPath.child('trafficDistribution');
  if (spec.trafficDistribution !== undefined && !distributions.includes(spec.trafficDistribution))
    report.push(notSupportedText(at, spec.trafficDistribution, distributions));
}
