import type { CheckResult, Verdict } from './grading-result.ts';

export interface Score {
  /** Share of the weight, 0 to 1, rounded to 6 decimals. */
  readonly score: number;
  readonly points: number;
}

/** Guards whole points against the last bit of a sum of weights. */
const tolerance = 1e-9;

export function scoreOf(checks: readonly CheckResult[], maxPoints: number): Score {
  let total = 0;
  let earned = 0;
  for (const { weight, credit } of checks) {
    total += weight;
    earned += weight * credit;
  }
  const share = total === 0 ? 0 : earned / total;
  return { score: Math.round(share * 1e6) / 1e6, points: Math.floor(maxPoints * share + tolerance) };
}

/** The verdict of a run that came to its end. */
export function verdictOf(checks: readonly CheckResult[]): Verdict {
  if (checks.every(({ status }) => status === 'passed')) return 'passed';
  return checks.some(({ credit }) => credit > 0) ? 'partial' : 'failed';
}
