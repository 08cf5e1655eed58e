import { z } from 'zod';
import { accepts, difficulty, variantStanding } from './catalogue.ts';
import { exerciseId, seed, variantId } from './identifier.ts';

/** One variant made concrete for one learner: what the task page shows. */
export const instanceView = z
  .object({
    exercise: exerciseId,
    variant: variantId,
    title: z.string().max(200).meta({ example: 'Wire a frontend to a backend' }),
    difficulty,
    points: z.int().min(0).meta({ description: 'Points for full marks', example: 100 }),
    accepts,
    seed,
    version: z.string().length(64).meta({ description: 'SHA-256 digest of the version of the exercise' }),
    brief: z.string().max(200_000).meta({ description: "The task in Markdown, with this learner's names and ports" }),
    files: z
      .array(z.object({ path: z.string().max(200), content: z.string().max(1_048_576) }))
      .max(50)
      .meta({ description: 'What the learner starts from' }),
    checks: z
      .array(
        z.object({
          id: z.string().max(100).meta({ example: 'frontend-reads-api' }),
          title: z.string().max(300).meta({ example: 'The frontend reads http://api' }),
          weight: z.number().min(0).meta({ example: 3 }),
          question: z
            .string()
            .max(2_000)
            .optional()
            .meta({ description: 'For a prediction: what is asked. Answered under the id of the check' }),
          choices: z
            .array(z.string().max(300))
            .max(50)
            .optional()
            .meta({ description: 'For a prediction with given choices' }),
        }),
      )
      .max(200)
      .meta({ description: 'What will be looked at' }),
    standing: variantStanding.optional(),
  })
  .meta({ id: 'Instance' });

export type InstanceView = z.output<typeof instanceView>;
