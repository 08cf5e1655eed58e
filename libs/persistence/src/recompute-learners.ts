import type { Verdict } from '@kubedrill/grader';
import { ProgressLedger, sumGains, type PointGain } from '@kubedrill/progress';
import { addToStandings, insertPointGains, replaceProgress } from './bulk-write.ts';
import type { Transaction } from './database.ts';
import { Prisma } from './generated/client.ts';

interface GradedRow {
  readonly submissionId: string;
  readonly userId: string;
  readonly variant: string;
  readonly moduleId: string;
  readonly verdict: string;
  readonly score: number;
  readonly points: number | bigint;
  readonly gradedAt: Date;
}

/** Progress of some learners in one exercise, and all of their standings, anew from the results: as a rebuild would. */
export async function recomputeLearners(
  transaction: Transaction,
  exerciseId: string,
  userIds: readonly string[],
): Promise<void> {
  const users = Prisma.join([...userIds]);
  const rows = await transaction.$queryRaw<GradedRow[]>`
    SELECT g.submission_id AS "submissionId", s.user_id AS "userId", s.variant_id AS "variant",
      exercises.module_id AS "moduleId", g.verdict, g.score, g.points, g.graded_at AS "gradedAt"
    FROM submissions AS s JOIN gradings AS g ON g.submission_id = s.id
    JOIN exercises ON exercises.id = s.exercise_id
    WHERE s.exercise_id = ${exerciseId} AND s.user_id IN (${users})
    ORDER BY g.graded_at, g.submission_id`;
  const ledger = new ProgressLedger();
  for (const { verdict, points, ...row } of rows) {
    ledger.record({ ...row, exerciseId, verdict: verdict as Verdict, points: Number(points) });
  }
  await transaction.$executeRaw`
    DELETE FROM point_gains WHERE user_id IN (${users}) AND submission_id IN (
      SELECT id FROM submissions WHERE exercise_id = ${exerciseId} AND user_id IN (${users}))`;
  await replaceProgress(transaction, ledger.progress);
  await insertPointGains(transaction, ledger.gains);
  const gains = await transaction.$queryRaw<PointGain[]>`
    SELECT submission_id AS "submissionId", user_id AS "userId", module_id AS "moduleId", points, gained_at AS "gainedAt"
    FROM point_gains WHERE user_id IN (${users})`;
  await transaction.$executeRaw`DELETE FROM standings WHERE user_id IN (${users})`;
  await addToStandings(transaction, sumGains(gains.map((gain) => ({ ...gain, points: Number(gain.points) }))));
}
