import { variantOf } from '@kubedrill/content';
import { canonicalJson, type DocumentServer, gradeSubmission, type GradingResult } from '@kubedrill/grader';
import { preparedExercise, preparedInstance } from '../prepared-instances.ts';
import type { GradedAnew, RegradedItem, RegradingJob, RegradingJobItem } from './regrade.ts';

/**
 * Grades the items of a job one after the other: what a sandboxed process runs. Equal answers to one instance are graded once,
 * because the same inputs give the same result to the byte.
 */
export function gradeAnew(job: RegradingJob, serve?: DocumentServer): readonly RegradedItem[] {
  const { exercise, exerciseDigest } = job;
  const known = new Map<string, GradingResult>();
  return job.items.map((item) => {
    const { id, variant, seed, content } = item;
    if (!variantOf(preparedExercise(job), variant)) return { id, outcome: { kind: 'noVariant' } };
    const key = canonicalJson([variant, seed, content]);
    const result =
      known.get(key) ?? gradeSubmission(preparedInstance({ exercise, exerciseDigest, variant, seed }), content, serve);
    known.set(key, result);
    return { id, outcome: anew(item, result) };
  });
}

/** Of a result that is stored already only the receipt is news. */
export function anew({ result: stored }: Pick<RegradingJobItem, 'result'>, result: GradingResult): GradedAnew {
  const { verdict, score, points, receipt } = result;
  const graded = { kind: 'graded' as const, grade: { verdict, score, points }, receipt };
  return receipt.result === stored ? graded : { ...graded, result };
}
