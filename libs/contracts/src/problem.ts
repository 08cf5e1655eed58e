import { z } from 'zod';

/** What went wrong, for programs. The `type` of a problem is `/problems/<code>`. */
export const problemCode = z.enum([
  'invalid-request',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'idempotency-key-reused',
  'payload-too-large',
  'unsupported-media-type',
  'too-many-requests',
  'unavailable',
  'bad-gateway',
  'gateway-timeout',
  'internal',
]);

export type ProblemCode = z.output<typeof problemCode>;

const problemDetail = z.object({
  pointer: z
    .string()
    .max(500)
    .meta({ description: 'JSON pointer into the request body, or the name of a parameter', example: '/files/0/path' }),
  detail: z.string().max(1000).meta({ example: 'must be a relative path of a .yaml, .yml or .json file' }),
});

/** Every error, as RFC 9457 shapes it (media type application/problem+json). */
export const problem = z
  .object({
    type: z.string().max(200).meta({ description: 'Identifies the kind of problem', example: '/problems/not-found' }),
    title: z.string().max(200).meta({ description: 'The kind of problem in words', example: 'Not found' }),
    status: z.int().min(400).max(599).meta({ description: 'The HTTP status', example: 404 }),
    detail: z
      .string()
      .max(2000)
      .optional()
      .meta({ description: 'What happened here', example: 'There is no exercise "two-teir".' }),
    instance: z
      .string()
      .max(500)
      .optional()
      .meta({ description: 'Path that was asked for', example: '/api/v1/exercises/two-teir' }),
    requestId: z.string().max(100).optional().meta({ description: "The request's id in the logs", example: 'req-7f' }),
    errors: z
      .array(problemDetail)
      .max(100)
      .optional()
      .meta({ description: 'What is wrong with the request, field by field' }),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457)' });

export type Problem = z.output<typeof problem>;
