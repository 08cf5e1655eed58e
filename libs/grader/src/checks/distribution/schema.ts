import { z } from 'zod';
import { exactlyOneOf } from '../../exercise/exactly-one.ts';
import { podSetSchema } from '../../exercise/pod-set.ts';
import { ratioSchema } from '../../exercise/ratio.ts';
import { sourceSchema } from '../../exercise/source.ts';
import { targetSchema } from '../../exercise/target.ts';

export const distributionSchema = exactlyOneOf(
  z.strictObject({
    kind: z.literal('distribution'),
    from: sourceSchema,
    to: targetSchema,
    even: podSetSchema.optional().describe('Every Pod of this set gets the same share, and nobody else any'),
    shares: z
      .array(z.strictObject({ of: podSetSchema, share: ratioSchema }))
      .min(1)
      .optional()
      .describe('The share of new connections that a set of Pods gets together'),
  }),
  ['even', 'shares'],
).describe('Exact probabilities of who gets a new connection');

export type DistributionParameters = z.output<typeof distributionSchema>;
