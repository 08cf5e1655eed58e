import type { Cluster, Ratio, Trace } from '@kubedrill/cluster-sim';
import type { PodSet } from '../../exercise/pod-set.ts';
import type { Diagnosis } from '../../feedback/diagnosis.ts';
import { evidenceOf } from '../../feedback/hop-evidence.ts';
import { formatRatio } from '../../observe/outcomes.ts';
import { describePodSet, podsOf } from '../../observe/pods.ts';
import { add, equal, ratio, zero } from '../../observe/ratios.ts';
import { defineCheckKind } from '../check-kind.ts';
import { pairsOf, type Pair } from '../reachability/pairs.ts';
import type { DistributionParameters } from './schema.ts';
import { sharesOf, type Shares } from './shares.ts';

interface Skew {
  readonly pair: Pair;
  readonly trace: Trace;
  readonly shares: Shares;
}

interface DistributionObservation {
  readonly credit: number;
  readonly skew?: Skew;
  readonly gap?: Diagnosis;
}

export const distribution = defineCheckKind({
  kind: 'distribution',
  evaluate(parameters, context): DistributionObservation {
    const { pairs, gap } = pairsOf(context.cluster, [parameters.from], [parameters.to]);
    if (gap) return { credit: 0, gap };
    for (const pair of pairs) {
      const trace = context.trace(pair.probe);
      const shares = sharesOf(trace);
      if (!agrees(parameters, shares, context.cluster)) return { credit: 0, skew: { pair, trace, shares } };
    }
    return { credit: 1 };
  },
  explain(parameters, { skew, gap }) {
    const expected = describeWanted(parameters);
    if (!skew) return { expected, observed: gap?.text ?? '', evidence: gap?.evidence ?? [] };
    const { outcomes } = skew.trace;
    const { hops } = outcomes.find(({ outcome }) => outcome.kind !== 'delivered') ?? outcomes[0] ?? { hops: [] };
    return {
      expected: `${skew.pair.fromLabel} -> ${skew.pair.toLabel}: ${expected}`,
      observed: describeShares(skew.shares),
      hops,
      evidence: evidenceOf(hops),
    };
  },
});

function agrees({ even, shares: wanted }: DistributionParameters, shares: Shares, cluster: Cluster): boolean {
  if (even) {
    const pods = namesOf(cluster, even);
    const share = ratio(1, pods.length || 1);
    const complete = shares.others.size === 0 && shares.pods.size === pods.length && pods.length > 0;
    return complete && pods.every((pod) => equal(shares.pods.get(pod) ?? zero, share));
  }
  return (wanted ?? []).every(({ of, share }) => equal(shareOf(namesOf(cluster, of), shares), share));
}

function namesOf(cluster: Cluster, set: PodSet): readonly string[] {
  return podsOf(cluster, set).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
}

function shareOf(pods: readonly string[], shares: Shares): Ratio {
  return pods.reduce((sum, pod) => add(sum, shares.pods.get(pod) ?? zero), zero);
}

function describeWanted({ even, shares }: DistributionParameters): string {
  if (even) return `an equal share for each of ${describePodSet(even)}`;
  return (shares ?? []).map(({ of, share }) => `${formatRatio(share)} for ${describePodSet(of)}`).join(', ');
}

function describeShares({ pods, others }: Shares): string {
  const parts = [...pods, ...others].map(([who, share]) => `${formatRatio(share)} ${who}`);
  return parts.length > 8 ? `${parts.slice(0, 8).join(', ')} and ${parts.length - 8} more` : parts.join(', ');
}
