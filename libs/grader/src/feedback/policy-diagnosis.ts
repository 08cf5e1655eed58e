import type { Cluster, Evidence, Hop, Probe, TracedOutcome } from '@kubedrill/cluster-sim';
import type { NetworkPolicy } from '@kubedrill/kube-model';
import type { Diagnosis } from './diagnosis.ts';

/** What the policy said that a flow has met last; undefined when it has met none. */
export function diagnosePolicy(hops: readonly Hop[]): Diagnosis | undefined {
  const hop = hops.findLast(({ kind }) => kind === 'policy');
  return hop && { text: hop.text.replace(/\.$/, ''), evidence: hop.evidence ?? [] };
}

/** Why no policy has stopped a flow that was delivered: a rule allows it, or nothing isolates its ends. */
export function diagnoseMissingDenial(
  cluster: Cluster,
  { from }: Probe,
  { outcome, hops }: TracedOutcome,
): Diagnosis | undefined {
  if (outcome.kind !== 'delivered') return undefined;
  const decision = diagnosePolicy(hops);
  if (decision) return decision;
  const pods = [outcome.server, from].flatMap(({ kind, name, ...rest }) => {
    const { namespace = '' } = 'namespace' in rest ? rest : {};
    return kind === 'pod' ? [{ namespace, name }] : [];
  });
  const names = pods.map(({ namespace, name }) => `pod ${namespace}/${name}`).join(' nor ');
  const policies = pods.flatMap(({ namespace }) => cluster.view.list('NetworkPolicy', namespace));
  return { text: `no NetworkPolicy isolates ${names} for this traffic`, evidence: policies.map(selectorOf) };
}

function selectorOf({ metadata }: NetworkPolicy): Evidence {
  const { namespace = '', name } = metadata;
  return { kind: 'NetworkPolicy', namespace, name, path: ['spec', 'podSelector'] };
}
