import type { VariantProgress } from './variant-progress.ts';

/** For each concept what has to be understood before it, by id. */
export type ConceptNeeds = ReadonlyMap<string, readonly string[]>;

/** An exercise that is offered, with its variants in the author's order, in which they rise. */
export interface ExerciseOffer {
  readonly exerciseId: string;
  readonly kind: 'drill' | 'challenge';
  readonly concepts: readonly string[];
  readonly prerequisites: readonly string[];
  readonly variants: readonly string[];
}

/**
 * begun: tried and not passed. ready: all that it needs is understood. harder: passed, and it has a further variant. ahead: something
 * that it needs is missing, which forbids nobody to try.
 */
export type Suggestion = 'begun' | 'ready' | 'harder' | 'ahead';

export interface NextExercise {
  readonly exerciseId: string;
  readonly variant: string;
  readonly why: Suggestion;
  /** Concepts that it would add to what is understood. */
  readonly teaches: readonly string[];
  /** Concepts that it needs and that no passed exercise has shown. */
  readonly missing: readonly string[];
}

/**
 * What one learner may do next, best first. Whoever has passed a variant of an exercise has understood its concepts, and what they
 * need. Offers come in the order of the course, which decides among equals.
 */
export function nextExercises(
  offers: readonly ExerciseOffer[],
  needs: ConceptNeeds,
  progress: readonly VariantProgress[],
): readonly NextExercise[] {
  const passed = new Set(progress.filter(({ passedAt }) => passedAt !== undefined).map(keyOf));
  const tried = new Set(progress.map(({ exerciseId }) => exerciseId));
  const understood = understoodBy(offers, needs, passed);
  const conceptsOf = new Map(offers.map(({ exerciseId, concepts }) => [exerciseId, concepts]));
  const suggestions = offers.flatMap((offer): readonly Ranked[] => {
    const { exerciseId, variants, concepts, kind } = offer;
    const variant = variants.find((id) => !passed.has(keyOf({ exerciseId, variant: id })));
    if (variant === undefined) return [];
    const needed = [
      ...concepts.flatMap((id) => needs.get(id) ?? []),
      ...offer.prerequisites.flatMap((id) => conceptsOf.get(id) ?? []),
    ];
    const missing = [...new Set(needed)].filter((id) => !understood.has(id) && !concepts.includes(id));
    const teaches = concepts.filter((id) => !understood.has(id));
    const isPassed = variants.some((id) => passed.has(keyOf({ exerciseId, variant: id })));
    const why = isPassed ? 'harder' : tried.has(exerciseId) ? 'begun' : missing.length === 0 ? 'ready' : 'ahead';
    return [{ next: { exerciseId, variant, why, teaches, missing }, rank: rankOf(why, kind, teaches.length) }];
  });
  return suggestions
    .sort((a, b) => a.rank - b.rank || a.next.missing.length - b.next.missing.length)
    .map(({ next }) => next);
}

interface Ranked {
  readonly next: NextExercise;
  readonly rank: number;
}

/** What is begun comes first, then drills of something new, then what combines things known, then more of the same. */
function rankOf(why: Suggestion, kind: ExerciseOffer['kind'], teaches: number): number {
  switch (why) {
    case 'begun':
      return 0;
    case 'ready':
      return kind === 'drill' && teaches > 0 ? 1 : 2;
    case 'harder':
      return 3;
    case 'ahead':
      return 4;
  }
}

function keyOf({ exerciseId, variant }: Pick<VariantProgress, 'exerciseId' | 'variant'>): string {
  return `${exerciseId} ${variant}`;
}

function understoodBy(
  offers: readonly ExerciseOffer[],
  needs: ConceptNeeds,
  passed: ReadonlySet<string>,
): ReadonlySet<string> {
  const understood = new Set<string>();
  const open = offers.flatMap(({ exerciseId, variants, concepts }) =>
    variants.some((variant) => passed.has(keyOf({ exerciseId, variant }))) ? concepts : [],
  );
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (understood.has(id)) continue;
    understood.add(id);
    open.push(...(needs.get(id) ?? []));
  }
  return understood;
}
