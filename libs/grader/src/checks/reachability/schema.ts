import { z } from 'zod';
import { podSetSchema } from '../../exercise/pod-set.ts';
import { sourcesSchema } from '../../exercise/source.ts';
import { targetsSchema } from '../../exercise/target.ts';

export const outcomeKinds = [
  'delivered',
  'refused',
  'timedOut',
  'unreachable',
  'nameNotFound',
  'noAddress',
  'resolverFailed',
  'closed',
  'deniedByPolicy',
] as const;

const outcomeKind = z.enum(outcomeKinds);

export const expectedOutcomeSchema = z.strictObject({
  outcome: z
    .union([outcomeKind, z.literal('notDelivered'), z.array(outcomeKind).min(1)])
    .default('delivered')
    .describe(
      'What must become of every possible packet. "notDelivered" is anything but delivered; "timedOut" is what a client sees, also ' +
        'when a NetworkPolicy has dropped its packets; "deniedByPolicy" holds only when a NetworkPolicy has',
    ),
  status: z.int().min(100).max(599).optional().describe('HTTP status of the answer'),
  body: z.string().optional().describe('The body of the answer, surrounding white space left aside'),
  bodyContains: z.string().optional(),
  server: podSetSchema.optional().describe('Who answers is one of these Pods'),
  source: z.string().optional().describe('The address that the server sees as the client'),
});

export type ExpectedOutcome = z.output<typeof expectedOutcomeSchema>;

export const reachabilitySchema = z
  .strictObject({
    kind: z.literal('reachability'),
    from: sourcesSchema,
    to: targetsSchema,
    expect: expectedOutcomeSchema.default({ outcome: 'delivered' }),
    partial: z.boolean().default(false).describe('Credit is the share of pairs that are right; else all or nothing'),
  })
  .describe('Every packet from every source to every target has the expected outcome');

export type ReachabilityParameters = z.output<typeof reachabilitySchema>;
