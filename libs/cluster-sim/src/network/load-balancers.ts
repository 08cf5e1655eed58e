import type { Service } from '@kubedrill/kube-model';
import type { Machines } from '../kubelet/machines.ts';
import type { Packet } from '../proxy/packet.ts';
import type { ProxiedService } from '../proxy/proxy-backend.ts';
import { evidenceOfService } from '../proxy/rule-origin.ts';
import { servicePorts, type ServicePortInfo } from '../proxy/service-map.ts';
import type { HopTeller } from './flight.ts';
import { localEndpoints } from './health-checks.ts';
import { isLoopback } from './ipv4.ts';
import type { NetworkMap, NodePoint } from './network-map.ts';
import type { NodeProxies } from './node-proxies.ts';

/** What one node gets of a flow to a load-balancer address; all nodes of a flow get equally much. */
export interface LoadBalancerShare {
  readonly node: NodePoint;
  readonly packet: Packet;
  readonly hop: HopTeller;
}

type Ingress = NonNullable<Service['status']['loadBalancer']['ingress']>[number];

/**
 * What stands in front of the nodes. A cloud's load balancer with ipMode VIP passes packets on as they are; with ipMode Proxy it
 * makes a connection of its own to the node port. Its health checks leave it the nodes that answer; under externalTrafficPolicy Local, the nodes with
 * endpoints. A local cluster's one (kind 'localhost') does the same for ports of 127.0.0.1 on hosts outside.
 */
export class LoadBalancers {
  private readonly map: NetworkMap;
  private readonly proxies: NodeProxies;
  private readonly machines: Pick<Machines, 'isOn'>;

  constructor(map: NetworkMap, proxies: NodeProxies, machines: Pick<Machines, 'isOn'>) {
    this.map = map;
    this.proxies = proxies;
    this.machines = machines;
  }

  /** The nodes that can get the packet; undefined for what is not to a load balancer's address and port. */
  sharesOf(packet: Packet): readonly LoadBalancerShare[] | undefined {
    switch (this.map.options.loadBalancer.kind) {
      case 'none':
        return undefined;
      case 'cloud':
        return this.sharesBy(packet, ({ ip }) => ip === packet.destination);
      case 'localhost':
        return isLoopback(packet.destination) ? this.sharesBy(packet, () => true) : undefined;
    }
  }

  private sharesBy(packet: Packet, isMeant: (ingress: Ingress) => boolean): readonly LoadBalancerShare[] | undefined {
    for (const service of this.proxies.proxiedServices()) {
      const ingress = service.service.status.loadBalancer.ingress?.find(isMeant);
      const port = ingress && servicePorts(service.service).find((candidate) => matches(candidate, packet));
      if (port) return this.shares(service, port, packet, ingress);
    }
    return undefined;
  }

  private shares(
    service: ProxiedService,
    port: ServicePortInfo,
    packet: Packet,
    ingress: Ingress,
  ): LoadBalancerShare[] {
    const healthy = [...this.map.nodes.values()].filter(
      (node) => this.machines.isOn(node.name) && (!port.externalPolicyLocal || localEndpoints(service, node.name) > 0),
    );
    const isProxy = ingress.ipMode === 'Proxy' || ingress.ip === undefined;
    const source = isLoopback(packet.destination) ? this.map.gatewayAddress : packet.destination;
    return healthy.map((node) => ({
      node,
      packet: isProxy ? { ...packet, source, destination: node.address, destinationPort: port.nodePort } : packet,
      hop: () => ({
        kind: 'route',
        at: 'load balancer',
        text: `The load balancer of Service ${port.name} chooses node ${node.name} (1 of ${healthy.length}).`,
        evidence: [evidenceOfService(port, 'status', 'loadBalancer', 'ingress')],
      }),
    }));
  }
}

function matches(port: ServicePortInfo, packet: Packet): boolean {
  return port.port === packet.destinationPort && port.protocol.toUpperCase() === packet.protocol;
}
