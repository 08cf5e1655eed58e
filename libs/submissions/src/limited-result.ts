import { receiptOf, type ExerciseInstance, type GradingResult, type SubmissionContent } from '@kubedrill/grader';

/** The result of a submission that hit a bound of the sandbox: the process that graded it is gone, so no check has run. */
export function limitedResult(
  instance: ExerciseInstance,
  content: SubmissionContent,
  limit: NonNullable<GradingResult['limit']>,
): GradingResult {
  const result: Omit<GradingResult, 'receipt'> = {
    verdict: 'limited',
    score: 0,
    points: 0,
    maxPoints: instance.points,
    checks: instance.checks.map(({ id, title, weight }) => ({ id, title, weight, status: 'notRun', credit: 0 })),
    messages: [],
    limit,
  };
  return { ...result, receipt: receiptOf(instance, content, result) };
}
