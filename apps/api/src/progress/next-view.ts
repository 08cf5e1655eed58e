import type { ConceptDefinition } from '@kubedrill/content';
import type { NextExercise as NextExerciseView } from '@kubedrill/contracts';
import { nextExercises, type VariantProgress } from '@kubedrill/progress';
import type { CatalogueExercise } from '@kubedrill/submissions';

/** What the learner may do next, best first, with the names that people read. */
export function nextView(
  exercises: readonly CatalogueExercise[],
  concepts: readonly ConceptDefinition[],
  progress: readonly VariantProgress[],
  limit: number,
): NextExerciseView[] {
  const offers = exercises.map(({ id, kind, concepts: practised, prerequisites, variants }) => ({
    exerciseId: id,
    kind,
    concepts: practised,
    prerequisites,
    variants: variants.map((variant) => variant.id),
  }));
  const titles = new Map(concepts.map(({ id, title }) => [id, title]));
  const named = (ids: readonly string[]) => ids.map((id) => ({ id, title: titles.get(id) ?? id }));
  const needs = new Map(concepts.map(({ id, needs: before }) => [id, before]));
  return nextExercises(offers, needs, progress)
    .slice(0, limit)
    .flatMap(({ exerciseId, variant, why, teaches, missing }) => {
      const exercise = exercises.find(({ id }) => id === exerciseId);
      const next = exercise?.variants.find(({ id }) => id === variant);
      if (!exercise || !next) return [];
      const { kind, title, moduleId, sectionId } = exercise;
      return [
        {
          exercise: exerciseId,
          ...{ kind, title, module: moduleId, section: sectionId },
          variant: { ...next },
          why,
          teaches: named(teaches),
          missing: named(missing),
        },
      ];
    });
}
