import type { Ratio } from '../network/flow.ts';
import { one, times } from '../network/ratio.ts';

export type Decide = (probability: Ratio) => 'both' | 'match' | 'pass';

export interface Chosen {
  readonly index: number;
  readonly probability: Ratio;
}

/** Which of `count` equal possibilities come about, with what probability: all of them, or the one that is drawn. */
export function fairChoice(count: number, decide: Decide): readonly Chosen[] {
  return weightedChoice(
    Array.from({ length: count }, () => 1),
    decide,
  );
}

/** As `fairChoice`, with possibilities that come about in proportion to their weights: whole numbers above 0. */
export function weightedChoice(weights: readonly number[], decide: Decide): readonly Chosen[] {
  const chosen: Chosen[] = [];
  let rest = one;
  let left = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of weights.entries()) {
    const share: Ratio = { numerator: weight, denominator: left };
    const decision = left === weight ? 'match' : decide(share);
    if (decision === 'match') return [...chosen, { index, probability: rest }];
    left -= weight;
    if (decision === 'pass') continue;
    chosen.push({ index, probability: times(rest, share) });
    rest = times(rest, { numerator: left, denominator: left + weight });
  }
  return chosen;
}
