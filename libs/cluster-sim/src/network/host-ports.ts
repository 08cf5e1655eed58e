import type { Pod } from '@kubedrill/kube-model';
import type { Packet } from '../proxy/packet.ts';
import type { ObjectView } from '../store/object-view.ts';
import { withHop, type Flight } from './flight.ts';
import { contains, isLoopback } from './ipv4.ts';
import { describePlace, type NetworkMap, type NodePoint } from './network-map.ts';

interface HostPort {
  readonly pod: Pod;
  readonly address: string;
  readonly port: number;
  /** Of the pod: container and port by position. */
  readonly path: readonly (string | number)[];
}

/**
 * hostPort, which the container network serves and kube-proxy knows nothing of: the CNI plug-in portmap. Its rules stand behind
 * kube-proxy's at the same points, for all addresses that are the node's own, and mark for masquerade what comes from the
 * node's pods and from 127.0.0.1.
 */
export class HostPorts {
  private readonly map: NetworkMap;
  private readonly view: ObjectView;

  constructor(map: NetworkMap, view: ObjectView) {
    this.map = map;
    this.view = view;
  }

  /** The flight as it goes on behind these rules. */
  behind(node: NodePoint, flight: Flight): Flight {
    const { packet } = flight;
    const found = packet.translated || packet.protocol === 'ICMP' ? undefined : this.find(node, packet);
    if (!found) return flight;
    const { pod, address, port, path } = found;
    const { destinationPort, protocol } = packet;
    const marked = packet.marked || isMarked(node, address, packet.source);
    const translated = { ...packet, destination: address, destinationPort: port, translated: true, marked };
    return withHop({ ...flight, packet: translated }, () => {
      const { namespace = '', name } = pod.metadata;
      const text = `Port ${destinationPort}/${protocol} of the node is a hostPort of pod ${namespace}/${name}: DNAT to ${address}:${port}.`;
      return { kind: 'nat', at: describePlace(node), text, evidence: [{ kind: 'Pod', namespace, name, path }] };
    });
  }

  private find(node: NodePoint, { protocol, destination, destinationPort }: Packet): HostPort | undefined {
    const pods = this.view.indexed('Pod', 'hostPort', `${protocol} ${destinationPort}`);
    if (pods.length === 0 || !this.map.hostPorts || !this.map.isLocal(node, destination)) return undefined;
    for (const pod of pods) {
      const place = pod.spec.nodeName === node.name ? this.map.placeOfPod(pod) : undefined;
      if (place?.kind !== 'pod') continue;
      const { address } = place;
      for (const [index, { ports }] of pod.spec.containers.entries()) {
        for (const [number, { hostPort, hostIP, protocol: own, containerPort }] of (ports ?? []).entries()) {
          if (hostPort !== destinationPort || (own ?? 'TCP') !== protocol) continue;
          if (hostIP && hostIP !== '0.0.0.0' && hostIP !== destination) continue;
          return {
            pod,
            address,
            port: containerPort,
            path: ['spec', 'containers', index, 'ports', number, 'hostPort'],
          };
        }
      }
    }
    return undefined;
  }
}

function isMarked({ podRange }: NodePoint, address: string, source: string): boolean {
  return isLoopback(source) || (podRange ? contains(podRange, source) : source === address);
}
