import { describe, expect, it } from '@jest/globals';
import { nextExercises, type ExerciseOffer, type VariantProgress } from '@kubedrill/progress';

const needs = new Map([
  ['labels', []],
  ['selector', ['labels']],
  ['endpoints', ['selector']],
  ['ports', []],
]);

const offer = (exerciseId: string, concepts: readonly string[], more: Partial<ExerciseOffer> = {}): ExerciseOffer => ({
  ...{ exerciseId, kind: 'drill', concepts, prerequisites: [], variants: ['basic'] },
  ...more,
});

const course: readonly ExerciseOffer[] = [
  offer('first', ['labels', 'selector'], { variants: ['basic', 'hard'] }),
  offer('lists', ['endpoints']),
  offer('numbers', ['ports']),
  offer('both', ['endpoints', 'ports'], { kind: 'challenge', prerequisites: ['lists', 'numbers'] }),
];

function reached(exerciseId: string, passed: boolean, variant = 'basic'): VariantProgress {
  const at = new Date('2026-03-01T00:00:00Z');
  const entry = { userId: 'ada', exerciseId, variant, bestScore: 0.5, points: 5, attempts: 1, lastGradedAt: at };
  return passed ? { ...entry, passedAt: at } : entry;
}

describe('what a learner may do next', () => {
  it.each<[what: string, progress: readonly VariantProgress[], next: readonly string[]]>([
    [
      'at the beginning drills that need nothing, then what lacks least',
      [],
      ['first basic ready', 'numbers basic ready', 'lists basic ahead of selector', 'both basic ahead of selector'],
    ],
    [
      'what was tried comes first',
      [reached('numbers', false)],
      ['numbers basic begun', 'first basic ready', 'lists basic ahead of selector', 'both basic ahead of selector'],
    ],
    [
      'what is passed opens what needs it, and its next variant',
      [reached('first', true)],
      ['lists basic ready', 'numbers basic ready', 'both basic ready', 'first hard harder'],
    ],
    [
      'who jumps ahead has shown what is before it',
      [reached('both', true)],
      ['first basic ready', 'lists basic ready', 'numbers basic ready'],
    ],
    [
      'nothing is left',
      [
        reached('first', true),
        reached('first', true, 'hard'),
        ...['lists', 'numbers', 'both'].map((id) => reached(id, true)),
      ],
      [],
    ],
  ])('%s', (_what, progress, next) => {
    const said = nextExercises(course, needs, progress).map(({ exerciseId, variant, why, missing }) =>
      [exerciseId, variant, why, ...(missing.length > 0 ? ['of', ...missing] : [])].join(' '),
    );
    expect(said).toEqual(next);
  });

  it('says which concepts would be new', () => {
    const [first] = nextExercises(course, needs, [reached('lists', true)]);
    expect(first).toEqual({ exerciseId: 'numbers', variant: 'basic', why: 'ready', teaches: ['ports'], missing: [] });
  });
});
