import type { Trace, TracedOutcome } from '@kubedrill/cluster-sim';
import { describeOutcome, formatRatio } from '../observe/outcomes.ts';

/** All that can become of a connection, the likeliest first, and the way of that one. */
export function traceText({ outcomes }: Trace): string {
  const sorted = [...outcomes].sort((a, b) => likelihood(b) - likelihood(a));
  const fates = sorted.map(({ probability, outcome }) => `${formatRatio(probability)}  ${describeOutcome(outcome)}`);
  const hops = (sorted[0]?.hops ?? []).map(({ at, text }, index) => `${index + 1}. ${at}: ${text}`);
  return [...fates, '', ...hops].map((line) => `${line}\n`).join('');
}

function likelihood({ probability: { numerator, denominator } }: TracedOutcome): number {
  return numerator / denominator;
}
