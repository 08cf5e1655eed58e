import { z } from 'zod';
import { versionDigest } from './authoring.ts';
import { verdict } from './grading-result.ts';
import { exerciseId, instant, submissionId, userId, variantId } from './identifier.ts';
import { pageOf, pageQuery } from './page.ts';

export const regradeId = z
  .uuid()
  .meta({ description: 'Id of a regrade', example: '01990f5d-11c0-7a2b-8c3d-4e5f60718293' });

export const createRegrade = z
  .strictObject({
    exercise: exerciseId,
    fromVersion: versionDigest.optional().meta({ description: 'Only submissions that were graded with this version' }),
    toVersion: z
      .union([versionDigest, z.literal('pinned')])
      .optional()
      .meta({
        description:
          'The version to grade with; absent: the one that is served. `pinned`: each with its own, which changes nothing unless the engine has changed',
      }),
  })
  .meta({ id: 'CreateRegrade' });

export const regradeView = z
  .object({
    id: regradeId,
    exercise: exerciseId,
    fromVersion: versionDigest.optional(),
    toVersion: z.union([versionDigest, z.literal('pinned')]),
    status: z.enum(['grading', 'preview', 'applying', 'applied', 'undoing', 'undone', 'dropped']).meta({
      description: 'grading: in the background. preview: all is graded, and nothing has changed yet',
      example: 'preview',
    }),
    createdAt: instant,
    changedAt: instant,
    orderedBy: userId.optional(),
    total: z.int().min(0).meta({ description: 'Submissions that it looks at', example: 70_000 }),
    counts: z.object({
      done: z.int().min(0),
      same: z.int().min(0).meta({ description: 'The same result, but for the version in its receipt' }),
      changed: z.int().min(0),
      improved: z.int().min(0).meta({ description: 'Of those that changed: more points' }),
      worsened: z.int().min(0).meta({ description: 'Of those that changed: fewer points' }),
      faulted: z.int().min(0).meta({ description: 'The platform failed: these keep their result' }),
      noVariant: z.int().min(0).meta({ description: 'The version has no such variant: these keep their result' }),
    }),
    links: z.object({ self: z.string(), differences: z.string(), learners: z.string() }),
  })
  .meta({ id: 'Regrade' });

const grade = z.object({ verdict, score: z.number().min(0).max(1), points: z.int().min(0) });
const learner = z.object({ id: userId, name: z.string() });

export const regradeDifference = z
  .object({
    submission: submissionId,
    user: learner,
    variant: variantId,
    outcome: z.enum(['same', 'changed', 'faulted', 'noVariant']),
    before: grade,
    after: grade.optional(),
    fault: z.string().optional(),
  })
  .meta({ id: 'RegradeDifference' });

export const learnerDifference = z
  .object({
    user: learner,
    before: z.int().min(0).meta({ description: 'Points in the exercise: the best of each variant, added up' }),
    after: z.int().min(0),
  })
  .meta({ id: 'LearnerDifference' });

export const regradePage = pageOf(regradeView).meta({ id: 'RegradePage' });
export const differencePage = pageOf(regradeDifference).meta({ id: 'RegradeDifferencePage' });
export const learnerPage = pageOf(learnerDifference).meta({ id: 'LearnerDifferencePage' });

export const regradeQuery = pageQuery.extend({ exercise: exerciseId.optional() });
export const differenceQuery = pageQuery.extend({
  only: z
    .enum(['changed', 'improved', 'worsened', 'faulted', 'noVariant'])
    .optional()
    .meta({ description: 'Absent: all that are not the same' }),
});

export type CreateRegrade = z.output<typeof createRegrade>;
export type RegradeView = z.output<typeof regradeView>;
export type RegradeQuery = z.output<typeof regradeQuery>;
export type DifferenceQuery = z.output<typeof differenceQuery>;
export type RegradeDifferenceView = z.output<typeof regradeDifference>;
export type LearnerDifferenceView = z.output<typeof learnerDifference>;
