import type { Service, ServicePort, ServiceSpec, ServiceStatus } from '@kubedrill/kube-model';
import { isExternallyAccessible } from './service-traits.ts';

const defaultAffinityTimeoutSeconds = 10800;

/** SetDefaults_Service of pkg/apis/core/v1/defaults.go. */
export function defaultService(service: Service): Service {
  const spec = defaultSpec(service);
  const status = spec.type === 'LoadBalancer' ? withIpModes(service.status) : service.status;
  return spec === service.spec && status === service.status ? service : { ...service, spec, status };
}

function defaultSpec(service: Service): ServiceSpec {
  const given = service.spec;
  const type = given.type ?? 'ClusterIP';
  const sessionAffinity = given.sessionAffinity ?? 'None';
  const { sessionAffinityConfig, ...rest } = given;
  const affinityConfig = defaultAffinityConfig(sessionAffinity, sessionAffinityConfig);
  const isKnownType = type === 'ClusterIP' || type === 'NodePort' || type === 'LoadBalancer';
  const needsExternalPolicy =
    !given.externalTrafficPolicy && isExternallyAccessible({ ...service, spec: { ...given, type } });
  return {
    ...rest,
    type,
    sessionAffinity,
    ...(affinityConfig === undefined ? {} : { sessionAffinityConfig: affinityConfig }),
    ...(given.ports === undefined ? {} : { ports: given.ports.map(defaultPort) }),
    ...(needsExternalPolicy ? { externalTrafficPolicy: 'Cluster' } : {}),
    ...(given.internalTrafficPolicy === undefined && isKnownType ? { internalTrafficPolicy: 'Cluster' } : {}),
    ...(type === 'LoadBalancer' && given.allocateLoadBalancerNodePorts === undefined
      ? { allocateLoadBalancerNodePorts: true }
      : {}),
  };
}

function defaultAffinityConfig(
  affinity: ServiceSpec['sessionAffinity'],
  given: ServiceSpec['sessionAffinityConfig'],
): ServiceSpec['sessionAffinityConfig'] {
  if (affinity === 'None') return undefined;
  if (affinity !== 'ClientIP' || given?.clientIP?.timeoutSeconds !== undefined) return given;
  return { clientIP: { timeoutSeconds: defaultAffinityTimeoutSeconds } };
}

function defaultPort(port: ServicePort): ServicePort {
  const { protocol, targetPort } = port;
  if (protocol && targetPort) return port;
  return { ...port, protocol: protocol || 'TCP', targetPort: targetPort || port.port };
}

function withIpModes(status: ServiceStatus): ServiceStatus {
  const ingress = status.loadBalancer.ingress;
  if (!ingress?.some(({ ip, ipMode }) => ip && ipMode === undefined)) return status;
  const complete = ingress.map((entry) =>
    entry.ip && entry.ipMode === undefined ? { ...entry, ipMode: 'VIP' as const } : entry,
  );
  return { ...status, loadBalancer: { ...status.loadBalancer, ingress: complete } };
}
