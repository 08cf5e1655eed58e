import { z } from 'zod';
import { namespaceField } from '../../exercise/pod-set.ts';
import { portNumber } from '../../exercise/target.ts';

export const portMappingSchema = z
  .strictObject({
    kind: z.literal('portMapping'),
    service: z.string().min(1),
    namespace: namespaceField,
    port: portNumber.describe('The port of the Service'),
    protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP'),
    name: z.string().optional().describe('The name of the port'),
    targetPort: z
      .union([portNumber, z.string()])
      .optional()
      .describe('As it is written: a number or the name of a container port'),
    podPort: portNumber.optional().describe('The number that it comes to at every ready endpoint'),
    nodePort: z
      .union([portNumber, z.literal('any')])
      .optional()
      .describe('The node port; "any" when it may be any allocated one'),
    listening: z.boolean().default(true).describe('A process accepts on that port in every ready endpoint'),
  })
  .describe('The way of a port: nodePort -> port -> targetPort -> the process that listens');

export type PortMappingParameters = z.output<typeof portMappingSchema>;
