import { exactlyOneOf } from '@kubedrill/grader';
import { z } from 'zod';
import { poolNames } from './name-pools.ts';

const forms = {
  pick: z
    .array(z.union([z.string(), z.number(), z.boolean()]))
    .min(1)
    .optional()
    .describe('One of these values'),
  integer: z.strictObject({ from: z.int(), to: z.int() }).optional().describe('A whole number, both ends included'),
  name: z.enum(poolNames).optional().describe('A name from a pool; no two parameters get the same'),
  port: z
    .enum(['node', 'unprivileged'])
    .optional()
    .describe(
      'node: a free node port above the static band (30086-32767); unprivileged: 1024-29999. No two get the same',
    ),
  sum: z
    .array(z.union([z.string(), z.int()]))
    .min(2)
    .optional()
    .describe('The sum of numbers and of parameters declared above'),
};

/** How the value of a parameter is drawn from the instance's seed. Used as ${name} in texts, manifests and checks. */
export const parameterSchema = exactlyOneOf(z.strictObject(forms), Object.keys(forms) as (keyof typeof forms)[]).refine(
  ({ integer }) => integer === undefined || integer.from <= integer.to,
  { error: '"from" must not be above "to"' },
);

export type Parameter = z.output<typeof parameterSchema>;

export const parametersSchema = z.record(
  z.string().regex(/^[a-z][A-Za-z0-9]*$/, { error: 'a parameter is named like a variable: "apiPort"' }),
  parameterSchema,
);
