import type { ExerciseInstance } from '../exercise/instance.ts';
import type { GradingResult, Receipt } from '../grading-result.ts';
import type { SubmissionContent } from '../submission-content.ts';
import { digestOf } from './digest.ts';

/** Changes whenever the same submission may get another result. */
export const engineVersion = 'kubedrill-0.1.0/kubernetes-1.36';

export function receiptOf(
  instance: ExerciseInstance,
  content: SubmissionContent,
  result: Omit<GradingResult, 'receipt'>,
): Receipt {
  return {
    engine: engineVersion,
    exercise: instance.digest,
    variant: instance.variant,
    seed: instance.seed,
    submission: digestOf(content),
    result: digestOf(result),
  };
}
