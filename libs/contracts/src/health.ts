import { z } from 'zod';

export const livenessView = z.object({ status: z.literal('ok') }).meta({ id: 'Liveness' });

const component = z.object({
  status: z.enum(['up', 'down']),
  detail: z.string().max(500).optional(),
});

/** Answered with status 200 when everything is up, else with 503. A queue that is down does not stop submissions. */
export const readinessView = z
  .object({
    status: z.enum(['ready', 'degraded', 'unavailable']).meta({
      description: 'degraded: submissions are accepted, and graded once the queue is back',
      example: 'ready',
    }),
    database: component,
    queue: component.extend({ depth: z.int().min(0).optional().meta({ description: 'Jobs waiting and running' }) }),
    content: component,
  })
  .meta({ id: 'Readiness' });

export type LivenessView = z.output<typeof livenessView>;
export type ReadinessView = z.output<typeof readinessView>;
