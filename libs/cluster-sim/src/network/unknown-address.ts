import type { Packet } from '../proxy/packet.ts';
import { servicePorts } from '../proxy/service-map.ts';
import { evidenceOfService } from '../proxy/rule-origin.ts';
import { describeDestination } from './flight.ts';
import type { Hop } from './flow.ts';
import { contains } from './ipv4.ts';
import type { NetworkMap } from './network-map.ts';
import type { NodeProxies } from './node-proxies.ts';

/**
 * Why a packet has come as far as a gateway that knows no way for it: mostly because no rule has matched it before.
 * In iptables mode a cluster IP exists only as far as its Service declares ports.
 */
export function unknownAddress(
  { map, proxies }: { readonly map: NetworkMap; readonly proxies: NodeProxies },
  at: string,
  packet: Packet,
): Hop {
  const { destination } = packet;
  const port = proxies
    .proxiedServices()
    .flatMap(({ service }) => servicePorts(service))
    .find(({ clusterIP, loadBalancerVIPs, externalIPs }) =>
      [clusterIP, ...loadBalancerVIPs, ...externalIPs].includes(destination),
    );
  const lost = `nobody knows a way to ${destination}, and the packet is dropped`;
  if (port) {
    const { namespace, name } = port.service.metadata;
    const text = `No rule of Service ${namespace ?? ''}/${name} is for ${describeDestination(packet)}; ${lost}.`;
    return { kind: 'route', at, text, evidence: [evidenceOfService(port, 'spec', 'ports')] };
  }
  const what = map.serviceRanges.some((range) => contains(range, destination))
    ? 'No Service has this cluster IP'
    : 'No host has this address';
  return { kind: 'route', at, text: `${what}; ${lost}.` };
}
