import { checkDeclarationSchema, clusterSetupSchema, constraintsSchema, stepSchema } from '@kubedrill/grader';
import { z } from 'zod';
import { parametersSchema } from './parameter.ts';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'an id is made of lower-case words joined by "-"' });
const anyObject = z.record(z.string(), z.json());

const hintSchema = z.strictObject({
  text: z.string().min(1),
  cost: z.int().min(0).max(100).default(0).describe('Points that reading it costs'),
  afterAttempts: z.int().min(0).default(0).describe('Offered after so many attempts that did not pass'),
});

const baselineSchema = z
  .union([z.array(z.string()), z.literal('rejected')])
  .describe(
    'The checks that pass before the learner has done anything (what he starts from is handed in as it is), or "rejected"; ids a variant lacks are left aside',
  );

/** The parts of an exercise that may hold parameters: checked once they are resolved, for every variant. */
export const resolvedPartsSchema = z.strictObject({
  namespace: z.string().min(1).default('default').describe('Where documents go that name no namespace'),
  cluster: clusterSetupSchema.default(clusterSetupSchema.parse({})),
  constraints: constraintsSchema.default(constraintsSchema.parse({})),
  scenario: z
    .array(stepSchema)
    .min(1)
    .default([{ apply: 'submission' }, { check: 'all' }])
    .describe('What happens, in order; absent: the submission is applied, then all checks run'),
  checks: z.array(checkDeclarationSchema).min(1).max(100),
  hints: z.array(hintSchema).default([]),
  baseline: baselineSchema.default([]),
});

export type ResolvedParts = z.output<typeof resolvedPartsSchema>;

const changesSchema = z.strictObject({
  add: z.array(anyObject).optional(),
  remove: z.array(z.string()).optional().describe('Ids of checks'),
  change: z.record(z.string(), anyObject).optional().describe('By the id of the check: fields to replace'),
});

const variantSchema = z.strictObject({
  id,
  title: z.string().min(1),
  difficulty: z.int().min(1).max(5),
  points: z.int().min(1).max(1000),
  parameters: parametersSchema
    .optional()
    .describe('Parameters that differ from, or come on top of, those of the exercise'),
  cluster: anyObject.optional().describe('Fields of the cluster to replace'),
  constraints: anyObject.optional().describe('Fields of the constraints to replace'),
  scenario: z.array(anyObject).optional().describe('Replaces the scenario'),
  checks: changesSchema.optional(),
  hints: z.array(anyObject).optional().describe('Replaces the hints'),
  baseline: baselineSchema.optional(),
});

export type VariantDefinition = z.output<typeof variantSchema>;

const mistakeSchema = z.strictObject({
  about: z.string().min(1).describe('What is wrong, for whoever reads the folder'),
  basedOn: z.string().optional().describe('The solution whose files it takes over where it has none of its own'),
  fails: z
    .array(z.string())
    .default([])
    .describe('The checks that must fail, and no others; ids a variant lacks are left aside'),
  rejected: z
    .string()
    .optional()
    .describe('The API server (or a constraint) must refuse it, with this part of the message'),
  variants: z.array(id).optional().describe('Variants that it belongs to; all when absent'),
});

export type MistakeDefinition = z.output<typeof mistakeSchema>;

const acceptedFindingFields = {
  finding: z
    .enum(['hole', 'strict'])
    .describe('hole: a changed solution behaves otherwise and passes; strict: it behaves the same and loses marks'),
  at: z
    .string()
    .min(1)
    .describe('What was changed, as `content mutate` names it, or the beginning of it; "*" stands for anything'),
  edit: z.string().min(1).optional().describe('How it was changed, "*" as above; any change when absent'),
  because: z.string().min(10).describe('Why that is all right'),
};

const acceptedFindingSchema = z.strictObject({
  ...acceptedFindingFields,
  variants: z.array(id).optional().describe('Variants in which it is found; all when absent'),
});

export type AcceptedFinding = z.output<typeof acceptedFindingSchema>;

/** What is fixed for all instances. */
const frame = {
  $schema: z.string().optional(),
  id: id.describe('Stable: scores hang on it'),
  kind: z.enum(['drill', 'challenge']).describe('drill: one concept; challenge: several'),
  title: z.string().min(1).max(120),
  summary: z.string().min(1).max(300).describe('One or two sentences for the list of exercises'),
  section: id.describe('The section of the module that teaches it'),
  concepts: z.array(id).min(1),
  prerequisites: z.array(id).default([]).describe('Ids of exercises to do before'),
  accepts: z
    .enum(['files', 'commands', 'answers'])
    .default('files')
    .describe('What the learner hands in: manifests, commands typed at a workstation, or answers'),
  parameters: parametersSchema.default({}),
  variants: z.array(variantSchema).min(1).max(10),
  mistakes: z.record(id, mistakeSchema).default({}).describe('Typical wrong submissions: folders under mistakes/'),
  accepted: z
    .array(acceptedFindingSchema)
    .max(50)
    .default([])
    .describe('Findings of `content mutate` that are all right, each with its reason'),
};

/** An exercise.yaml before its parameters are resolved. */
export const exerciseFrameSchema = z.strictObject({
  ...frame,
  namespace: z.json().optional(),
  cluster: z.json().optional(),
  constraints: z.json().optional(),
  scenario: z.json().optional(),
  checks: z.array(anyObject).min(1),
  hints: z.json().optional(),
  baseline: z.json().optional(),
});

export type ExerciseFrame = z.output<typeof exerciseFrameSchema>;

/** The whole format: what the JSON Schema for authors is made from. */
export const exerciseFileSchema = z.strictObject({ ...frame, ...resolvedPartsSchema.shape });

export const moduleFileSchema = z.strictObject({
  $schema: z.string().optional(),
  id,
  title: z.string().min(1),
  summary: z.string().min(1),
  sections: z
    .array(
      z.strictObject({
        id,
        title: z.string().min(1),
        summary: z.string().min(1),
        file: z.string().regex(/^sections\/[^/]+\.md$/, { error: 'a Markdown file under sections/' }),
      }),
    )
    .min(1),
  concepts: z
    .array(
      z.strictObject({
        id,
        title: z.string().min(1).describe('What is to be understood, as one statement'),
        section: id.describe('The section that teaches it'),
        needs: z.array(id).default([]).describe('Concepts to understand before'),
      }),
    )
    .default([])
    .describe('What the module teaches: exercises name these ids as what they practise'),
  accepted: z
    .array(z.strictObject(acceptedFindingFields))
    .max(50)
    .default([])
    .describe('Findings of `content mutate` that are all right in every exercise'),
});

export type ConceptDefinition = z.output<typeof moduleFileSchema>['concepts'][number];

export type ModuleFile = z.output<typeof moduleFileSchema>;
