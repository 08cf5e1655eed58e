import type { PointGain, Standing, VariantProgress } from '@kubedrill/progress';
import type { Transaction } from './database.ts';
import { Prisma } from './generated/client.ts';

// The only SQL that is written by hand, for SQLite and PostgreSQL alike. Prisma upserts row by row, and its createMany compiles
// all values anew with each call, which took half of the time of recording results.

export interface SubmissionRow {
  readonly id: string;
  readonly userId: string;
  readonly exerciseId: string;
  readonly variantId: string;
  readonly versionDigest: string;
  readonly seed: number;
  /** JSON. */
  readonly content: string;
  readonly idempotencyKey: string | null;
  readonly createdAt: Date;
}

export interface GradingRow {
  readonly submissionId: string;
  readonly gradedAt: Date;
  readonly verdict: string;
  readonly score: number;
  readonly points: number;
  readonly maxPoints: number;
  /** JSON. */
  readonly result: string;
}

export interface CheckResultRow {
  readonly submissionId: string;
  readonly position: number;
  readonly checkId: string;
  readonly status: string;
  readonly weight: number;
  readonly credit: number;
}

/** The ids of those that are new: what repeats the idempotency key of another is left out. */
export async function insertSubmissions(
  client: Transaction,
  rows: readonly SubmissionRow[],
): Promise<ReadonlySet<string>> {
  const created = await inParts(
    rows,
    (row) => [
      ...[row.id, row.userId, row.exerciseId, row.variantId, row.versionDigest, row.seed, row.content],
      ...[row.idempotencyKey, 'submitted', row.createdAt, row.createdAt],
    ],
    (values) => client.$queryRaw<{ id: string }[]>`
      INSERT INTO submissions (id, user_id, exercise_id, variant_id, version_digest, seed, content,
        idempotency_key, status, created_at, changed_at)
      VALUES ${values}
      ON CONFLICT (user_id, idempotency_key) DO NOTHING
      RETURNING id`,
  );
  return new Set(created.flat().map(({ id }) => id));
}

export interface StatusChange {
  readonly status: string;
  readonly before: readonly string[];
  readonly at: Date;
  readonly fault: string | null;
}

/** The ids of those that were in one of the statuses before. */
export async function changeStatus(
  client: Transaction,
  ids: readonly string[],
  { status, before, at, fault }: StatusChange,
): Promise<ReadonlySet<string>> {
  const moved = await client.$queryRaw<{ id: string }[]>`
    UPDATE submissions SET status = ${status}, changed_at = ${at}, fault = ${fault}
    WHERE id IN (${Prisma.join([...ids])}) AND status IN (${Prisma.join([...before])})
    RETURNING id`;
  return new Set(moved.map(({ id }) => id));
}

/** After their gradings are written. */
export const markGraded = (transaction: Transaction, ids: readonly string[]): PromiseLike<unknown> =>
  transaction.$executeRaw`
    UPDATE submissions SET status = 'graded', fault = NULL,
      changed_at = (SELECT graded_at FROM gradings WHERE submission_id = submissions.id)
    WHERE id IN (${Prisma.join([...ids])})`;

export const insertGradings = (transaction: Transaction, rows: readonly GradingRow[]): Promise<unknown> =>
  inParts(
    rows,
    (row) => [row.submissionId, row.gradedAt, row.verdict, row.score, row.points, row.maxPoints, row.result],
    (values) => transaction.$executeRaw`
      INSERT INTO gradings (submission_id, graded_at, verdict, score, points, max_points, result) VALUES ${values}`,
  );

export const insertCheckResults = (transaction: Transaction, rows: readonly CheckResultRow[]): Promise<unknown> =>
  inParts(
    rows,
    (row) => [row.submissionId, row.position, row.checkId, row.status, row.weight, row.credit],
    (values) => transaction.$executeRaw`
      INSERT INTO check_results (submission_id, position, check_id, status, weight, credit) VALUES ${values}`,
  );

export const insertPointGains = (transaction: Transaction, rows: readonly PointGain[]): Promise<unknown> =>
  inParts(
    rows,
    (row) => [row.submissionId, row.userId, row.moduleId, row.points, row.gainedAt],
    (values) => transaction.$executeRaw`
      INSERT INTO point_gains (submission_id, user_id, module_id, points, gained_at) VALUES ${values}`,
  );

/** Puts rows in the place of those with the same key. No key may come twice. */
export const replaceProgress = (transaction: Transaction, rows: readonly VariantProgress[]): Promise<unknown> =>
  inParts(
    rows,
    (row) => [
      ...[row.userId, row.exerciseId, row.variant],
      ...[row.bestScore, row.points, row.attempts, row.passedAt ?? null, row.lastGradedAt],
    ],
    (values) => transaction.$executeRaw`
      INSERT INTO progress (user_id, exercise_id, variant_id, best_score, points, attempts, passed_at, last_graded_at)
      VALUES ${values}
      ON CONFLICT (user_id, exercise_id, variant_id) DO UPDATE SET
        best_score = excluded.best_score,
        points = excluded.points,
        attempts = excluded.attempts,
        passed_at = excluded.passed_at,
        last_graded_at = excluded.last_graded_at`,
  );

/** Adds the points of each row to the standing with the same key. No key may come twice. */
export const addToStandings = (transaction: Transaction, rows: readonly Standing[]): Promise<unknown> =>
  inParts(
    rows,
    (row) => [row.scope, row.period, row.userId, row.points, row.lastGainAt],
    (values) => transaction.$executeRaw`
      INSERT INTO standings (scope, period, user_id, points, last_gain_at) VALUES ${values}
      ON CONFLICT (scope, period, user_id) DO UPDATE SET
        points = standings.points + excluded.points,
        last_gain_at = CASE
          WHEN excluded.last_gain_at > standings.last_gain_at THEN excluded.last_gain_at
          ELSE standings.last_gain_at
        END`,
  );

export type Value = string | number | Date | null;

/** SQLite takes 32,766 parameters in a statement; a row here has 14 at most. */
const rowsPerStatement = 1_000;

export async function inParts<Row, Outcome>(
  rows: readonly Row[],
  valuesOf: (row: Row) => readonly Value[],
  write: (values: Prisma.Sql) => PromiseLike<Outcome>,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    const part = rows.slice(start, start + rowsPerStatement);
    outcomes.push(await write(Prisma.join(part.map((row) => Prisma.sql`(${Prisma.join([...valuesOf(row)])})`))));
  }
  return outcomes;
}
