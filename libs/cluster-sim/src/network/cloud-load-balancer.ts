import type { Packet } from '../proxy/packet.ts';
import { servicePorts, type ServicePortInfo } from '../proxy/service-map.ts';
import type { ProxiedService } from '../proxy/proxy-backend.ts';
import { evidenceOfService } from '../proxy/rule-origin.ts';
import type { Hop } from './flow.ts';
import { localEndpoints } from './health-checks.ts';
import type { NetworkMap, NodePoint } from './network-map.ts';
import type { NodeProxies } from './node-proxies.ts';

/** What one node gets of a flow to a load-balancer address; all nodes of a flow get equally much. */
export interface LoadBalancerShare {
  readonly node: NodePoint;
  readonly packet: Packet;
  readonly hop: Hop;
}

/**
 * The cloud's load balancer in front of the nodes. With ipMode VIP it passes packets on as they are; with ipMode Proxy it makes a
 * connection of its own to the node port. Under externalTrafficPolicy Local its health checks leave it the nodes with endpoints.
 */
export class CloudLoadBalancer {
  private readonly map: NetworkMap;
  private readonly proxies: NodeProxies;

  constructor(map: NetworkMap, proxies: NodeProxies) {
    this.map = map;
    this.proxies = proxies;
  }

  /** The nodes that can get the packet; undefined for what is not to a load balancer's address and port. */
  sharesOf(packet: Packet): readonly LoadBalancerShare[] | undefined {
    if (this.map.options.loadBalancer.kind !== 'cloud') return undefined;
    for (const service of this.proxies.proxiedServices()) {
      const ingress = service.service.status.loadBalancer.ingress?.find(({ ip }) => ip === packet.destination);
      const port = ingress && servicePorts(service.service).find((candidate) => matches(candidate, packet));
      if (port) return this.shares(service, port, packet, ingress.ipMode === 'Proxy');
    }
    return undefined;
  }

  private shares(
    service: ProxiedService,
    port: ServicePortInfo,
    packet: Packet,
    proxied: boolean,
  ): LoadBalancerShare[] {
    const healthy = [...this.map.nodes.values()].filter(
      (node) => !port.externalPolicyLocal || localEndpoints(service, node.name) > 0,
    );
    return healthy.map((node) => ({
      node,
      packet: proxied
        ? { ...packet, source: packet.destination, destination: node.address, destinationPort: port.nodePort }
        : packet,
      hop: {
        kind: 'route',
        at: 'load balancer',
        text: `The load balancer of Service ${port.name} chooses node ${node.name} (1 of ${healthy.length}).`,
        evidence: [evidenceOfService(port, 'status', 'loadBalancer', 'ingress')],
      },
    }));
  }
}

function matches(port: ServicePortInfo, packet: Packet): boolean {
  return port.port === packet.destinationPort && port.protocol.toUpperCase() === packet.protocol;
}
