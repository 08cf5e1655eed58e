import { z } from 'zod';
import { podSetSchema } from '../../exercise/pod-set.ts';
import { sourcesSchema } from '../../exercise/source.ts';

export const dnsSchema = z
  .strictObject({
    kind: z.literal('dns'),
    from: sourcesSchema,
    name: z.string().min(1).describe('The name as the source would ask for it'),
    type: z.enum(['A', 'AAAA', 'CNAME', 'SRV', 'PTR']).default('A'),
    expect: z
      .strictObject({
        code: z.enum(['NOERROR', 'NXDOMAIN', 'NODATA', 'REFUSED', 'SERVFAIL', 'timeout']).default('NOERROR'),
        clusterIPOf: z
          .string()
          .optional()
          .describe('Answered with the cluster IP of this Service: "api" or "shop/api"'),
        podIPsOf: podSetSchema.optional().describe('Answered with exactly the addresses of the ready Pods of this set'),
        data: z.array(z.string()).optional().describe('Answered with exactly these addresses, names or SRV targets'),
      })
      .default({ code: 'NOERROR' }),
  })
  .describe('What the resolver of the sources answers');

export type DnsParameters = z.output<typeof dnsSchema>;
