import { condition, objectMeta } from '../../schema/object-meta.ts';
import {
  always,
  atomic,
  bool,
  int32,
  intOrString,
  list,
  map,
  named,
  object,
  pointer,
  string,
} from '../../schema/schema.ts';

/** core/v1 Service. */

const protocol = named('v1.Protocol', string);

const servicePort = object('ServicePort', {
  name: string,
  protocol,
  appProtocol: pointer(string),
  port: always(int32),
  targetPort: always(intOrString),
  nodePort: int32,
});

const sessionAffinityConfig = object('SessionAffinityConfig', {
  clientIP: object('ClientIPConfig', { timeoutSeconds: pointer(int32) }),
});

const serviceSpec = object('ServiceSpec', {
  ports: list(servicePort, {
    patchMergeKey: 'port',
    listType: { kind: 'map', keys: ['port', 'protocol'], defaults: { protocol: 'TCP' } },
  }),
  selector: atomic(map(string)),
  clusterIP: string,
  clusterIPs: list(string),
  type: named('v1.ServiceType', string),
  externalIPs: list(string),
  sessionAffinity: named('v1.ServiceAffinity', string),
  loadBalancerIP: string,
  loadBalancerSourceRanges: list(string),
  externalName: string,
  externalTrafficPolicy: named('v1.ServiceExternalTrafficPolicy', string),
  healthCheckNodePort: int32,
  publishNotReadyAddresses: bool,
  sessionAffinityConfig,
  ipFamilies: list(named('v1.IPFamily', string)),
  ipFamilyPolicy: pointer(named('v1.IPFamilyPolicy', string)),
  allocateLoadBalancerNodePorts: pointer(bool),
  loadBalancerClass: pointer(string),
  internalTrafficPolicy: pointer(named('v1.ServiceInternalTrafficPolicy', string)),
  trafficDistribution: pointer(string),
});

const portStatus = object('PortStatus', { port: always(int32), protocol: always(protocol), error: pointer(string) });

const loadBalancerStatus = always(
  object('LoadBalancerStatus', {
    ingress: list(
      object('LoadBalancerIngress', {
        ip: string,
        hostname: string,
        ipMode: pointer(named('v1.LoadBalancerIPMode', string)),
        ports: list(portStatus),
      }),
    ),
  }),
);

export const serviceSchema = object('Service', {
  metadata: objectMeta,
  spec: always(serviceSpec),
  status: always(
    object('ServiceStatus', {
      loadBalancer: loadBalancerStatus,
      conditions: list(condition, { patchMergeKey: 'type', listType: { kind: 'map', keys: ['type'] } }),
    }),
  ),
});
