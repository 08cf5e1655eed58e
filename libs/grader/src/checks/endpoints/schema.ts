import { z } from 'zod';
import { namespaceField, podSetSchema } from '../../exercise/pod-set.ts';
import { portNumber } from '../../exercise/target.ts';

/** What both lists of a Service's endpoints can be asked. Absent fields are not looked at. */
export const endpointListFields = {
  service: z.string().min(1),
  namespace: namespaceField,
  of: podSetSchema.optional().describe('The ready endpoints are exactly the ready Pods of this set'),
  addresses: z.array(z.ipv4()).optional().describe('The ready endpoints are exactly these addresses'),
  ready: z.int().min(0).optional().describe('How many ready endpoints'),
  notReady: z.int().min(0).optional().describe('How many endpoints that are listed but not ready'),
  ports: z.array(portNumber).optional().describe('The ports that endpoints are listed with, in any order'),
};

export const endpointsSchema = z
  .strictObject({ kind: z.literal('endpoints'), ...endpointListFields })
  .describe('The Endpoints object of a Service');

export type EndpointsParameters = z.output<typeof endpointsSchema>;
