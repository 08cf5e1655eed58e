import type { CheckResult, GradingResult } from '@kubedrill/grader';
import { insertCheckResults, inParts, type Value } from '../bulk-write.ts';
import type { Transaction } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { recomputeLearners } from '../recompute-learners.ts';

/** Submissions of one transaction, about: all of a learner's go together, so that his points are right at every moment. */
const submissionsTogether = 500;

interface Row {
  readonly submissionId: string;
  readonly userId: string;
  readonly exerciseId: string;
  readonly outcome: string;
  readonly before: string;
  readonly beforePoints: number | bigint;
  readonly afterPoints: number | bigint;
  readonly toDigest: string | null;
  readonly newResult: string | null;
  readonly receipt: string;
  readonly previous: string | null;
  readonly versionDigest: string | null;
  readonly regradeId: string | null;
}

/** What a result has replaced, so that it can be taken back to the byte. */
interface Previous {
  readonly result: string;
  readonly versionDigest: string | null;
  readonly regradeId: string | null;
}

/** A result that takes the place of another. */
interface Replacement {
  readonly submissionId: string;
  readonly text: string;
  readonly points: number;
  readonly versionDigest: string | null;
  readonly regradeId: string | null;
}

/** How many submissions are left. */
export async function applyLearners(transaction: Transaction, regradeId: string): Promise<number> {
  const rows = await nextRows(transaction, regradeId, false);
  const replaced = rows.map(({ before, ...row }) => {
    const previous: Previous = { result: before, versionDigest: row.versionDigest, regradeId: row.regradeId };
    return { submissionId: row.submissionId, previous: JSON.stringify(previous) };
  });
  await replaceResults(
    transaction,
    rows.map((row) => ({
      submissionId: row.submissionId,
      text: row.newResult ?? withReceipt(row.before, row.receipt),
      points: Number(row.afterPoints),
      versionDigest: row.toDigest,
      regradeId,
    })),
    rows,
  );
  await inParts(
    replaced,
    ({ submissionId, previous }) => [submissionId, previous],
    (values) => transaction.$executeRaw`
      UPDATE regrade_items SET applied = TRUE, previous = changes.column2
      FROM (VALUES ${values}) AS changes
      WHERE regrade_id = ${regradeId} AND submission_id = changes.column1`,
  );
  return left(transaction, regradeId, false);
}

/** How many submissions are left. */
export async function undoLearners(transaction: Transaction, regradeId: string): Promise<number> {
  const rows = await nextRows(transaction, regradeId, true);
  await replaceResults(
    transaction,
    rows.map(({ submissionId, beforePoints, previous }) => {
      if (previous === null) throw new Error(`what ${submissionId} was before it was graded anew is not stored`);
      const { result, versionDigest, regradeId: before } = JSON.parse(previous) as Previous;
      return { submissionId, text: result, points: Number(beforePoints), versionDigest, regradeId: before };
    }),
    rows,
  );
  const ids = rows.map(({ submissionId }) => submissionId);
  await transaction.$executeRaw`
    UPDATE regrade_items SET applied = FALSE, previous = NULL
    WHERE regrade_id = ${regradeId} AND submission_id IN (${Prisma.join(['', ...ids])})`;
  return left(transaction, regradeId, true);
}

async function nextRows(transaction: Transaction, regradeId: string, applied: boolean): Promise<readonly Row[]> {
  const counts = await transaction.$queryRaw<{ userId: string; count: number | bigint }[]>`
    SELECT user_id AS "userId", count(*) AS "count" FROM regrade_items
    WHERE regrade_id = ${regradeId} AND applied = ${applied} AND outcome IN ('same', 'changed')
    GROUP BY user_id ORDER BY user_id LIMIT ${submissionsTogether}`;
  const users: string[] = [];
  let submissions = 0;
  for (const { userId, count } of counts) {
    if (submissions >= submissionsTogether) break;
    users.push(userId);
    submissions += Number(count);
  }
  return transaction.$queryRaw<Row[]>`
    SELECT i.submission_id AS "submissionId", i.user_id AS "userId", regrades.exercise_id AS "exerciseId", i.outcome,
      g.result AS "before", i.before_points AS "beforePoints", i.after_points AS "afterPoints",
      regrades.to_digest AS "toDigest", i.result AS "newResult", i.receipt, i.previous,
      g.version_digest AS "versionDigest", g.regrade_id AS "regradeId"
    FROM regrade_items AS i JOIN regrades ON regrades.id = i.regrade_id
    JOIN gradings AS g ON g.submission_id = i.submission_id
    WHERE i.regrade_id = ${regradeId} AND i.applied = ${applied} AND i.outcome IN ('same', 'changed')
      AND i.user_id IN (${Prisma.join(['', ...users])})`;
}

async function left(transaction: Transaction, regradeId: string, applied: boolean): Promise<number> {
  const [row] = await transaction.$queryRaw<{ count: number | bigint }[]>`
    SELECT count(*) AS "count" FROM regrade_items
    WHERE regrade_id = ${regradeId} AND applied = ${applied} AND outcome IN ('same', 'changed')`;
  return Number(row?.count ?? 0);
}

async function replaceResults(
  transaction: Transaction,
  replacements: readonly Replacement[],
  rows: readonly Row[],
): Promise<void> {
  const changed = new Map(rows.filter(({ outcome }) => outcome === 'changed').map((row) => [row.submissionId, row]));
  const results = replacements.map((each) => ({ ...each, result: JSON.parse(each.text) as GradingResult }));
  await inParts(
    results,
    ({ submissionId, text, points, versionDigest, regradeId, result }): readonly Value[] => [
      ...[submissionId, text, points, versionDigest, regradeId],
      ...[result.verdict, result.score, result.maxPoints],
    ],
    (values) => transaction.$executeRaw`
      UPDATE gradings SET result = changes.column2, points = changes.column3, version_digest = changes.column4,
        regrade_id = changes.column5, verdict = changes.column6, score = changes.column7, max_points = changes.column8
      FROM (VALUES ${values}) AS changes
      WHERE submission_id = changes.column1`,
  );
  const differing = results.filter(({ submissionId }) => changed.has(submissionId));
  if (differing.length === 0) return;
  await transaction.$executeRaw`
    DELETE FROM check_results WHERE submission_id IN (${Prisma.join([...changed.keys()])})`;
  await insertCheckResults(
    transaction,
    differing.flatMap(({ submissionId, result }) =>
      result.checks.map((check, position) => checkRow(submissionId, check, position)),
    ),
  );
  const users = [...new Set([...changed.values()].map(({ userId }) => userId))];
  const [{ exerciseId }] = [...changed.values()] as [Row];
  await recomputeLearners(transaction, exerciseId, users);
}

const checkRow = (submissionId: string, { id, status, weight, credit }: CheckResult, position: number) => ({
  ...{ submissionId, position, checkId: id },
  ...{ status, weight, credit },
});

function withReceipt(text: string, receipt: string): string {
  const result = JSON.parse(text) as GradingResult;
  return JSON.stringify({ ...result, receipt: JSON.parse(receipt) as GradingResult['receipt'] });
}
