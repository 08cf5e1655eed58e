import type { VariantProgress } from '@kubedrill/progress';
import type { Transaction } from './database.ts';
import { Prisma } from './generated/client.ts';

/** What recording a result has to know of its submission. */
export interface OpenSubmission {
  readonly id: string;
  readonly status: string;
  readonly userId: string;
  readonly exerciseId: string;
  readonly variant: string;
  readonly moduleId: string;
  /** The learner's progress in the variant; undefined before the first result. */
  readonly progress: VariantProgress | undefined;
}

interface Row extends Omit<OpenSubmission, 'progress'> {
  /** Null with all that follows when there is no progress. */
  readonly bestScore: number | null;
  readonly points: number;
  readonly attempts: number;
  readonly passedAt: Date | null;
  readonly lastGradedAt: Date;
}

/** In one statement: Prisma would send one for each of the tables. */
export async function readSubmissions(
  transaction: Transaction,
  ids: readonly string[],
): Promise<readonly OpenSubmission[]> {
  const rows = await transaction.$queryRaw<Row[]>`
    SELECT submissions.id, submissions.status, submissions.user_id AS "userId", submissions.exercise_id AS "exerciseId",
      submissions.variant_id AS "variant", exercises.module_id AS "moduleId", progress.best_score AS "bestScore",
      progress.points, progress.attempts, progress.passed_at AS "passedAt", progress.last_graded_at AS "lastGradedAt"
    FROM submissions
    JOIN exercises ON exercises.id = submissions.exercise_id
    LEFT JOIN progress ON progress.user_id = submissions.user_id
      AND progress.exercise_id = submissions.exercise_id AND progress.variant_id = submissions.variant_id
    WHERE submissions.id IN (${Prisma.join([...ids])})`;
  return rows.map(({ id, status, userId, exerciseId, variant, moduleId, ...row }) => ({
    ...{ id, status, userId, exerciseId, variant, moduleId },
    progress: progressOf({ userId, exerciseId, variant }, row),
  }));
}

function progressOf(
  key: Pick<VariantProgress, 'userId' | 'exerciseId' | 'variant'>,
  { bestScore, points, attempts, passedAt, lastGradedAt }: Omit<Row, keyof OpenSubmission>,
): VariantProgress | undefined {
  if (bestScore === null) return undefined;
  return { ...key, bestScore, points, attempts, lastGradedAt, ...(passedAt && { passedAt }) };
}
