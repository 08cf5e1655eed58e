import type { Outcome, Ratio, TracedOutcome } from '@kubedrill/cluster-sim';
import type { Finding } from '../check-kind.ts';
import { defineCheckKind } from '../check-kind.ts';
import type { ReachabilityParameters } from './schema.ts';
import { add, zero } from '../../observe/ratios.ts';
import { describeOutcome, formatRatio } from '../../observe/outcomes.ts';
import { diagnoseDestination } from '../../feedback/destination-diagnosis.ts';
import { evidenceOf } from '../../feedback/hop-evidence.ts';
import { diagnoseMissingDenial } from '../../feedback/policy-diagnosis.ts';
import { describeExpectation, expectsDenial, meetsExpectation } from './expectation.ts';
import { pairsOf, type Pair } from './pairs.ts';

/** A pair for which some packet ends otherwise than expected. */
interface Miss {
  readonly pair: Pair;
  readonly traced: TracedOutcome;
  /** Of all ways that end like this one. */
  readonly chance: Ratio;
}

export const reachability = defineCheckKind({
  kind: 'reachability',
  evaluate(parameters, context) {
    const { pairs, gap } = pairsOf(context.cluster, parameters.from, parameters.to);
    const misses: Miss[] = [];
    const meets = meetsExpectation(parameters.expect, context.cluster);
    for (const pair of pairs) {
      const { outcomes } = context.trace(pair.probe);
      const traced = outcomes.find(({ outcome }) => !meets(outcome));
      if (traced) misses.push({ pair, traced, chance: chanceOf(outcomes, traced, meets) });
    }
    return { credit: creditOf(parameters, pairs.length, misses.length, gap), misses, gap, pairs: pairs.length };
  },
  explain(parameters, { misses, gap, pairs }, { cluster }): Finding {
    const expected = describeExpectation(parameters.expect);
    const [first] = misses;
    if (!first) return { expected, observed: gap?.text ?? 'nothing', evidence: gap?.evidence ?? [] };
    const { pair, traced, chance } = first;
    const others = misses.length > 1 ? ` (and ${misses.length - 1} more of ${pairs} pairs)` : '';
    const often = chance.numerator === chance.denominator ? '' : ` with probability ${formatRatio(chance)}`;
    const isUndenied = traced.outcome.kind === 'delivered' && expectsDenial(parameters.expect, cluster);
    const diagnosis = isUndenied
      ? diagnoseMissingDenial(cluster, pair.probe, traced)
      : diagnoseDestination(cluster, pair.probe, traced, parameters.expect.server);
    const because = diagnosis ? `; ${diagnosis.text}` : '';
    return {
      expected: `${pair.fromLabel} -> ${pair.toLabel}: ${expected}`,
      observed: `${describeOutcome(traced.outcome)}${often}${others}${because}`,
      hops: traced.hops,
      evidence: [...(diagnosis?.evidence ?? []), ...evidenceOf(traced.hops)],
    };
  },
});

function chanceOf(
  outcomes: readonly TracedOutcome[],
  { outcome: { kind } }: TracedOutcome,
  meets: (outcome: Outcome) => boolean,
): Ratio {
  const alike = outcomes.filter(({ outcome }) => outcome.kind === kind && !meets(outcome));
  return alike.reduce((sum, { probability }) => add(sum, probability), zero);
}

function creditOf({ partial }: ReachabilityParameters, pairs: number, misses: number, gap: unknown): number {
  if (gap !== undefined || pairs === 0) return 0;
  if (partial) return (pairs - misses) / pairs;
  return misses === 0 ? 1 : 0;
}
