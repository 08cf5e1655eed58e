import { z } from 'zod';

/** Ids of content are slugs that authors choose and that stay for good. */
const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const slug = (what: string, example: string) =>
  z
    .string()
    .min(1)
    .max(100)
    .regex(slugPattern, { error: 'lower-case letters, digits and single dashes' })
    .meta({ description: `Id of ${what}`, example });

export const moduleId = slug('a module', 'services-and-networking');
export const sectionId = slug('a section', 'cluster-ip');
export const exerciseId = slug('an exercise', 'two-tier');
export const variantId = slug('a variant of an exercise', 'basic');

export const submissionId = z
  .uuid()
  .meta({ description: 'Id of a submission', example: '01990f5a-6c1e-7b3a-9d2f-3f1f0c5f8a11' });
export const userId = z.uuid().meta({ description: 'Id of a user', example: '01990f59-1f00-7c4e-8f0a-0d8b6a1c2e33' });
export const tokenId = z.uuid().meta({ description: 'Id of a token', example: '01990f5b-0a77-7d10-b1c4-77e1a1c9d0f2' });

export const instant = z.iso
  .datetime()
  .meta({ description: 'Instant in UTC, ISO 8601', example: '2026-03-02T09:15:27.412Z' });

/** Seeds are 32-bit, so that every JSON reader keeps them exact. */
export const seed = z
  .int()
  .min(0)
  .max(4_294_967_295)
  .meta({ description: 'Seed from which the instance was drawn: the same seed gives the same task', example: 271828 });
