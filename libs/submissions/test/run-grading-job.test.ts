import { describe, expect, it } from '@jest/globals';
import {
  contentOf,
  drawParameters,
  loadContent,
  readFolder,
  solutionsOf,
  type AuthoredExercise,
} from '@kubedrill/content';
import { resolve } from 'node:path';
import type { GradingJob } from '../src/grading-job.ts';
import { runGradingJob } from '../src/run-grading-job.ts';

const course = loadContent(readFolder(resolve(import.meta.dirname, '../../../challenges')));

function drill(): AuthoredExercise {
  const exercises = course.modules.flatMap((module) => module.exercises);
  const found = exercises.find(({ exercise }) => exercise.frame.id === 'fix-the-target-port');
  if (!found) throw new Error('the course has no drill "fix-the-target-port"');
  return found;
}

function job(changes: Partial<GradingJob> = {}): GradingJob {
  const authored = drill();
  const { exercise } = authored;
  const seed = changes.seed ?? 5;
  const values = drawParameters(exercise.frame.parameters, seed);
  const [solution] = solutionsOf(authored, 'basic');
  return {
    id: 'submission-1',
    kind: 'grading',
    exerciseDigest: exercise.digest,
    // As it comes out of the queue.
    exercise: JSON.parse(JSON.stringify(exercise.version)) as GradingJob['exercise'],
    variant: 'basic',
    seed,
    content: contentOf(solution?.files ?? [], 'files', values),
    ...changes,
  };
}

describe('runGradingJob', () => {
  it('grades what travelled as JSON', () => {
    const result = runGradingJob(job());
    expect({ verdict: result.verdict, points: result.points }).toEqual({ verdict: 'passed', points: 30 });
    expect(result.receipt.exercise).toBe(drill().exercise.digest);
  });

  it('gives the same result again, byte for byte, and another to another seed', () => {
    const first = JSON.stringify(runGradingJob(job()));
    expect(JSON.stringify(runGradingJob(job()))).toBe(first);
    expect(runGradingJob(job({ seed: 6, content: job().content })).verdict).not.toBe('passed');
  });

  it.each([
    [
      'an exercise that is none',
      { exercise: { format: 1 }, exerciseDigest: 'a' },
      'the job carries no exercise version',
    ],
    [
      'a faulty exercise',
      { exercise: { format: 1, module: 'm', definition: { id: 'x' }, files: {} }, exerciseDigest: 'b' },
      'the exercise is faulty: kind: write one of drill, challenge; title: "title" is missing',
    ],
    ['a variant that is not there', { variant: 'hard' }, 'has no variant "hard"'],
  ])('throws for %s: a fault, not a verdict', (_, changes, message) => {
    expect(() => runGradingJob(job(changes))).toThrow(message);
  });
});
