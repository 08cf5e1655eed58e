import type { GradingResult, Verdict } from '@kubedrill/grader';
import type { PendingItem, Regrade, RegradeDifference, RegradeStatus, SubmissionContent } from '@kubedrill/submissions';
import { Prisma } from '../generated/client.ts';

export const columns = Prisma.sql`id, exercise_id AS "exerciseId", from_digest AS "fromDigest", to_digest AS "toDigest",
  user_id AS "userId", created_at AS "createdAt", changed_at AS "changedAt", status, total`;

export interface RegradeRow {
  readonly id: string;
  readonly exerciseId: string;
  readonly fromDigest: string | null;
  readonly toDigest: string | null;
  readonly userId: string | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly status: string;
  readonly total: number | bigint;
}

export function regradeOf({ fromDigest, toDigest, userId, status, total, ...row }: RegradeRow): Regrade {
  return {
    ...row,
    status: status as RegradeStatus,
    total: Number(total),
    ...(fromDigest !== null && { fromDigest }),
    ...(toDigest !== null && { toDigest }),
    ...(userId !== null && { userId }),
  };
}

export interface DifferenceRow {
  readonly submissionId: string;
  readonly userId: string;
  readonly userName: string;
  readonly variant: string;
  readonly outcome: string;
  readonly fault: string | null;
  readonly beforeVerdict: string;
  readonly beforeScore: number;
  readonly beforePoints: number | bigint;
  readonly afterVerdict: string | null;
  readonly afterScore: number | null;
  readonly afterPoints: number | bigint | null;
}

export function differenceOf(row: DifferenceRow): RegradeDifference {
  const { submissionId, userId, userName, variant, outcome, fault } = row;
  const grade = (verdict: string, score: number, points: number | bigint) => ({
    verdict: verdict as Verdict,
    score,
    points: Number(points),
  });
  return {
    ...{ submissionId, variant },
    user: { id: userId, name: userName },
    outcome: outcome as RegradeDifference['outcome'],
    before: grade(row.beforeVerdict, row.beforeScore, row.beforePoints),
    ...(row.afterVerdict !== null &&
      row.afterScore !== null &&
      row.afterPoints !== null && { after: grade(row.afterVerdict, row.afterScore, row.afterPoints) }),
    ...(fault !== null && { fault }),
  };
}

export interface PendingRow {
  readonly submissionId: string;
  readonly userId: string;
  readonly variant: string;
  readonly seed: number | bigint;
  readonly content: string;
  readonly pinned: string;
  readonly result: string;
  readonly verdict: string;
  readonly score: number;
  readonly points: number | bigint;
  readonly hintCost: number | bigint;
}

export function pendingOf(row: PendingRow, digest: string): PendingItem {
  const { submissionId, userId, variant, verdict, score } = row;
  return {
    ...{ submissionId, userId, variant, digest },
    seed: Number(row.seed),
    content: JSON.parse(row.content) as SubmissionContent,
    before: { verdict: verdict as Verdict, score, points: Number(row.points) },
    hintCost: Number(row.hintCost),
    receipt: (JSON.parse(row.result) as GradingResult).receipt,
  };
}
