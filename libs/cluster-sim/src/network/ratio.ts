import type { Ratio } from './flow.ts';

export const one: Ratio = { numerator: 1, denominator: 1 };

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function reduced(numerator: number, denominator: number): Ratio {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** Cancels before it multiplies, so that what fits in the result never overflows on the way. */
export function times(a: Ratio, b: Ratio): Ratio {
  if (a === one) return b;
  if (b === one) return a;
  const across = greatestCommonDivisor(a.numerator, b.denominator);
  const back = greatestCommonDivisor(b.numerator, a.denominator);
  return {
    numerator: (a.numerator / across) * (b.numerator / back),
    denominator: (a.denominator / back) * (b.denominator / across),
  };
}

export function plus(a: Ratio, b: Ratio): Ratio {
  const shared = greatestCommonDivisor(a.denominator, b.denominator);
  const factor = b.denominator / shared;
  return reduced(a.numerator * factor + b.numerator * (a.denominator / shared), a.denominator * factor);
}
