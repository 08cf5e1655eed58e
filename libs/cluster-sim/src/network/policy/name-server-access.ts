import type { Pod } from '@kubedrill/kube-model';
import type { NameServerPaths } from '../../dns/cluster-dns.ts';
import type { Packet } from '../../proxy/packet.ts';
import type { ObjectView } from '../../store/object-view.ts';
import type { HopTeller, Landing } from '../flight.ts';
import type { Probe, VantagePoint } from '../flow.ts';
import { formatAddress } from '../ipv4.ts';
import type { NetworkMap, Place } from '../network-map.ts';
import type { NetworkPolicies } from './network-policies.ts';
import { policyHop } from './policy-hop.ts';

type PodVantagePoint = Extract<VantagePoint, { kind: 'pod' }>;
type PodPlace = Extract<Place, { kind: 'pod' }>;

export interface NameServerAccessParts {
  readonly map: NetworkMap;
  readonly view: ObjectView;
  readonly policies: NetworkPolicies;
  /** The cluster IP of kube-dns. */
  readonly clusterDns: string;
  /** Where a packet can end. */
  readonly send: (probe: Probe) => readonly Landing[];
}

const dnsPort = 53;
/** The first address that a node gives away. */
const firstPodAddress = 2;

/**
 * Whether a Pod's questions get through to a name server, as far as policies are concerned. A resolver asks again when it gets no
 * answer, and each question can take another way: only where policies end all of them the Pod has no name server.
 */
export class NameServerAccess implements NameServerPaths {
  private readonly parts: NameServerAccessParts;
  private readonly known = new Map<string, readonly HopTeller[] | undefined>();

  constructor(parts: NameServerAccessParts) {
    this.parts = parts;
  }

  denial(from: VantagePoint, server: string): readonly HopTeller[] | undefined {
    if (from.kind !== 'pod') return undefined;
    const key = `${from.namespace}/${from.name} ${server}`;
    if (!this.known.has(key)) this.known.set(key, this.denialOf(from, server));
    return this.known.get(key);
  }

  private denialOf(from: PodVantagePoint, server: string): readonly HopTeller[] | undefined {
    const { map, view, clusterDns, send } = this.parts;
    const pod = view.get('Pod', from.namespace, from.name);
    const place = pod && map.placeOfPod(pod);
    if (place?.kind !== 'pod') return undefined;
    if (server === clusterDns && !this.hasCoreDnsPods()) return this.denialOnTheWayToCoreDns(place);
    const landings = send({ from, host: server, port: dnsPort, protocol: 'UDP' });
    const [first] = landings;
    return first && landings.every(({ outcome }) => outcome.kind === 'deniedByPolicy') ? first.flight.hops : undefined;
  }

  private hasCoreDnsPods(): boolean {
    const slices = this.parts.view.indexed('EndpointSlice', 'service', 'kube-system/kube-dns');
    return slices.some(({ endpoints }) => (endpoints ?? []).length > 0);
  }

  /** The name server answers also where no Pods of it are: to policies it is what kubeadm's Deployment would make. */
  private denialOnTheWayToCoreDns({ pod, address }: PodPlace): readonly HopTeller[] | undefined {
    const { policies, map } = this.parts;
    const destination = formatAddress(map.podRange.base + firstPodAddress);
    const packet: Packet = {
      protocol: 'UDP',
      source: address,
      destination,
      destinationPort: dnsPort,
      marked: false,
      translated: true,
    };
    const server = coreDnsPod(destination);
    const judgements = [
      policies.judge('egress', pod, packet, policies.endOf(server, destination)),
      policies.judge('ingress', server, packet),
    ];
    const denial = judgements.find((judgement) => judgement && !judgement.allowedBy);
    return denial && [() => policyHop(denial)];
  }
}

/** cmd/kubeadm/app/phases/addons/dns/manifests.go, as far as policies look at it. */
function coreDnsPod(podIP: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'coredns',
      namespace: 'kube-system',
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
      labels: { 'k8s-app': 'kube-dns' },
    },
    spec: {
      containers: [
        {
          name: 'coredns',
          image: 'registry.k8s.io/coredns/coredns',
          ports: [
            { name: 'dns', containerPort: dnsPort, protocol: 'UDP' },
            { name: 'dns-tcp', containerPort: dnsPort, protocol: 'TCP' },
          ],
        },
      ],
    },
    status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }] },
  };
}
