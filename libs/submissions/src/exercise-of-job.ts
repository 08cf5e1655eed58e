import { asExerciseVersion, readExercise, type Exercise } from '@kubedrill/content';
import type { GradingJob } from './grading-job.ts';

/** The exercise that travels with a job. Throws when it is faulty: a fault of the platform, never a verdict. */
export function exerciseOfJob({ exercise, exerciseDigest }: Pick<GradingJob, 'exercise' | 'exerciseDigest'>): Exercise {
  const version = asExerciseVersion(exercise);
  if (version === undefined) throw new Error('the job carries no exercise version');
  const reading = readExercise(version, exerciseDigest);
  if (reading.ok) return reading.exercise;
  const problems = reading.problems.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`the exercise is faulty: ${problems.join('; ')}`);
}
