import { describe, expect, it } from '@jest/globals';
import { masteryOf, type SectionOffer, type VariantProgress } from '@kubedrill/progress';

const offer: SectionOffer = {
  moduleId: 'services',
  sectionId: 'cluster-ip',
  variants: [
    { exerciseId: 'two-tier', variant: 'basic', points: 100 },
    { exerciseId: 'two-tier', variant: 'hard', points: 200 },
  ],
};

const reached = (variant: string, points: number, passed = false): VariantProgress => ({
  userId: 'ada',
  exerciseId: 'two-tier',
  variant,
  bestScore: 1,
  points,
  attempts: 1,
  lastGradedAt: new Date('2026-03-01T00:00:00Z'),
  ...(passed ? { passedAt: new Date('2026-03-01T00:00:00Z') } : {}),
});

describe('mastery of a section', () => {
  it.each<[string, SectionOffer, VariantProgress[], number, number, number]>([
    ['nothing done', offer, [], 0, 0, 0],
    ['one of two variants', offer, [reached('basic', 100, true)], 100, 1, 0.333333],
    ['everything', offer, [reached('basic', 100, true), reached('hard', 200, true)], 300, 2, 1],
    ['more points than the variant gives today', offer, [reached('basic', 150)], 100, 0, 0.333333],
    ['a variant that is no longer offered', offer, [reached('gone', 100, true)], 0, 0, 0],
    ['a section without exercises', { ...offer, variants: [] }, [], 0, 0, 0],
  ])('%s', (_, section, progress, points, passedVariants, mastery) => {
    expect(masteryOf([section], progress)).toEqual([
      expect.objectContaining({ sectionId: 'cluster-ip', points, passedVariants, mastery }),
    ]);
  });
});
