import { z } from 'zod';
import { exactlyOneOf } from './exactly-one.ts';
import { podSetFields } from './pod-set.ts';

export const portNumber = z.int().min(1).max(65535);

/** What probes call. A set (Pods, all nodes) is called one by one. */
export const targetSchema = exactlyOneOf(
  z.strictObject({
    ...podSetFields,
    host: z.string().min(1).optional().describe('A DNS name as the source would write it, or an IP address'),
    service: z.string().optional().describe('The cluster IP of this Service'),
    loadBalancer: z.string().optional().describe('The external address of this Service'),
    node: z.string().optional().describe('The address of this node'),
    nodes: z.literal('all').optional().describe('The address of every node'),
    port: portNumber.optional().describe('Port that is called; only for protocol ICMP it may be absent'),
    protocol: z.enum(['TCP', 'UDP', 'SCTP', 'ICMP']).default('TCP'),
    http: z
      .strictObject({
        method: z.string().default('GET'),
        path: z.string().startsWith('/').default('/'),
        headers: z.record(z.string(), z.string()).optional(),
        body: z.string().optional(),
      })
      .optional()
      .describe('Ask over HTTP once the connection stands; {} is GET /'),
  }),
  ['host', 'service', 'loadBalancer', 'node', 'nodes', 'deployment', 'pods', 'pod'],
).refine((target) => target.port !== undefined || target.protocol === 'ICMP', {
  error: 'give a port (only ICMP has none)',
});

export type Target = z.output<typeof targetSchema>;

export const targetsSchema = z
  .union([targetSchema, z.array(targetSchema).min(1)])
  .transform((value): readonly Target[] => (Array.isArray(value) ? value : [value]))
  .describe('One target or a list of them');
