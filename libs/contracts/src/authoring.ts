import { z } from 'zod';
import { exerciseId, instant, moduleId, userId } from './identifier.ts';

export const versionDigest = z
  .string()
  .regex(/^[0-9a-f]{64}$/, { error: 'a SHA-256 digest in hex' })
  .meta({
    description: 'SHA-256 digest of a version of an exercise, as receipts name it',
    example: '5f0c61a1d7f3a4c2b6e8905d3b7c1e4f8a9d2c6b5e0f7a3c1d4b8e6f9a2c5d70',
  });

export const versionView = z
  .object({
    digest: versionDigest,
    firstPublishedAt: instant,
    lastPublishedAt: instant,
    publishedBy: z
      .object({ id: userId, name: z.string() })
      .optional()
      .meta({ description: 'Who published it last; absent: the content folder' }),
    served: z.boolean().meta({ description: 'Whether new submissions are pinned to it' }),
    submissions: z.int().min(0).meta({ description: 'Submissions that are pinned to it', example: 12 }),
  })
  .meta({ id: 'ExerciseVersion' });

export const exerciseHistory = z
  .object({
    exercise: exerciseId,
    module: moduleId,
    version: versionDigest,
    origin: z.enum(['folder', 'upload']).meta({ description: 'Where the version of now came from' }),
    served: z.boolean(),
    archivedAt: instant.optional(),
    versions: z.array(versionView).max(200).meta({ description: 'Newest first' }),
  })
  .meta({ id: 'ExerciseHistory' });

export type VersionView = z.output<typeof versionView>;
export type ExerciseHistory = z.output<typeof exerciseHistory>;
