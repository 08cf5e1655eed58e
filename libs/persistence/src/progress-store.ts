import {
  ProgressLedger,
  sumGains,
  type Board,
  type LeaderboardPage,
  type Leaderboards,
  type ProgressReader,
  type ProgressRebuild,
  type RankedStanding,
  type Scope,
  type StandingPosition,
  type VariantProgress,
} from '@kubedrill/progress';
import type { Verdict } from '@kubedrill/grader';
import { addToStandings, insertPointGains, replaceProgress } from './bulk-write.ts';
import type { Database, Transaction } from './database.ts';
import type { Prisma } from './generated/client.ts';
import { progressOf } from './progress-row.ts';

const withName = { user: { select: { name: true } } } as const;
type StandingRow = Prisma.StandingGetPayload<{ include: typeof withName }>;

const pageSize = 1_000;
/** Milliseconds: a rebuild reads everything that was ever graded, and writers wait for it. */
const rebuildBounds = { maxWait: 60_000, timeout: 3_600_000 };

export class PrismaProgressStore implements ProgressReader, Leaderboards, ProgressRebuild {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async ofUser(userId: string): Promise<readonly VariantProgress[]> {
    const rows = await this.#database.client.progress.findMany({
      where: { userId },
      orderBy: [{ exerciseId: 'asc' }, { variantId: 'asc' }],
    });
    return rows.map(progressOf);
  }

  async page(board: Board, { after, limit }: { after?: StandingPosition; limit: number }): Promise<LeaderboardPage> {
    const rows = await this.#database.client.standing.findMany({
      where: { ...boardOf(board), ...(after && behind(after)) },
      orderBy: [{ points: 'desc' }, { lastGainAt: 'asc' }, { userId: 'asc' }],
      take: limit + 1,
      include: withName,
    });
    const [first] = rows;
    if (first === undefined) return { items: [] };
    const rank = after === undefined ? 1 : await this.#rankOf(board, first);
    const items = rows.slice(0, limit).map((row, index) => rankedOf(row, rank + index));
    const last = items.at(-1);
    return last === undefined || rows.length <= limit ? { items } : { items, next: last };
  }

  async own(board: Board, userId: string): Promise<RankedStanding | undefined> {
    const row = await this.#database.client.standing.findUnique({
      where: { scope_period_userId: { ...boardOf(board), userId } },
      include: withName,
    });
    return row === null ? undefined : rankedOf(row, await this.#rankOf(board, row));
  }

  rebuild(): Promise<{ readonly submissions: number }> {
    return this.#database.transaction(rebuildFromGradings, rebuildBounds);
  }

  async #rankOf(board: Board, position: StandingPosition): Promise<number> {
    const before = await this.#database.client.standing.count({ where: { ...boardOf(board), ...ahead(position) } });
    return before + 1;
  }
}

async function rebuildFromGradings(transaction: Transaction): Promise<{ readonly submissions: number }> {
  await transaction.standing.deleteMany();
  await transaction.pointGain.deleteMany();
  await transaction.progress.deleteMany();
  const ledger = new ProgressLedger();
  let submissions = 0;
  let after: { gradedAt: Date; submissionId: string } | undefined;
  do {
    const page = await gradingsAfter(transaction, after);
    for (const { submissionId, verdict, score, points, gradedAt, submission } of page) {
      const { userId, exerciseId, variantId: variant, exercise } = submission;
      const graded = { submissionId, userId, exerciseId, variant, moduleId: exercise.moduleId };
      ledger.record({ ...graded, verdict: verdict as Verdict, score, points, gradedAt });
    }
    submissions += page.length;
    after = page.length < pageSize ? undefined : page.at(-1);
  } while (after !== undefined);
  await replaceProgress(transaction, ledger.progress);
  await insertPointGains(transaction, ledger.gains);
  await addToStandings(transaction, sumGains(ledger.gains));
  return { submissions };
}

/** In the order of their instants, which is the order in which each variant's attempts were recorded. */
function gradingsAfter(transaction: Transaction, after: { gradedAt: Date; submissionId: string } | undefined) {
  return transaction.grading.findMany({
    where: after && {
      gradedAt: { gte: after.gradedAt },
      OR: [{ gradedAt: { gt: after.gradedAt } }, { submissionId: { gt: after.submissionId } }],
    },
    orderBy: [{ gradedAt: 'asc' }, { submissionId: 'asc' }],
    take: pageSize,
    select: {
      submissionId: true,
      verdict: true,
      score: true,
      points: true,
      gradedAt: true,
      submission: {
        select: { userId: true, exerciseId: true, variantId: true, exercise: { select: { moduleId: true } } },
      },
    },
  });
}

const boardOf = ({ scope, period }: Board) => ({ scope, period });

/** Standings behind a position. The first condition bounds the index, the others part equal points. */
const behind = ({ points, lastGainAt, userId }: StandingPosition): Prisma.StandingWhereInput => ({
  points: { lte: points },
  OR: [
    { points: { lt: points } },
    { lastGainAt: { gt: lastGainAt } },
    { lastGainAt: { equals: lastGainAt }, userId: { gt: userId } },
  ],
});

const ahead = ({ points, lastGainAt, userId }: StandingPosition): Prisma.StandingWhereInput => ({
  points: { gte: points },
  OR: [
    { points: { gt: points } },
    { lastGainAt: { lt: lastGainAt } },
    { lastGainAt: { equals: lastGainAt }, userId: { lt: userId } },
  ],
});

const rankedOf = ({ user, scope, ...row }: StandingRow, rank: number): RankedStanding => ({
  ...row,
  scope: scope as Scope,
  rank,
  userName: user.name,
});
