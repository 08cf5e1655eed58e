import { z } from 'zod';
import { fieldPathSchema } from './checked-text.ts';
import { kindSchema, objectReferenceSchema } from './object-reference.ts';

/** What a submission may not do, checked before it is applied, and the bounds of its cluster. */
export const constraintsSchema = z.strictObject({
  allowedKinds: z.array(kindSchema).optional().describe('Kinds that the submission may hold; all when absent'),
  immutable: z
    .array(
      objectReferenceSchema.extend({ path: fieldPathSchema.describe('Field that must stay as the cluster has it') }),
    )
    .default([])
    .describe('Fields of objects of the initial cluster that the submission must leave as they are'),
  maxDocuments: z.int().min(1).max(200).default(50),
  maxObjects: z.int().min(10).max(20_000).default(2_000),
  maxPods: z.int().min(1).max(5_000).default(200),
});

export type Constraints = z.output<typeof constraintsSchema>;
