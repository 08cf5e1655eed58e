import type { NetworkPolicy, Pod } from '@kubedrill/kube-model';
import type { Packet } from '../../proxy/packet.ts';
import type { ObjectView } from '../../store/object-view.ts';
import type { PolicyDirection } from '../flow.ts';
import type { NetworkMap } from '../network-map.ts';
import { compilePolicy, type CompiledPolicy } from './compiled-policy.ts';
import type { FlowEnd } from './flow-end.ts';

/** What the policies of one end say to a packet, and which of them. */
export interface Judgement {
  readonly direction: PolicyDirection;
  /** The Pod whose policies were asked. */
  readonly pod: Pod;
  readonly packet: Packet;
  /** Who the packet comes from (ingress) or goes to (egress). */
  readonly peer: FlowEnd;
  /** The policies that isolate the Pod in this direction. */
  readonly isolating: readonly NetworkPolicy[];
  /** The rule that allows the packet. */
  readonly allowedBy?: RuleReference;
  /** Of a packet that no rule allows: the rule that would but for its peers or its ports. */
  readonly nearest?: RuleReference & { readonly lacks: 'peer' | 'port' };
}

export interface RuleReference {
  readonly policy: NetworkPolicy;
  readonly index: number;
}

type Isolating = { readonly [D in PolicyDirection]: readonly CompiledPolicy[] };

/**
 * The NetworkPolicies as they are now. Selectors are asked about the two ends of a packet, never spread over all Pods, so that what
 * a packet costs does not depend on the size of the cluster.
 */
export class NetworkPolicies {
  private readonly map: NetworkMap;
  private readonly view: ObjectView;
  private readonly isolating = new Map<Pod, Isolating>();

  constructor(map: NetworkMap, view: ObjectView) {
    this.map = map;
    this.view = view;
  }

  /** Undefined when no policy isolates the Pod in that direction: everything is allowed. */
  judge(
    direction: PolicyDirection,
    pod: Pod,
    packet: Packet,
    peer: FlowEnd = this.peerOf(direction, packet),
  ): Judgement | undefined {
    const policies = this.isolatingOf(pod)[direction];
    if (policies.length === 0) return undefined;
    const receiver = direction === 'ingress' ? pod : peer.pod;
    let nearest: Judgement['nearest'];
    const isolating = policies.map(({ policy }) => policy);
    const judgement: Judgement = { direction, pod, packet, peer, isolating };
    for (const { policy, rules } of policies) {
      for (const [index, { matchesPeer, matchesPort }] of (rules[direction] ?? []).entries()) {
        const isPeer = matchesPeer(peer);
        const isPort = matchesPort(packet, receiver);
        if (isPeer && isPort) return { ...judgement, allowedBy: { policy, index } };
        // A rule for the peer is nearer than one for the port.
        if (isPeer && nearest?.lacks !== 'port') nearest = { policy, index, lacks: 'port' };
        else if (isPort) nearest ??= { policy, index, lacks: 'peer' };
      }
    }
    return nearest ? { ...judgement, nearest } : judgement;
  }

  endOf(pod: Pod, address: string): FlowEnd {
    const namespaceLabels = this.view.get('Namespace', '', pod.metadata.namespace ?? '')?.metadata.labels;
    return { address, pod, ...(namespaceLabels && { namespaceLabels }) };
  }

  private peerOf(direction: PolicyDirection, { source, destination }: Packet): FlowEnd {
    const address = direction === 'ingress' ? source : destination;
    const pod = this.map.podWithAddress(address);
    return pod ? this.endOf(pod, address) : { address };
  }

  private isolatingOf(pod: Pod): Isolating {
    let known = this.isolating.get(pod);
    if (!known) {
      const { namespace, labels } = pod.metadata;
      const selecting = this.view
        .list('NetworkPolicy', namespace ?? '')
        .map(compilePolicy)
        .filter(({ selects }) => selects(labels));
      known = {
        ingress: selecting.filter(({ rules }) => rules.ingress),
        egress: selecting.filter(({ rules }) => rules.egress),
      };
      this.isolating.set(pod, known);
    }
    return known;
  }
}
