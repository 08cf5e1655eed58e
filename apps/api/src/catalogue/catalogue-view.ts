import type {
  ExerciseSummary,
  ExerciseView,
  ModuleSummary,
  ModuleView,
  SectionView,
  VariantStanding,
} from '@kubedrill/contracts';
import type { VariantProgress } from '@kubedrill/progress';
import type { CatalogueExercise, CatalogueModule, CatalogueSection } from '@kubedrill/submissions';

/** A learner's progress by exercise and variant; empty for a visitor. */
export type Standings = ReadonlyMap<string, VariantProgress>;

export function standingKey(exerciseId: string, variant: string): string {
  return `${exerciseId} ${variant}`;
}

export function standingsOf(progress: readonly VariantProgress[]): Standings {
  return new Map(progress.map((entry) => [standingKey(entry.exerciseId, entry.variant), entry]));
}

export function variantStandingView(progress: VariantProgress): VariantStanding {
  const { bestScore, points, attempts, passedAt } = progress;
  return { bestScore, points, attempts, passed: passedAt !== undefined };
}

export function exerciseSummaryView(exercise: CatalogueExercise, standings: Standings): ExerciseSummary {
  const { id, kind, title, moduleId, sectionId, accepts, concepts, variants } = exercise;
  return {
    id,
    kind,
    title,
    module: moduleId,
    section: sectionId,
    accepts,
    concepts: [...concepts],
    variants: variants.map((variant) => {
      const standing = standings.get(standingKey(id, variant.id));
      return { ...variant, ...(standing ? { standing: variantStandingView(standing) } : {}) };
    }),
  };
}

export function exerciseView(exercise: CatalogueExercise, standings: Standings): ExerciseView {
  const { summary, prerequisites, digest } = exercise;
  return { ...exerciseSummaryView(exercise, standings), summary, prerequisites: [...prerequisites], version: digest };
}

function countBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

export function moduleSummaryView(module: CatalogueModule, exercises: readonly CatalogueExercise[]): ModuleSummary {
  const { id, title, summary, sections } = module;
  return {
    id,
    title,
    summary,
    sections: sections.length,
    exercises: exercises.filter(({ moduleId }) => moduleId === id).length,
  };
}

export function moduleView(module: CatalogueModule, exercises: readonly CatalogueExercise[]): ModuleView {
  const counts = countBy(exercises, ({ sectionId }) => sectionId);
  const sections = module.sections.map(({ id, title, position, summary }) => ({
    id,
    title,
    position,
    summary,
    exercises: counts.get(id) ?? 0,
  }));
  return { ...moduleSummaryView(module, exercises), sections };
}

export function sectionView(
  section: CatalogueSection & { readonly text: string },
  exercises: readonly CatalogueExercise[],
  standings: Standings,
): SectionView {
  const { id, moduleId, title, position, summary, text } = section;
  return {
    id,
    module: moduleId,
    title,
    position,
    summary,
    text,
    exercises: exercises.map((exercise) => exerciseSummaryView(exercise, standings)),
  };
}
