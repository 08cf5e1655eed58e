import { z } from 'zod';
import { durationSchema } from '../../exercise/duration.ts';
import { sourceSchema } from '../../exercise/source.ts';
import { targetSchema } from '../../exercise/target.ts';

export const affinitySchema = z
  .strictObject({
    kind: z.literal('affinity'),
    from: sourceSchema,
    to: targetSchema,
    sticky: z.boolean().default(true).describe('Whether a second connection must go where the first went'),
    timeout: durationSchema
      .optional()
      .describe('The client is remembered until just this long after its last connection'),
    sharedWith: sourceSchema
      .optional()
      .describe('These clients end at the same server (one NAT address in front of both)'),
  })
  .describe('Whether a client comes back to the same server');

export type AffinityParameters = z.output<typeof affinitySchema>;
