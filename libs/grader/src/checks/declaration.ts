import { z } from 'zod';
import { affinitySchema } from './affinity/schema.ts';
import { answerSchema } from './answer/schema.ts';
import { commandSchema } from './command/schema.ts';
import { distributionSchema } from './distribution/schema.ts';
import { dnsSchema } from './dns/schema.ts';
import { endpointSlicesSchema } from './endpoint-slices/schema.ts';
import { endpointsSchema } from './endpoints/schema.ts';
import { matrixSchema } from './matrix/schema.ts';
import { portMappingSchema } from './port-mapping/schema.ts';
import { reachabilitySchema } from './reachability/schema.ts';
import { rejectionSchema } from './rejection/schema.ts';
import { resourceSchema } from './resource/schema.ts';

/** What every check has, whatever its kind. */
const common = {
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'an id is made of lower-case words joined by "-"' }),
  title: z.string().min(1).max(120).describe('What the learner reads before trying'),
  weight: z.number().positive().max(100).default(1),
  feedback: z
    .string()
    .min(1)
    .describe('What a learner who fails it reads first: one sentence in the words of the course'),
};

/** What an author may ask of a cluster. A kind starts with an entry here and one in the registry. */
export const checkDeclarationSchema = z.discriminatedUnion('kind', [
  endpointsSchema.safeExtend(common),
  endpointSlicesSchema.safeExtend(common),
  reachabilitySchema.safeExtend(common),
  matrixSchema.safeExtend(common),
  dnsSchema.safeExtend(common),
  portMappingSchema.safeExtend(common),
  distributionSchema.safeExtend(common),
  affinitySchema.safeExtend(common),
  resourceSchema.safeExtend(common),
  rejectionSchema.safeExtend(common),
  commandSchema.safeExtend(common),
  answerSchema.safeExtend(common),
]);

export type CheckDeclaration = z.output<typeof checkDeclarationSchema>;
export type CheckKindName = CheckDeclaration['kind'];
export type CheckOfKind<K extends CheckKindName> = Extract<CheckDeclaration, { readonly kind: K }>;
