import { instantiate, type Exercise } from '@kubedrill/content';
import { BaselineCache, BoundedCache, prepareInstance, type PreparedInstance } from '@kubedrill/grader';
import { exerciseOfJob } from './exercise-of-job.ts';
import type { GradingJob } from './grading-job.ts';

/** How much a worker keeps ready. Instances differ by learner, exercises by the course, clusters by what they start with. */
const capacities = { exercises: 64, instances: 256, baselines: 64 } as const;

const exercises = new BoundedCache<Exercise>(capacities.exercises);
const instances = new BoundedCache<PreparedInstance>(capacities.instances);
const baselines = new BaselineCache(capacities.baselines);

/** The exercise that travels with a job. Throws when it is faulty: a fault of the platform, never a verdict. */
export function preparedExercise(job: Pick<GradingJob, 'exercise' | 'exerciseDigest'>): Exercise {
  return exercises.get(job.exerciseDigest, () => exerciseOfJob(job));
}

/** An instance with its initial cluster, ready to be forked. The caches change how long it takes and nothing else. */
export function preparedInstance(
  job: Pick<GradingJob, 'exercise' | 'exerciseDigest' | 'variant' | 'seed'>,
): PreparedInstance {
  const key = `${job.exerciseDigest}/${job.variant}/${job.seed}`;
  return instances.get(key, () =>
    prepareInstance(instantiate(preparedExercise(job), job.variant, job.seed), baselines),
  );
}
