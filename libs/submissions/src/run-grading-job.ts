import { instantiate, type Exercise } from '@kubedrill/content';
import {
  BaselineCache,
  BoundedCache,
  type DocumentServer,
  gradeSubmission,
  prepareInstance,
  type GradingResult,
  type PreparedInstance,
} from '@kubedrill/grader';
import { exerciseOfJob } from './exercise-of-job.ts';
import type { GradingJob } from './grading-job.ts';

/** How much a worker keeps ready. Instances differ by learner, exercises by the course, clusters by what they start with. */
const capacities = { exercises: 64, instances: 256, baselines: 64 } as const;

const exercises = new BoundedCache<Exercise>(capacities.exercises);
const instances = new BoundedCache<PreparedInstance>(capacities.instances);
const baselines = new BaselineCache(capacities.baselines);

/**
 * The work of one job: what a sandboxed process runs. Pure but for its caches, which change how long it takes and nothing
 * else. Throws when the exercise is faulty: a fault of the platform, never a verdict.
 */
export default function runGradingJob(job: GradingJob, serve?: DocumentServer): GradingResult {
  const key = `${job.exerciseDigest}/${job.variant}/${job.seed}`;
  const prepared = instances.get(key, () => {
    const exercise = exercises.get(job.exerciseDigest, () => exerciseOfJob(job));
    return prepareInstance(instantiate(exercise, job.variant, job.seed), baselines);
  });
  return gradeSubmission(prepared, job.content, serve);
}
