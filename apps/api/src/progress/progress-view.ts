import type { ProgressView } from '@kubedrill/contracts';
import { masteryOf, type SectionOffer, type VariantProgress } from '@kubedrill/progress';
import type { CatalogueExercise, CatalogueModule } from '@kubedrill/submissions';
import { variantStandingView } from '../catalogue/catalogue-view.ts';

export function progressView(
  modules: readonly CatalogueModule[],
  exercises: readonly CatalogueExercise[],
  progress: readonly VariantProgress[],
): ProgressView {
  const sections = masteryOf(offersOf(modules, exercises), progress);
  const maxPoints = maxPointsByVariant(exercises);
  return {
    points: sections.reduce((sum, section) => sum + section.points, 0),
    maxPoints: sections.reduce((sum, section) => sum + section.maxPoints, 0),
    sections: sections.map(({ moduleId, sectionId, ...counts }) => ({
      module: moduleId,
      section: sectionId,
      ...counts,
    })),
    variants: progress.map((entry) => ({
      ...variantStandingView(entry),
      exercise: entry.exerciseId,
      variant: entry.variant,
      maxPoints: maxPoints.get(`${entry.exerciseId} ${entry.variant}`) ?? entry.points,
      ...(entry.passedAt ? { passedAt: entry.passedAt.toISOString() } : {}),
    })),
  };
}

function offersOf(
  modules: readonly CatalogueModule[],
  exercises: readonly CatalogueExercise[],
): readonly SectionOffer[] {
  return modules.flatMap((module) =>
    module.sections.map((section) => ({
      moduleId: module.id,
      sectionId: section.id,
      variants: exercises
        .filter(({ sectionId }) => sectionId === section.id)
        .flatMap(({ id, variants }) =>
          variants.map((variant) => ({ exerciseId: id, variant: variant.id, points: variant.points })),
        ),
    })),
  );
}

function maxPointsByVariant(exercises: readonly CatalogueExercise[]): ReadonlyMap<string, number> {
  return new Map(
    exercises.flatMap(({ id, variants }) =>
      variants.map((variant): [string, number] => [`${id} ${variant.id}`, variant.points]),
    ),
  );
}
