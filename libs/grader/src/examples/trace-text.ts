import type { Ratio, Trace, TracedOutcome } from '@kubedrill/cluster-sim';
import { describeOutcome, formatRatio } from '../observe/outcomes.ts';
import { add } from '../observe/ratios.ts';

/** All that can become of a connection, the likeliest first, and the way of one that comes to the first. */
export function traceText({ outcomes }: Trace): string {
  const fates = new Map<string, { readonly probability: Ratio; readonly hops: TracedOutcome['hops'] }>();
  for (const { probability, outcome, hops } of outcomes) {
    const words = describeOutcome(outcome);
    const other = fates.get(words);
    fates.set(words, other ? { ...other, probability: add(other.probability, probability) } : { probability, hops });
  }
  const sorted = [...fates].sort(([, a], [, b]) => likelihood(b.probability) - likelihood(a.probability));
  const shares = sorted.map(([words, { probability }]) => `${formatRatio(probability)}  ${words}`);
  const hops = (sorted[0]?.[1].hops ?? []).map(({ at, text }, index) => `${index + 1}. ${at}: ${text}`);
  return [...shares, '', ...hops].map((line) => `${line}\n`).join('');
}

function likelihood({ numerator, denominator }: Ratio): number {
  return numerator / denominator;
}
