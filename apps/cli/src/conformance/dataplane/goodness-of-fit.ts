/**
 * Whether counts can be a draw from a distribution: Pearson's chi-square test. A difference is reported only where chance would
 * give one as large less than once in a thousand times, if nothing else is said.
 */
const usualSignificance = 0.001;

export interface Category {
  readonly count: number;
  /** Of this category; all together make 1. */
  readonly probability: number;
}

export function isPlausible(categories: readonly Category[], significance = usualSignificance): boolean {
  if (categories.some(({ count, probability }) => probability === 0 && count > 0)) return false;
  const possible = categories.filter(({ probability }) => probability > 0);
  if (possible.length < 2) return true;
  const total = possible.reduce((sum, { count }) => sum + count, 0);
  const statistic = possible.reduce((sum, { count, probability }) => {
    const expected = total * probability;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  return chiSquareTail(statistic, possible.length - 1) > significance;
}

/** P(X >= statistic) for a chi-square variable: the regularised upper incomplete gamma function Q(k/2, x/2) by its recurrence. */
function chiSquareTail(statistic: number, degreesOfFreedom: number): number {
  const half = statistic / 2;
  const isEven = degreesOfFreedom % 2 === 0;
  let term = isEven ? Math.exp(-half) : (2 / Math.sqrt(Math.PI)) * Math.sqrt(half) * Math.exp(-half);
  let tail = isEven ? term : complementaryErrorFunction(Math.sqrt(half));
  if (!isEven && degreesOfFreedom > 1) tail += term;
  for (let degree = isEven ? 2 : 3; degree < degreesOfFreedom; degree += 2) {
    term *= half / (degree / 2);
    tail += term;
  }
  return tail;
}

/** Numerical Recipes 6.2, relative error below 1.2e-7. */
function complementaryErrorFunction(x: number): number {
  const t = 1 / (1 + x / 2);
  const coefficients = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ];
  const series = coefficients.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  return t * Math.exp(-x * x + series);
}
