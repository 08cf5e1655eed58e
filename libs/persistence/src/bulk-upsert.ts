import type { Standing, VariantProgress } from '@kubedrill/progress';
import type { Transaction } from './database.ts';
import { Prisma } from './generated/client.ts';

// Prisma upserts row by row. These statements upsert many rows at once; SQLite and PostgreSQL both know them. They are the only
// SQL that is written by hand.

/** SQLite takes 32,766 parameters in a statement; a row here has 8 at most. */
const rowsPerStatement = 1_000;

/** Puts rows in the place of those with the same key. */
export async function replaceProgress(transaction: Transaction, rows: readonly VariantProgress[]): Promise<void> {
  for (const part of partsOf(rows)) {
    const values = part.map(
      (row) =>
        Prisma.sql`(${row.userId}, ${row.exerciseId}, ${row.variant}, ${row.bestScore}, ${row.points}, ${row.attempts}, ${row.passedAt ?? null}, ${row.lastGradedAt})`,
    );
    await transaction.$executeRaw`
      INSERT INTO progress (user_id, exercise_id, variant_id, best_score, points, attempts, passed_at, last_graded_at)
      VALUES ${Prisma.join(values)}
      ON CONFLICT (user_id, exercise_id, variant_id) DO UPDATE SET
        best_score = excluded.best_score,
        points = excluded.points,
        attempts = excluded.attempts,
        passed_at = excluded.passed_at,
        last_graded_at = excluded.last_graded_at`;
  }
}

/** Adds the points of each row to the standing with the same key. */
export async function addToStandings(transaction: Transaction, rows: readonly Standing[]): Promise<void> {
  for (const part of partsOf(rows)) {
    const values = part.map(
      (row) => Prisma.sql`(${row.scope}, ${row.period}, ${row.userId}, ${row.points}, ${row.lastGainAt})`,
    );
    await transaction.$executeRaw`
      INSERT INTO standings (scope, period, user_id, points, last_gain_at)
      VALUES ${Prisma.join(values)}
      ON CONFLICT (scope, period, user_id) DO UPDATE SET
        points = standings.points + excluded.points,
        last_gain_at = CASE
          WHEN excluded.last_gain_at > standings.last_gain_at THEN excluded.last_gain_at
          ELSE standings.last_gain_at
        END`;
  }
}

function* partsOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) yield rows.slice(start, start + rowsPerStatement);
}
