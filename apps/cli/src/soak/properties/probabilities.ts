import type { TracedOutcome } from '@kubedrill/cluster-sim';

/** Exactly, whatever the denominators. */
export function addUpToOne(outcomes: readonly Pick<TracedOutcome, 'probability'>[]): boolean {
  let [numerator, denominator] = [0n, 1n];
  for (const { probability } of outcomes) {
    const below = BigInt(probability.denominator);
    numerator = numerator * below + BigInt(probability.numerator) * denominator;
    denominator *= below;
  }
  return numerator === denominator;
}
