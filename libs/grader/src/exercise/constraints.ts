import { z } from 'zod';
import { fieldPathSchema } from './checked-text.ts';
import { kindSchema, objectReferenceSchema } from './object-reference.ts';

/** What a submission may not do, checked before it is applied, and the bounds of its cluster. */
export const constraintsSchema = z.strictObject({
  allowedKinds: z.array(kindSchema).optional().describe('Kinds that the submission may hold; all when absent'),
  immutable: z
    .array(
      objectReferenceSchema.extend({
        path: fieldPathSchema
          .optional()
          .describe('Field that must stay as the cluster has it; absent: the whole object, labels and annotations too'),
      }),
    )
    .max(50)
    .default([])
    .describe('Objects of the initial cluster, or fields of them, that the submission must leave as they are'),
  forbidden: z
    .array(
      z.strictObject({
        kind: kindSchema,
        path: fieldPathSchema.describe('Field of any object of this kind'),
        values: z.array(z.json()).min(1).optional().describe('Only these values are forbidden; any when absent'),
        because: z.string().min(1).describe('What the learner reads: why not, and what to do instead'),
      }),
    )
    .max(50)
    .default([])
    .describe('Fields that nothing that the submission makes or changes may have'),
  maxDocuments: z.int().min(1).max(200).default(50),
  maxObjects: z.int().min(10).max(20_000).default(2_000),
  maxPods: z.int().min(1).max(5_000).default(200),
});

export type Constraints = z.output<typeof constraintsSchema>;
