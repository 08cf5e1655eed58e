import { z } from 'zod';
import { kindSchema } from '../../exercise/object-reference.ts';

export const rejectionSchema = z
  .strictObject({
    kind: z.literal('rejection'),
    document: z
      .strictObject({ kind: kindSchema.optional(), name: z.string().optional() })
      .default({})
      .describe('Which document; any when empty'),
    reason: z.enum(['BadRequest', 'Forbidden', 'NotFound', 'AlreadyExists', 'Conflict', 'Invalid']).optional(),
    field: z.string().optional().describe('A field that the API server names: "spec.ports[0].nodePort"'),
    message: z.string().optional().describe('A part of the message'),
  })
  .describe('The API server must refuse a document');

export type RejectionParameters = z.output<typeof rejectionSchema>;
