import { z } from 'zod';
import { gradingResultView, verdict } from './grading-result.ts';
import { exerciseId, instant, seed, submissionId, variantId } from './identifier.ts';
import { sandboxId } from './sandbox.ts';
import { pageOf, pageQuery } from './page.ts';
import { submissionAnswers, submissionCommands, submissionFiles } from './submission-content.ts';

export const submissionStatus = z.enum(['submitted', 'queued', 'running', 'graded', 'faulted']).meta({
  description:
    'submitted: stored, not yet in the queue. graded: the result is there, for good. faulted: the platform failed; no attempt is counted, and it is tried again',
  example: 'graded',
});

export const createSubmission = z
  .strictObject({
    exercise: exerciseId,
    variant: variantId,
    files: submissionFiles.optional(),
    commands: submissionCommands.optional(),
    answers: submissionAnswers.optional(),
    sandbox: sandboxId.optional(),
  })
  .refine(
    (body) =>
      [body.files, body.commands, body.answers, body.sandbox].filter((content) => content !== undefined).length === 1,
    {
      error: 'give exactly one of files, commands, answers, sandbox',
    },
  )
  .meta({
    id: 'CreateSubmission',
    description: 'One attempt: manifests, kubectl commands, answers, or a sandbox as it is now',
  });

/** Value of the header Idempotency-Key: the same key again gives the submission that it made first. */
export const idempotencyKey = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7e]+$/, { error: 'visible ASCII characters' })
  .meta({
    description: 'Unique for what is to be created; a repeated request with it creates nothing',
    example: '7d9c6f0e',
  });

const submissionLinks = z.object({
  self: z.string().meta({ example: '/api/v1/submissions/01990f5a-6c1e-7b3a-9d2f-3f1f0c5f8a11' }),
  events: z.string().meta({ example: '/api/v1/submissions/01990f5a-6c1e-7b3a-9d2f-3f1f0c5f8a11/events' }),
  instance: z.string().meta({
    description: 'The task as it was, in the version that the submission answers',
    example: '/api/v1/submissions/01990f5a-6c1e-7b3a-9d2f-3f1f0c5f8a11/instance',
  }),
});

export const acceptedSubmission = z
  .object({ id: submissionId, status: submissionStatus, links: submissionLinks })
  .meta({ id: 'AcceptedSubmission' });

export const submissionSummary = z
  .object({
    id: submissionId,
    exercise: exerciseId,
    variant: variantId,
    seed,
    status: submissionStatus,
    createdAt: instant,
    gradedAt: instant.optional(),
    verdict: verdict.optional().meta({ description: 'Only once graded' }),
    score: z.number().min(0).max(1).optional().meta({ description: 'Only once graded', example: 0.75 }),
    points: z.int().min(0).optional().meta({ description: 'Only once graded', example: 75 }),
  })
  .meta({ id: 'SubmissionSummary' });

export const submissionView = submissionSummary
  .extend({
    version: z.string().meta({ description: 'Digest of the version of the exercise that it answers' }),
    files: z
      .array(z.object({ path: z.string(), content: z.string() }))
      .readonly()
      .optional(),
    commands: z.array(z.string()).readonly().optional(),
    answers: z.record(z.string(), z.string()).optional(),
    sandbox: sandboxId.optional(),
    result: gradingResultView.optional().meta({ description: 'Only once graded' }),
    graded: z
      .object({
        points: z.int().min(0).meta({ description: 'Those of the result, less what hints have cost', example: 70 }),
        hintCost: z.int().min(0).meta({ example: 5 }),
        version: z.string().meta({ description: 'The version that it was graded with, as the receipt says' }),
        regradeId: z
          .uuid()
          .optional()
          .meta({ description: 'The regrade that put the result in place of an earlier one' }),
      })
      .optional()
      .meta({ description: 'How the result counts; only once graded' }),
    fault: z.string().optional().meta({ description: "Why the platform failed; only with status 'faulted'" }),
    links: submissionLinks,
  })
  .meta({ id: 'Submission' });

export const submissionPage = pageOf(submissionSummary).meta({ id: 'SubmissionPage' });

export const submissionQuery = pageQuery.extend({ exercise: exerciseId.optional() });

/** The data of a server-sent event named `status`; the stream ends after `graded` and after `faulted`. */
export const submissionEvent = z
  .object({ id: submissionId, status: submissionStatus, at: instant })
  .meta({ id: 'SubmissionEvent' });

export type SubmissionStatus = z.output<typeof submissionStatus>;
export type CreateSubmission = z.output<typeof createSubmission>;
export type AcceptedSubmission = z.output<typeof acceptedSubmission>;
export type SubmissionSummary = z.output<typeof submissionSummary>;
export type SubmissionView = z.output<typeof submissionView>;
export type SubmissionQuery = z.output<typeof submissionQuery>;
export type SubmissionEvent = z.output<typeof submissionEvent>;
