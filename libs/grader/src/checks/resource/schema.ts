import { z } from 'zod';
import { fieldPathSchema, patternSchema } from '../../exercise/checked-text.ts';
import { exactlyOneOf } from '../../exercise/exactly-one.ts';
import { objectReferenceSchema } from '../../exercise/object-reference.ts';

const json = z.json();

const operators = {
  equals: json.optional().describe('The value is exactly this'),
  notEquals: json.optional(),
  oneOf: z.array(json).min(1).optional(),
  contains: json.optional().describe('A list with this element, a text with this part, or an object with these fields'),
  matches: patternSchema.optional().describe('A text that this regular expression matches'),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  count: z.int().min(0).optional().describe('A list or object of this size'),
  exists: z.boolean().optional().describe('Whether the field (or without a path the object) is there'),
};

export const resourceSchema = exactlyOneOf(
  z.strictObject({
    kind: z.literal('resource'),
    object: objectReferenceSchema,
    path: fieldPathSchema
      .optional()
      .describe('spec.ports[0].port, spec.ports[name=http].port; the object itself when absent'),
    ...operators,
  }),
  Object.keys(operators) as (keyof typeof operators)[],
).describe('A field of an object as the API server stores it');

export type ResourceParameters = z.output<typeof resourceSchema>;
