import type { NetworkPolicy, Pod } from '@kubedrill/kube-model';
import type { Evidence, Hop } from '../flow.ts';
import type { FlowEnd } from './flow-end.ts';
import type { Judgement, RuleReference } from './network-policies.ts';

/** What the policies of a Pod have decided, in words and with the lines that decided. */
export function policyHop(judgement: Judgement): Hop {
  const { direction, allowedBy } = judgement;
  const at = `pod ${nameOf(judgement.pod)}`;
  if (!allowedBy) return { kind: 'policy', at, text: denialText(judgement), evidence: denialEvidence(judgement) };
  const text = `Rule ${describeRule(judgement, allowedBy)} allows ${describeTraffic(judgement)}.`;
  return { kind: 'policy', at, text, evidence: [evidenceOf(allowedBy.policy, direction, allowedBy.index)] };
}

function denialText(judgement: Judgement): string {
  const { direction, isolating, nearest, pod } = judgement;
  const names = isolating.map(nameOf).join(', ');
  const those = isolating.length === 1 ? `NetworkPolicy ${names}` : `The NetworkPolicies ${names}`;
  const verb = isolating.length === 1 ? 'isolates' : 'isolate';
  const rules = isolating.length === 1 ? 'no rule of it' : 'no rule of theirs';
  const text = `${those} ${verb} pod ${nameOf(pod)} for ${direction}, and ${rules} allows ${describeTraffic(judgement)}`;
  if (!nearest) return `${text}.`;
  const [has, lacks] = nearest.lacks === 'port' ? ['peer', 'port'] : ['port', 'peer'];
  return `${text} (${describeRule(judgement, nearest)} allows the ${has}, but not the ${lacks}).`;
}

function denialEvidence({ direction, isolating, nearest }: Judgement): readonly Evidence[] {
  const selectors = isolating.map((policy) => evidenceOf(policy, 'podSelector'));
  if (!nearest) return selectors;
  const { policy, index, lacks } = nearest;
  const field = lacks === 'port' ? 'ports' : direction === 'ingress' ? 'from' : 'to';
  return [evidenceOf(policy, direction, index, field), ...selectors];
}

function describeRule({ direction }: Judgement, { policy, index }: RuleReference): string {
  return `${direction}[${index}] of NetworkPolicy ${nameOf(policy)}`;
}

function describeTraffic({ direction, packet, peer }: Judgement): string {
  const { protocol, destinationPort } = packet;
  const what = protocol === 'ICMP' ? protocol : `${protocol} port ${destinationPort}`;
  return `${what} ${direction === 'ingress' ? 'from' : 'to'} ${describeEnd(peer)}`;
}

function describeEnd({ address, pod }: FlowEnd): string {
  return pod ? `pod ${nameOf(pod)} (${address})` : address;
}

function evidenceOf({ metadata }: NetworkPolicy, ...path: readonly (string | number)[]): Evidence {
  return { kind: 'NetworkPolicy', namespace: metadata.namespace ?? '', name: metadata.name, path: ['spec', ...path] };
}

function nameOf({ metadata }: Pod | NetworkPolicy): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
