import { instantiate, type Exercise } from '@kubedrill/content';
import type { Cluster } from '@kubedrill/cluster-sim';
import { BoundedCache, bareSandboxCluster, exerciseSandboxCluster, ownManifests } from '@kubedrill/grader';
import type { ExerciseCatalogue } from '../catalogue.ts';
import { exerciseOfJob } from '../exercise-of-job.ts';
import type { HostedSandbox, LearnerSandbox } from './learner-sandbox.ts';

/** All that a host needs, which holds no database credentials: the exercise comes along. */
export async function hostedSandbox(
  { id, startedAt, speed, exercise, seed, nodes, proxyMode }: LearnerSandbox,
  catalogue: ExerciseCatalogue,
): Promise<HostedSandbox> {
  const frame = { id, startedAt: startedAt.getTime(), speed };
  if (!exercise) return { ...frame, origin: { kind: 'bare', seed, nodes, proxyMode } };
  const version = await catalogue.version(exercise.digest);
  if (!version) throw new Error(`sandbox ${id} is pinned to version ${exercise.digest}, which is not stored`);
  const { digest: exerciseDigest, variant, seed: instanceSeed } = exercise;
  return {
    ...frame,
    origin: { kind: 'exercise', exercise: version.content, exerciseDigest, variant, seed: instanceSeed },
  };
}

const exercises = new BoundedCache<Exercise>(64);

/** The cluster that a sandbox begins with. */
export function beginningOf({ origin, startedAt }: HostedSandbox): Cluster {
  if (origin.kind === 'bare') return bareSandboxCluster(origin, startedAt);
  const exercise = exercises.get(origin.exerciseDigest, () => exerciseOfJob(origin));
  const instance = instantiate(exercise, origin.variant, origin.seed);
  return exerciseSandboxCluster(instance, ownManifests(instance), startedAt);
}
