import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CheckResult } from '../src/grading-result.ts';
import { scoreOf, verdictOf } from '../src/score.ts';

function check(weight: number, credit: number): CheckResult {
  return { id: 'c', title: 'C', weight, credit, status: credit === 1 ? 'passed' : 'failed' };
}

interface Case {
  readonly checks: readonly (readonly [weight: number, credit: number])[];
  readonly score: number;
  readonly points: number;
  readonly verdict: string;
}

const cases: readonly Case[] = [
  {
    checks: [
      [1, 1],
      [1, 1],
    ],
    score: 1,
    points: 100,
    verdict: 'passed',
  },
  {
    checks: [
      [1, 1],
      [2, 0],
    ],
    score: 0.333333,
    points: 33,
    verdict: 'partial',
  },
  {
    checks: [
      [2, 0.5],
      [1, 0],
    ],
    score: 0.333333,
    points: 33,
    verdict: 'partial',
  },
  {
    checks: [
      [1, 0],
      [1, 0],
    ],
    score: 0,
    points: 0,
    verdict: 'failed',
  },
  {
    checks: [
      [0.1, 1],
      [0.2, 1],
      [0.3, 1],
    ],
    score: 1,
    points: 100,
    verdict: 'passed',
  },
];

describe('score and verdict', () => {
  it.each(cases)('of $checks', ({ checks, score, points, verdict }) => {
    const results = checks.map(([weight, credit]) => check(weight, credit));
    expect({ ...scoreOf(results, 100), verdict: verdictOf(results) }).toEqual({ score, points, verdict });
  });

  it('gives whole points where the share of the points is whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 50 }), (total, given) => {
        const passed = Math.min(given, total);
        const results = Array.from({ length: total }, (_, index) => check(0.1, index < passed ? 1 : 0));
        expect(scoreOf(results, 10 * total).points).toBe(10 * passed);
      }),
    );
  });
});
