import { z } from 'zod';
import { exactlyOneOf } from './exactly-one.ts';
import { podSetFields } from './pod-set.ts';

/** Where probes start: each Pod, node or host that it names is a vantage point of its own. */
export const sourceSchema = exactlyOneOf(
  z.strictObject({
    ...podSetFields,
    container: z.string().optional().describe('Container to start from; the first when absent'),
    node: z.string().optional().describe('The node of this name'),
    nodes: z.literal('all').optional().describe('Every node'),
    external: z.string().optional().describe('A host outside of the cluster, declared under cluster.externalHosts'),
  }),
  ['deployment', 'pods', 'pod', 'node', 'nodes', 'external'],
);

export type Source = z.output<typeof sourceSchema>;

export const sourcesSchema = z
  .union([sourceSchema, z.array(sourceSchema).min(1)])
  .transform((value): readonly Source[] => (Array.isArray(value) ? value : [value]))
  .describe('One source or a list of them');
