import type { Ratio } from '../network/flow.ts';
import { one, times } from '../network/ratio.ts';

export type Decide = (probability: Ratio) => 'both' | 'match' | 'pass';

/** Which of `count` equal possibilities come about, with what probability: all of them, or the one that is drawn. */
export function fairChoice(
  count: number,
  decide: Decide,
): readonly { readonly index: number; readonly probability: Ratio }[] {
  const chosen: { index: number; probability: Ratio }[] = [];
  let rest = one;
  for (let index = 0; index < count; index += 1) {
    const left = count - index;
    const share: Ratio = { numerator: 1, denominator: left };
    const decision = left === 1 ? 'match' : decide(share);
    if (decision === 'match') return [...chosen, { index, probability: rest }];
    if (decision === 'pass') continue;
    chosen.push({ index, probability: times(rest, share) });
    rest = times(rest, { numerator: left - 1, denominator: left });
  }
  return chosen;
}
