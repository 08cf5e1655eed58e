import { z } from 'zod';
import { exactlyOneOf } from './exactly-one.ts';

const name = z.string().min(1).max(253);

export const namespaceField = name.default('default').describe('Namespace; "default" when absent');

export const podSetFields = {
  deployment: name.optional().describe('Every Pod of this Deployment'),
  pods: z.string().min(1).optional().describe('Every Pod with these labels, as in kubectl -l: "app=web,tier=front"'),
  pod: name.optional().describe('The Pod of this name'),
  namespace: namespaceField,
};

/** A set of Pods, found when the check runs. */
export const podSetSchema = exactlyOneOf(z.strictObject(podSetFields), ['deployment', 'pods', 'pod']);

export type PodSet = z.output<typeof podSetSchema>;
