import { z } from 'zod';
import { exerciseId, moduleId, sectionId, variantId } from './identifier.ts';
import { listOf } from './page.ts';

export const exerciseKind = z
  .enum(['drill', 'challenge'])
  .meta({ description: 'A drill practises one concept, a challenge several', example: 'drill' });

export const difficulty = z
  .int()
  .min(1)
  .max(5)
  .meta({ description: 'How much has to be understood, 1 to 5', example: 2 });

export const accepts = z.enum(['files', 'commands', 'answers']).meta({
  description: 'What the learner hands in: manifests, commands typed at a workstation, or answers to a prediction',
  example: 'files',
});

const title = z.string().min(1).max(200);
const points = z.int().min(0).max(1_000);

/** What a learner reached in one variant so far. */
export const variantStanding = z
  .object({
    bestScore: z.number().min(0).max(1).meta({ description: 'Best share of the weight, 0 to 1', example: 0.75 }),
    points: points.meta({ description: 'Points earned in this variant', example: 75 }),
    attempts: z.int().min(0).meta({ description: 'Graded submissions', example: 2 }),
    passed: z.boolean().meta({ description: 'Whether every check passed once' }),
  })
  .meta({ id: 'VariantStanding' });

export const variantSummary = z
  .object({
    id: variantId,
    title: title.meta({ example: 'Basic' }),
    difficulty,
    points: points.meta({ description: 'Points for full marks', example: 100 }),
    standing: variantStanding.optional().meta({ description: 'Only for a learner who is logged in and has submitted' }),
  })
  .meta({ id: 'VariantSummary' });

export const exerciseSummary = z
  .object({
    id: exerciseId,
    kind: exerciseKind,
    title: title.meta({ example: 'Wire a frontend to a backend' }),
    module: moduleId,
    section: sectionId,
    accepts,
    concepts: z
      .array(z.string().max(100))
      .max(50)
      .meta({ example: ['selectors', 'target-port'] }),
    variants: z.array(variantSummary).max(50),
  })
  .meta({ id: 'ExerciseSummary' });

export const exerciseView = exerciseSummary
  .extend({
    summary: z
      .string()
      .max(2000)
      .meta({ example: 'Two Deployments and two Services, from the inside and from the outside.' }),
    prerequisites: z.array(exerciseId).max(50).meta({ description: 'Exercises to do before this one' }),
    version: z.string().length(64).meta({ description: 'SHA-256 digest of the version that is served now' }),
  })
  .meta({ id: 'Exercise' });

export const sectionSummary = z
  .object({
    id: sectionId,
    title: title.meta({ example: 'ClusterIP' }),
    position: z.int().min(1).meta({ description: 'Place in the module, from 1', example: 4 }),
    summary: z.string().max(2000),
    exercises: z.int().min(0).meta({ description: 'How many exercises it has', example: 1 }),
  })
  .meta({ id: 'SectionSummary' });

export const sectionView = sectionSummary
  .extend({
    module: moduleId,
    text: z.string().max(500_000).meta({ description: 'The chapter, in Markdown' }),
    exercises: z.array(exerciseSummary).max(500),
  })
  .meta({ id: 'Section' });

export const moduleSummary = z
  .object({
    id: moduleId,
    title: title.meta({ example: 'Services and networking' }),
    summary: z.string().max(2000),
    sections: z.int().min(0).meta({ description: 'How many sections it has', example: 13 }),
    exercises: z.int().min(0).meta({ description: 'How many exercises it has', example: 11 }),
  })
  .meta({ id: 'ModuleSummary' });

export const moduleView = moduleSummary.extend({ sections: z.array(sectionSummary).max(500) }).meta({ id: 'Module' });

export const moduleList = listOf(moduleSummary).meta({ id: 'ModuleList' });
export const exerciseList = listOf(exerciseSummary).meta({ id: 'ExerciseList' });

export const exerciseQuery = z.object({
  kind: exerciseKind.optional(),
  section: sectionId.optional(),
  difficulty: z.coerce
    .number()
    .int()
    .min(1)
    .max(5)
    .optional()
    .meta({ description: 'Exercises that have a variant of this difficulty', example: 2 }),
});

export type Accepts = z.output<typeof accepts>;
export type Difficulty = z.output<typeof difficulty>;
export type ExerciseKind = z.output<typeof exerciseKind>;
export type VariantStanding = z.output<typeof variantStanding>;
export type VariantSummary = z.output<typeof variantSummary>;
export type ExerciseSummary = z.output<typeof exerciseSummary>;
export type ExerciseView = z.output<typeof exerciseView>;
export type SectionSummary = z.output<typeof sectionSummary>;
export type SectionView = z.output<typeof sectionView>;
export type ModuleSummary = z.output<typeof moduleSummary>;
export type ModuleView = z.output<typeof moduleView>;
export type ExerciseQuery = z.output<typeof exerciseQuery>;
