import { withHop, type Flight } from '../flight.ts';
import type { Outcome } from '../flow.ts';
import { samePlace, type Place } from '../network-map.ts';
import type { NextHop } from '../routing.ts';
import type { Judgement, NetworkPolicies } from './network-policies.ts';
import { policyHop } from './policy-hop.ts';

export interface Passage {
  readonly flight: Flight;
  /** Set when the packet goes no further. */
  readonly denial?: Outcome;
}

/**
 * What a node's enforcement makes of a packet that it passes on: `from` one of its Pods (egress), `next` to one of its Pods
 * (ingress), or both. It looks where the node is about to let the packet go, after DNAT and before masquerade, as
 * kube-network-policies does (pkg/dataplane/controller.go, postrouting before source NAT). What the node sends itself, kubelet's
 * probes above all, and what is for the node itself never comes here: both are always allowed.
 */
export function passPolicies(policies: NetworkPolicies, from: Place, next: NextHop, flight: Flight): Passage {
  const to = next.kind === 'forward' ? next.to : undefined;
  // A Pod can't block access to itself.
  if (to && samePlace(from, to)) return { flight };
  const sender = from.kind === 'pod' ? from.pod : undefined;
  const receiver = to?.kind === 'pod' ? to.pod : undefined;
  const { packet } = flight;
  const egress = sender && policies.judge('egress', sender, packet);
  const left = passed(flight, egress);
  if (left.denial || !receiver) return left;
  return passed(left.flight, policies.judge('ingress', receiver, packet));
}

function passed(flight: Flight, judgement: Judgement | undefined): Passage {
  if (!judgement) return { flight };
  const told = withHop(flight, () => policyHop(judgement));
  return judgement.allowedBy ? { flight: told } : { flight: told, denial: deniedByPolicy(judgement) };
}

function deniedByPolicy({ direction, pod }: Judgement): Outcome {
  const { namespace = '', name } = pod.metadata;
  return { kind: 'deniedByPolicy', direction, pod: { namespace, name } };
}
