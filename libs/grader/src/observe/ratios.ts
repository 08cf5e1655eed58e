import type { Ratio } from '@kubedrill/cluster-sim';

export const zero: Ratio = { numerator: 0, denominator: 1 };

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Lowest terms. Exact as long as the products stay below 2^53, which the bound on trace branches sees to. */
export function ratio(numerator: number, denominator: number): Ratio {
  const divisor = greatestCommonDivisor(numerator, denominator) || 1;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

export function add(a: Ratio, b: Ratio): Ratio {
  return ratio(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function equal(a: Ratio, b: Ratio): boolean {
  return a.numerator * b.denominator === b.numerator * a.denominator;
}
