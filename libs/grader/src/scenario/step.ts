import { z } from 'zod';
import { exactlyOneOf } from '../exercise/exactly-one.ts';
import { durationSchema } from '../exercise/duration.ts';
import { objectReferenceSchema } from '../exercise/object-reference.ts';
import { podSetSchema } from '../exercise/pod-set.ts';

const checkIds = z.union([z.literal('all'), z.array(z.string()).min(1)]).describe('Ids of checks, or "all"');

const steps = {
  check: checkIds.optional().describe('Runs checks now'),
  apply: z
    .union([z.literal('submission'), z.array(z.string()).min(1)])
    .optional()
    .describe('Applies the submission, or files of the folder, and lets the cluster settle'),
  deletePod: podSetSchema.optional().describe('Deletes the Pods of a set and lets the cluster settle'),
  everyPodLoss: z
    .strictObject({
      of: podSetSchema,
      after: durationSchema
        .optional()
        .describe('When to look: this long after the loss; when all has settled if absent'),
      check: checkIds,
    })
    .optional()
    .describe('Each Pod of a set in turn is gone at once, each time from the same state; then checks run'),
  scale: objectReferenceSchema
    .extend({ replicas: z.int().min(0).max(5_000) })
    .optional()
    .describe('Sets the replicas of a Deployment or ReplicaSet'),
  relabel: z
    .strictObject({ of: podSetSchema, labels: z.record(z.string(), z.union([z.string(), z.null()])) })
    .optional()
    .describe('Sets labels of Pods; null takes a label away'),
  makeUnready: podSetSchema
    .optional()
    .describe('The processes of these Pods stop to accept connections; probes find out'),
  cordon: z
    .strictObject({ node: z.string().min(1) })
    .optional()
    .describe('No new Pods on this node'),
  drain: z
    .strictObject({ node: z.string().min(1) })
    .optional()
    .describe('Cordons a node and evicts its Pods, except those of DaemonSets'),
  killNode: z
    .strictObject({
      node: z.string().min(1),
      after: durationSchema.optional().describe('When to go on: this long afterwards; when all has settled if absent'),
    })
    .optional()
    .describe(
      'Cuts the power of a node; what it does not say any more is noticed after a minute, and its Pods are evicted 5 minutes later',
    ),
  reviveNode: z
    .strictObject({ node: z.string().min(1) })
    .optional()
    .describe('Gives a node its power back and lets the cluster settle'),
  advance: durationSchema.optional().describe('Lets time pass'),
};

/** One step of a scenario: an object with one field, named after what is done. */
export const stepSchema = exactlyOneOf(z.strictObject(steps), Object.keys(steps) as (keyof typeof steps)[]);

export type Step = z.output<typeof stepSchema>;

/** What happens unless an exercise says otherwise. */
export const defaultScenario: readonly Step[] = [{ apply: 'submission' }, { check: 'all' }];
