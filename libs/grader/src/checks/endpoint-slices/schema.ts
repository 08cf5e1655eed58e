import { z } from 'zod';
import { endpointListFields } from '../endpoints/schema.ts';

export const endpointSlicesSchema = z
  .strictObject({
    kind: z.literal('endpointSlices'),
    ...endpointListFields,
    terminating: z.int().min(0).optional().describe('How many endpoints that are terminating'),
    slices: z.int().min(0).optional().describe('How many EndpointSlices'),
  })
  .describe('The EndpointSlices that carry the label kubernetes.io/service-name of a Service');

export type EndpointSlicesParameters = z.output<typeof endpointSlicesSchema>;
