import { z } from 'zod';
import { exactlyOneOf } from '../exercise/exactly-one.ts';
import { durationSchema } from '../exercise/duration.ts';
import { objectReferenceSchema } from '../exercise/object-reference.ts';
import { namespaceField, podSetSchema } from '../exercise/pod-set.ts';

const checkIds = z.union([z.literal('all'), z.array(z.string()).min(1)]).describe('Ids of checks, or "all"');

const lookAfter = durationSchema
  .optional()
  .describe('When to look: this long after the loss; when all has settled if absent');

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
      after: lookAfter,
      check: checkIds,
    })
    .optional()
    .describe('Each Pod of a set in turn is gone at once, each time from the same state; then checks run'),
  everyNodeLoss: z
    .strictObject({
      nodes: z.array(z.string().min(1)).min(1).max(50).optional().describe('Names of nodes; every node when absent'),
      after: lookAfter,
      check: checkIds,
    })
    .optional()
    .describe('Each node in turn loses its power, each time from the same state; then checks run'),
  everyEndpointLoss: z
    .strictObject({ service: z.string().min(1), namespace: namespaceField, after: lookAfter, check: checkIds })
    .optional()
    .describe(
      'Of each ready endpoint of a Service in turn the processes stop to answer (one without a Pod leaves the list), each time from the same state; then checks run',
    ),
  everyOrder: z
    .strictObject({ check: checkIds })
    .optional()
    .describe(
      'The documents of the submission once more on the initial cluster, in other orders, each when the cluster has come to rest after the one before; then checks run',
    ),
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

/** The checks that a step runs; undefined: it runs none. */
export function checksRunBy(step: Step): 'all' | readonly string[] | undefined {
  return step.check ?? trialOf(step)?.check;
}

/** What is tried on copies of the cluster and leaves it as it is. */
export function trialOf({ everyPodLoss, everyNodeLoss, everyEndpointLoss, everyOrder }: Step) {
  return everyPodLoss ?? everyNodeLoss ?? everyEndpointLoss ?? everyOrder;
}

/** What happens unless an exercise says otherwise. */
export const defaultScenario: readonly Step[] = [{ apply: 'submission' }, { check: 'all' }];
