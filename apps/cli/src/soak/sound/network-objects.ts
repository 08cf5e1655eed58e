import type { JsonObject } from '@kubedrill/kube-model';
import type { Draw } from '../draw.ts';
import { addresses, labelValues, names, portNames, ranges } from '../words.ts';
import { labelSelector } from './pod-spec.ts';

export function service(draw: Draw): JsonObject {
  const type = draw.pick(['ClusterIP', 'ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] as const);
  if (type === 'ExternalName')
    return { spec: { type, externalName: draw.pick(['web.default.svc.cluster.local', 'example.com']) } };
  const isHeadless = type === 'ClusterIP' && draw.percent(25);
  return {
    spec: {
      type,
      ...(isHeadless ? { clusterIP: 'None' } : {}),
      ...draw.maybe(85, () => ({ selector: { app: draw.pick(labelValues) } })),
      ports: draw.list(1, 2, (index) => servicePort(draw, index)),
      ...draw.maybe(20, () => ({ sessionAffinity: 'ClientIP' })),
      ...draw.maybe(20, () => ({ internalTrafficPolicy: 'Local' })),
      ...draw.maybe(type === 'ClusterIP' ? 0 : 30, () => ({ externalTrafficPolicy: 'Local' })),
      ...draw.maybe(10, () => ({ publishNotReadyAddresses: true })),
      ...draw.maybe(10, () => ({ externalIPs: ['198.51.100.4'] })),
      ...draw.maybe(10, () => ({ trafficDistribution: draw.pick(['PreferClose', 'PreferSameNode']) })),
      ...draw.maybe(type === 'LoadBalancer' ? 30 : 0, () => ({ loadBalancerSourceRanges: ['192.0.2.0/24'] })),
    },
  };
}

function servicePort(draw: Draw, index: number): JsonObject {
  return {
    name: `${draw.pick(portNames)}${index}`,
    port: draw.pick([80, 8080, 53]) + index,
    protocol: draw.pick(['TCP', 'TCP', 'UDP', 'SCTP']),
    ...draw.maybe(60, () => ({ targetPort: draw.pick<string | number>([80, 8080, 'http0', 'x0', 53]) })),
    ...draw.maybe(15, () => ({ appProtocol: 'kubernetes.io/h2c' })),
  };
}

export function endpoints(draw: Draw): JsonObject {
  const address = (): JsonObject => ({
    ip: draw.pick(['10.244.1.5', '192.0.2.7']),
    ...draw.maybe(30, () => ({ nodeName: 'node-1' })),
  });
  return {
    subsets: draw.list(0, 2, () => ({
      addresses: draw.list(1, 2, address),
      ...draw.maybe(30, () => ({ notReadyAddresses: draw.list(1, 2, address) })),
      ports: [{ port: draw.pick([80, 8080]), name: draw.pick(portNames), protocol: 'TCP' }],
    })),
  };
}

export function endpointSlice(draw: Draw): JsonObject {
  const addressType = draw.pick(['IPv4', 'IPv6', 'FQDN'] as const);
  const address = { IPv4: '192.0.2.7', IPv6: '2001:db8::1', FQDN: 'a.example.com' }[addressType];
  return {
    metadata: { labels: { 'kubernetes.io/service-name': draw.pick(names) } },
    addressType,
    endpoints: draw.list(0, 3, () => ({
      addresses: [address],
      ...draw.maybe(50, () => ({
        conditions: { ready: draw.percent(50), serving: true, terminating: draw.percent(30) },
      })),
      ...draw.maybe(30, () => ({ nodeName: 'node-2', zone: 'z1', hints: { forZones: [{ name: 'z1' }] } })),
    })),
    ports: [{ name: draw.pick(portNames), port: draw.pick([80, 8080]), protocol: draw.pick(['TCP', 'UDP']) }],
  };
}

export function networkPolicy(draw: Draw): JsonObject {
  const peer = (): JsonObject =>
    draw.pick<JsonObject>([
      { podSelector: labelSelector(draw) },
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } } },
      { ipBlock: { cidr: draw.pick(ranges.slice(0, 3)) } },
      { ipBlock: { cidr: '10.244.0.0/16', except: ['10.244.1.0/24'] } },
    ]);
  const ports = (): JsonObject =>
    draw.maybe(50, () => ({
      ports: [draw.pick<JsonObject>([{ port: 80 }, { port: 'http0' }, { port: 53, endPort: 90, protocol: 'UDP' }])],
    }));
  return {
    spec: {
      podSelector: draw.percent(40) ? {} : labelSelector(draw),
      ...draw.maybe(70, () => ({ ingress: draw.list(0, 2, () => ({ from: draw.list(1, 2, peer), ...ports() })) })),
      ...draw.maybe(40, () => ({ egress: draw.list(0, 2, () => ({ to: draw.list(1, 2, peer), ...ports() })) })),
      ...draw.maybe(40, () => ({ policyTypes: draw.pick([['Ingress'], ['Egress'], ['Ingress', 'Egress']]) })),
    },
  };
}

export function ingress(draw: Draw): JsonObject {
  const backend = {
    service: { name: draw.pick(names), port: draw.pick<JsonObject>([{ number: 80 }, { name: 'http0' }]) },
  };
  const path = { path: draw.pick(['/', '/api']), pathType: draw.pick(['Prefix', 'Exact']), backend };
  return {
    spec: {
      ...draw.maybe(50, () => ({ ingressClassName: draw.pick(names) })),
      ...draw.maybe(30, () => ({ tls: [{ hosts: ['a.example.com'], secretName: draw.pick(names) }] })),
      ...draw.maybe(30, () => ({ defaultBackend: backend })),
      rules: [{ host: draw.pick(['a.example.com', '*.example.com']), http: { paths: [path] } }],
    },
  };
}

export function ingressClass(draw: Draw): JsonObject {
  return {
    spec: {
      controller: 'example.com/c',
      ...draw.maybe(30, () => ({ parameters: { kind: 'K', name: draw.pick(names) } })),
    },
  };
}

export function node(draw: Draw): JsonObject {
  const number = draw.between(50, 59);
  return {
    metadata: {
      labels: { 'kubernetes.io/hostname': draw.pick(names), 'topology.kubernetes.io/zone': draw.pick(['z1', 'z2']) },
    },
    spec: {
      podCIDR: `10.244.${number}.0/24`,
      podCIDRs: [`10.244.${number}.0/24`],
      ...draw.maybe(20, () => ({ taints: [{ key: 'a', effect: draw.pick(['NoSchedule', 'NoExecute']) }] })),
      ...draw.maybe(10, () => ({ unschedulable: true })),
    },
    status: {
      addresses: [{ type: 'InternalIP', address: draw.pick(addresses.slice(0, 3)) }],
      ...draw.maybe(70, () => ({
        allocatable: { cpu: '4', memory: '8Gi', pods: '10' },
        conditions: [{ type: 'Ready', status: 'True' }],
      })),
    },
  };
}
