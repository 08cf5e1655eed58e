import { describe, expect, it } from '@jest/globals';
import type { Verdict } from '@kubedrill/grader';
import { advance, type GradedSubmission, type VariantProgress } from '@kubedrill/progress';

const at = (text: string): Date => new Date(text);

const graded = (points: number, verdict: Verdict, gradedAt = '2026-03-02T10:00:00Z'): GradedSubmission => ({
  submissionId: 's',
  userId: 'ada',
  exerciseId: 'two-tier',
  moduleId: 'services',
  variant: 'basic',
  verdict,
  score: points / 100,
  points,
  gradedAt: at(gradedAt),
});

const before: VariantProgress = {
  userId: 'ada',
  exerciseId: 'two-tier',
  variant: 'basic',
  bestScore: 0.5,
  points: 50,
  attempts: 2,
  lastGradedAt: at('2026-03-02T09:00:00Z'),
};

describe('what an attempt changes', () => {
  it.each<[string, VariantProgress | undefined, GradedSubmission, number | undefined, Partial<VariantProgress>]>([
    ['a first attempt', undefined, graded(75, 'partial'), 75, { points: 75, bestScore: 0.75, attempts: 1 }],
    ['a first failure', undefined, graded(0, 'failed'), undefined, { points: 0, bestScore: 0, attempts: 1 }],
    ['an improvement', before, graded(80, 'partial'), 30, { points: 80, bestScore: 0.8, attempts: 3 }],
    ['an equal attempt', before, graded(50, 'partial'), undefined, { points: 50, attempts: 3 }],
    ['a worse attempt', before, graded(10, 'partial'), undefined, { points: 50, bestScore: 0.5, attempts: 3 }],
    ['a rejected manifest', before, graded(0, 'rejected'), undefined, { points: 50, attempts: 3 }],
    ['a bound that was hit', before, graded(0, 'limited'), undefined, { points: 50, attempts: 3 }],
    ['full marks', before, graded(100, 'passed'), 50, { points: 100, passedAt: at('2026-03-02T10:00:00Z') }],
  ])('%s', (_, previous, submission, gain, expected) => {
    const result = advance(previous, submission);
    expect(result.gain?.points).toBe(gain);
    expect(result.progress).toMatchObject(expected);
  });

  it('keeps the instant of the first pass', () => {
    const passedAt = at('2026-03-01T00:00:00Z');
    expect(advance({ ...before, passedAt }, graded(100, 'passed')).progress.passedAt).toEqual(passedAt);
  });

  it('has no passing instant before the first pass', () => {
    expect(advance(before, graded(90, 'partial')).progress).not.toHaveProperty('passedAt');
  });

  it.each(['2026-03-02T09:00:00.000Z', '2026-03-02T08:00:00.000Z'])(
    'comes after the attempt before it (%s)',
    (instant) => {
      const { progress, gain } = advance(before, graded(60, 'partial', instant));
      expect(progress.lastGradedAt).toEqual(at('2026-03-02T09:00:00.001Z'));
      expect(gain?.gainedAt).toEqual(progress.lastGradedAt);
    },
  );
});
