import type {
  DifferenceFilter,
  GradedAnew,
  LearnerDifference,
  NewRegrade,
  PendingItem,
  Regrade,
  RegradeCounts,
  RegradeDifference,
  RegradeStatus,
  RegradeStore,
} from '@kubedrill/submissions';
import { isUniqueViolation, type Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { applyLearners, undoLearners } from './apply-learners.ts';
import {
  columns,
  differenceOf,
  pendingOf,
  regradeOf,
  type DifferenceRow,
  type PendingRow,
  type RegradeRow,
} from './rows.ts';
import { insertItems } from './write-items.ts';

/** While a regrade is one of these, its exercise has no other that is. */
const open: ReadonlySet<RegradeStatus> = new Set(['grading', 'preview', 'applying', 'undoing']);

/** Milliseconds: one learner may have thousands of submissions. */
const applyBounds = { maxWait: 60_000, timeout: 600_000 };

export class PrismaRegradeStore implements RegradeStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async create({ id, exerciseId, fromDigest, toDigest, userId, createdAt }: NewRegrade): Promise<Regrade | 'open'> {
    const order = { exerciseId, createdAt, fromDigest: fromDigest ?? null, toDigest: toDigest ?? null };
    try {
      await this.#database.client.$executeRaw`
        INSERT INTO regrades (id, exercise_id, from_digest, to_digest, user_id, created_at, changed_at, status, total,
          open_exercise_id)
        SELECT ${id}, ${exerciseId}, ${order.fromDigest}, ${order.toDigest}, ${userId}, ${createdAt}, ${createdAt},
          'grading', (SELECT count(*) ${chosen(order)}), ${exerciseId}`;
    } catch (error) {
      if (isUniqueViolation(error) || isRawUniqueViolation(error)) return 'open';
      throw error;
    }
    const created = await this.find(id);
    if (!created) throw new Error(`regrade ${id} vanished`);
    return created;
  }

  async find(id: string): Promise<Regrade | undefined> {
    return (await this.#select(Prisma.sql`id = ${id}`))[0];
  }

  list({ exerciseId, before, limit }: Parameters<RegradeStore['list']>[0]): Promise<readonly Regrade[]> {
    const ofExercise = exerciseId === undefined ? Prisma.sql`TRUE` : Prisma.sql`exercise_id = ${exerciseId}`;
    const behind =
      before === undefined
        ? Prisma.sql`TRUE`
        : Prisma.sql`(created_at < ${before.createdAt} OR (created_at = ${before.createdAt} AND id < ${before.id}))`;
    return this.#select(Prisma.sql`${ofExercise} AND ${behind}`, limit);
  }

  unfinished(): Promise<readonly Regrade[]> {
    return this.#select(Prisma.sql`status IN ('grading', 'applying', 'undoing')`);
  }

  async counts(id: string): Promise<RegradeCounts> {
    const [row] = await this.#database.client.$queryRaw<Record<keyof RegradeCounts, number | bigint | null>[]>`
      SELECT count(*) AS "done", sum(outcome = 'same') AS "same", sum(outcome = 'changed') AS "changed",
        sum(outcome = 'changed' AND after_points > before_points) AS "improved",
        sum(outcome = 'changed' AND after_points < before_points) AS "worsened",
        sum(outcome = 'faulted') AS "faulted", sum(outcome = 'noVariant') AS "noVariant"
      FROM regrade_items WHERE regrade_id = ${id}`;
    const of = (field: keyof RegradeCounts): number => Number(row?.[field] ?? 0);
    return {
      ...{ done: of('done'), same: of('same'), changed: of('changed'), improved: of('improved') },
      ...{ worsened: of('worsened'), faulted: of('faulted'), noVariant: of('noVariant') },
    };
  }

  async differences(id: string, { only, after, limit }: DifferenceFilter): Promise<readonly RegradeDifference[]> {
    const rows = await this.#database.client.$queryRaw<DifferenceRow[]>`
      SELECT i.submission_id AS "submissionId", i.user_id AS "userId", users.name AS "userName", i.variant_id AS "variant",
        i.outcome, i.fault, i.before_verdict AS "beforeVerdict", i.before_score AS "beforeScore",
        i.before_points AS "beforePoints", i.after_verdict AS "afterVerdict", i.after_score AS "afterScore",
        i.after_points AS "afterPoints"
      FROM regrade_items AS i JOIN users ON users.id = i.user_id
      WHERE i.regrade_id = ${id} AND i.submission_id > ${after ?? ''} AND ${restriction(only)}
      ORDER BY i.submission_id LIMIT ${limit}`;
    return rows.map(differenceOf);
  }

  async learners(
    id: string,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<readonly LearnerDifference[]> {
    const regrade = await this.find(id);
    if (!regrade) return [];
    const rows = await this.#database.client.$queryRaw<
      { userId: string; userName: string; before: number | bigint; after: number | bigint }[]
    >`
      SELECT users.id AS "userId", users.name AS "userName", sum(best."before") AS "before", sum(best."after") AS "after"
      FROM (
        SELECT s.user_id, s.variant_id, max(COALESCE(i.before_points, g.points)) AS "before",
          max(COALESCE(i.after_points, i.before_points, g.points)) AS "after"
        FROM submissions AS s JOIN gradings AS g ON g.submission_id = s.id
        LEFT JOIN regrade_items AS i ON i.regrade_id = ${id} AND i.submission_id = s.id
        WHERE s.exercise_id = ${regrade.exerciseId} AND s.user_id > ${after ?? ''}
        GROUP BY s.user_id, s.variant_id
      ) AS best
      JOIN users ON users.id = best.user_id
      GROUP BY users.id, users.name
      HAVING sum(best."before") <> sum(best."after")
      ORDER BY users.id LIMIT ${limit}`;
    return rows.map(({ userId, userName, ...points }) => ({
      user: { id: userId, name: userName },
      before: Number(points.before),
      after: Number(points.after),
    }));
  }

  async pending(
    id: string,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<readonly PendingItem[]> {
    const [row] = await this.#database.client.$queryRaw<RegradeRow[]>`
      SELECT ${columns} FROM regrades WHERE id = ${id}`;
    if (row === undefined) return [];
    const rows = await this.#database.client.$queryRaw<PendingRow[]>`
      SELECT s.id AS "submissionId", s.user_id AS "userId", s.variant_id AS "variant", s.seed, s.content,
        s.version_digest AS "pinned", g.result, g.verdict, g.score, g.points, g.hint_cost AS "hintCost"
      ${chosen(row, Prisma.sql`LEFT JOIN regrade_items AS i ON i.regrade_id = ${id} AND i.submission_id = s.id`)}
        AND i.submission_id IS NULL AND s.id > ${after ?? ''}
      ORDER BY s.id LIMIT ${limit}`;
    return rows.map((each) => pendingOf(each, row.toDigest ?? each.pinned));
  }

  record(id: string, items: readonly { readonly item: PendingItem; readonly outcome: GradedAnew }[]): Promise<void> {
    return insertItems(this.#database.client, id, items);
  }

  async move(id: string, status: RegradeStatus, before: readonly RegradeStatus[], at: Date): Promise<boolean> {
    const holds = open.has(status);
    try {
      const changed = await this.#database.client.$executeRaw`
        UPDATE regrades SET status = ${status}, changed_at = ${at},
          open_exercise_id = CASE WHEN ${holds} THEN exercise_id ELSE NULL END
        WHERE id = ${id} AND status IN (${Prisma.join([...before])})`;
      return changed > 0;
    } catch (error) {
      if (isUniqueViolation(error) || isRawUniqueViolation(error)) return false;
      throw error;
    }
  }

  async isBuiltUpon(id: string): Promise<boolean> {
    const rows = await this.#database.client.$queryRaw<unknown[]>`
      SELECT 1 FROM regrades AS later JOIN regrades AS this ON this.id = ${id} AND this.exercise_id = later.exercise_id
      WHERE later.status IN ('applying', 'applied', 'undoing')
        AND (later.created_at > this.created_at OR (later.created_at = this.created_at AND later.id > this.id))
      LIMIT 1`;
    return rows.length > 0;
  }

  applySome(id: string): Promise<number> {
    return this.#database.transaction((transaction) => applyLearners(transaction, id), applyBounds);
  }

  undoSome(id: string): Promise<number> {
    return this.#database.transaction((transaction) => undoLearners(transaction, id), applyBounds);
  }

  async #select(where: Prisma.Sql, limit = 1_000): Promise<readonly Regrade[]> {
    const rows = await this.#database.client.$queryRaw<RegradeRow[]>`
      SELECT ${columns} FROM regrades WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ${limit}`;
    return rows.map(regradeOf);
  }
}

type Order = Pick<RegradeRow, 'exerciseId' | 'createdAt' | 'fromDigest' | 'toDigest'>;

/** From which rows, and which of them: what was graded when it was ordered, with the version in question. */
function chosen({ exerciseId, createdAt, fromDigest, toDigest }: Order, join = Prisma.empty): Prisma.Sql {
  const gradedWith = Prisma.sql`COALESCE(g.version_digest, s.version_digest)`;
  const version =
    fromDigest !== null
      ? Prisma.sql`${gradedWith} = ${fromDigest}`
      : toDigest !== null
        ? Prisma.sql`${gradedWith} <> ${toDigest}`
        : Prisma.sql`TRUE`;
  return Prisma.sql`FROM submissions AS s JOIN gradings AS g ON g.submission_id = s.id ${join}
    WHERE s.exercise_id = ${exerciseId} AND s.created_at <= ${createdAt} AND ${version}`;
}

function restriction(only: DifferenceFilter['only']): Prisma.Sql {
  switch (only) {
    case undefined:
      return Prisma.sql`i.outcome <> 'same'`;
    case 'improved':
      return Prisma.sql`i.outcome = 'changed' AND i.after_points > i.before_points`;
    case 'worsened':
      return Prisma.sql`i.outcome = 'changed' AND i.after_points < i.before_points`;
    case 'changed':
    case 'faulted':
    case 'noVariant':
      return Prisma.sql`i.outcome = ${only}`;
  }
}

/** A raw statement reports it in the database's words. */
const isRawUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && /unique constraint/i.test(error.message);
