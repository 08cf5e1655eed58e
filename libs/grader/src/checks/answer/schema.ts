import { z } from 'zod';
import { fieldPathSchema } from '../../exercise/checked-text.ts';
import { exactlyOneOf } from '../../exercise/exactly-one.ts';
import { objectReferenceSchema } from '../../exercise/object-reference.ts';
import { namespaceField, podSetSchema } from '../../exercise/pod-set.ts';
import { sourceSchema } from '../../exercise/source.ts';
import { targetSchema } from '../../exercise/target.ts';

/** What the simulation is asked to find the right answer. */
export const querySchema = exactlyOneOf(
  z.strictObject({
    endpoints: z
      .strictObject({ service: z.string().min(1), namespace: namespaceField })
      .optional()
      .describe('The ready endpoints of a Service as "address:port", in any order'),
    endpointCount: z
      .strictObject({ service: z.string().min(1), namespace: namespaceField })
      .optional()
      .describe('How many ready endpoints a Service has'),
    podCount: podSetSchema.optional().describe('How many ready Pods a set has'),
    field: objectReferenceSchema.extend({ path: fieldPathSchema }).optional().describe('A field of an object'),
    outcome: z
      .strictObject({ from: sourceSchema, to: targetSchema })
      .optional()
      .describe(
        'What becomes of a probe: delivered, refused, timedOut, nameNotFound ...; timedOut is right for deniedByPolicy too',
      ),
    body: z.strictObject({ from: sourceSchema, to: targetSchema }).optional().describe('What is answered to a probe'),
    share: z
      .strictObject({ from: sourceSchema, to: targetSchema, of: podSetSchema })
      .optional()
      .describe('The probability that a new connection ends in a set of Pods: "1/3"'),
    address: z
      .strictObject({ from: sourceSchema, name: z.string().min(1) })
      .optional()
      .describe('The addresses that a name resolves to, in any order, or NXDOMAIN'),
    source: z
      .strictObject({ from: sourceSchema, to: targetSchema })
      .optional()
      .describe('The address that whoever answers sees as the client'),
    prints: z
      .strictObject({
        at: z.string().default('').describe('A node, a host outside, a Pod, a Deployment; the workstation when absent'),
        run: z.string().min(1),
      })
      .optional()
      .describe('What a line for the shell prints, surrounding white space left aside; it changes nothing'),
  }),
  ['endpoints', 'endpointCount', 'podCount', 'field', 'outcome', 'body', 'share', 'address', 'source', 'prints'],
);

export type Query = z.output<typeof querySchema>;

export const answerSchema = z
  .strictObject({
    kind: z.literal('answer'),
    question: z.string().min(1).describe('What the learner is asked; the answer is sent under the id of the check'),
    choices: z.array(z.string()).min(2).optional().describe('Answers to choose from; free text when absent'),
    query: querySchema.describe('Where the simulation finds the right answer when the check runs'),
  })
  .describe('A prediction: the right answer is computed by the simulation');

export type AnswerParameters = z.output<typeof answerSchema>;
