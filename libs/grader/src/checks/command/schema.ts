import { z } from 'zod';
import { patternSchema } from '../../exercise/checked-text.ts';
import { exactlyOneOf } from '../../exercise/exactly-one.ts';
import { podSetFields } from '../../exercise/pod-set.ts';

export const commandSchema = z
  .strictObject({
    kind: z.literal('command'),
    in: exactlyOneOf(z.strictObject({ ...podSetFields, container: z.string().optional() }), [
      'deployment',
      'pods',
      'pod',
    ]),
    run: z
      .union([z.string().min(1), z.array(z.string()).min(1)])
      .describe('A line for sh -c, or a program with its arguments'),
    exitCode: z.int().min(0).max(255).default(0),
    stdout: z.string().optional().describe('The output, surrounding white space left aside'),
    stdoutContains: z.string().optional(),
    stdoutMatches: patternSchema.optional().describe('A regular expression that the output must match'),
  })
  .describe('What a command prints in every Pod of a set, as kubectl exec');

export type CommandParameters = z.output<typeof commandSchema>;
