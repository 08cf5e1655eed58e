import { cachedEndpointsOf } from '../proxy/endpoint-map.ts';
import type { Packet } from '../proxy/packet.ts';
import type { ProxiedService } from '../proxy/proxy-backend.ts';
import { servicePorts } from '../proxy/service-map.ts';
import type { HttpResponse } from './flow.ts';
import type { Socket } from './local-process.ts';
import type { NodePoint } from './network-map.ts';
import type { NodeProxies } from './node-proxies.ts';

/** What kube-proxy answers itself: the health-check node ports of LoadBalancer Services with policy Local. */
export class HealthChecks {
  private readonly proxies: NodeProxies;

  constructor(proxies: NodeProxies) {
    this.proxies = proxies;
  }

  socketFor(node: NodePoint, packet: Packet): Socket | undefined {
    if (packet.protocol !== 'TCP' || !this.proxies.listensOn(node, packet.destination)) return undefined;
    const service = this.proxies
      .proxiedServices()
      .find((candidate) => servicePorts(candidate.service)[0]?.healthCheckNodePort === packet.destinationPort);
    if (!service) return undefined;
    const response = healthResponse(service, localEndpoints(service, node.name));
    return {
      server: { kind: 'node', name: node.name, address: packet.destination, port: packet.destinationPort },
      application: { kind: 'http', respond: () => response },
    };
  }
}

/** Addresses of ready endpoints on the node, over all ports: pkg/proxy EndpointsMap.LocalReadyEndpoints. */
export function localEndpoints({ service, slices }: ProxiedService, node: string): number {
  const addresses = new Set<string>();
  for (const port of servicePorts(service)) {
    for (const endpoint of cachedEndpointsOf(port, slices)) {
      if (endpoint.ready && endpoint.nodeName === node) addresses.add(endpoint.address);
    }
  }
  return addresses.size;
}

/** pkg/proxy/healthcheck/service_health.go ServeHTTP, text and all. */
function healthResponse({ service }: ProxiedService, count: number): HttpResponse {
  const { namespace, name } = service.metadata;
  return {
    status: count > 0 ? 200 : 503,
    headers: {
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'x-load-balancing-endpoint-weight': `${count}`,
    },
    body: [
      '{',
      '\t"service": {',
      `\t\t"namespace": ${JSON.stringify(namespace ?? '')},`,
      `\t\t"name": ${JSON.stringify(name)}`,
      '\t},',
      `\t"localEndpoints": ${count},`,
      '\t"serviceProxyHealthy": true',
      '}',
    ].join('\n'),
  };
}
