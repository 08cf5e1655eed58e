import type { GradingResult, Verdict } from '@kubedrill/grader';
import {
  isSameRequest,
  type CreateOutcome,
  type NewSubmission,
  type Submission,
  type SubmissionContent,
  type SubmissionFilter,
  type SubmissionPage,
  type SubmissionState,
  type SubmissionStatus,
  type SubmissionStore,
  type SubmissionSummary,
  type UnfinishedFilter,
} from '@kubedrill/submissions';
import { Batcher } from './batcher.ts';
import { insertSubmissions, type SubmissionRow } from './bulk-write.ts';
import type { Database } from './database.ts';
import type { Prisma } from './generated/client.ts';
import { ResultRecorder } from './result-recorder.ts';
import { StatusMover } from './status-mover.ts';

const summary = {
  id: true,
  userId: true,
  exerciseId: true,
  versionDigest: true,
  variantId: true,
  seed: true,
  status: true,
  createdAt: true,
  fault: true,
  grading: { select: { gradedAt: true, verdict: true, score: true, points: true } },
} as const;

type Row = Prisma.SubmissionGetPayload<object>;

interface GradingRow {
  readonly gradedAt: Date;
  readonly result: string;
  readonly points: number | bigint;
  readonly hintCost: number | bigint;
  readonly versionDigest: string | null;
  readonly regradeId: string | null;
}

type SummaryRow = Prisma.SubmissionGetPayload<{ select: typeof summary }>;

export class PrismaSubmissionStore implements SubmissionStore {
  readonly #database: Database;
  readonly #inserts: Batcher<SubmissionRow, boolean>;
  readonly #recorder: ResultRecorder;
  readonly #mover: StatusMover;

  constructor(database: Database) {
    this.#database = database;
    this.#inserts = new Batcher(async (rows) => {
      const created = await insertSubmissions(database.client, rows);
      return rows.map(({ id }) => created.has(id));
    });
    this.#recorder = new ResultRecorder(database);
    this.#mover = new StatusMover(database, (id) => this.#recorder.isRecording(id));
  }

  async create({ exerciseDigest, variant, content, ...fields }: NewSubmission): Promise<CreateOutcome> {
    const { id, userId, exerciseId, idempotencyKey } = fields;
    const created = await this.#inserts.submit({
      ...fields,
      versionDigest: exerciseDigest,
      variantId: variant,
      content: JSON.stringify(content),
      idempotencyKey: idempotencyKey ?? null,
    });
    if (!created) {
      const submission =
        idempotencyKey === undefined
          ? undefined
          : await this.#findOne({ userId_idempotencyKey: { userId, idempotencyKey } });
      if (submission === undefined) throw new Error(`submission ${id} was neither stored nor there before`);
      const same = isSameRequest(submission, { exerciseId, variant, content });
      return same ? { kind: 'existing', submission } : { kind: 'conflict' };
    }
    const { seed, createdAt } = fields;
    const submission = { id, userId, exerciseId, exerciseDigest, variant, seed, content, createdAt };
    return { kind: 'created', submission: { ...submission, status: 'submitted' } };
  }

  find(id: string): Promise<Submission | undefined> {
    return this.#findOne({ id });
  }

  async findState(id: string): Promise<SubmissionState | undefined> {
    const [state] = await this.#database.client.$queryRaw<SubmissionState[]>`
      SELECT user_id AS "userId", status, changed_at AS "changedAt" FROM submissions WHERE id = ${id}`;
    return state;
  }

  async list({ userId, exerciseId, after, limit }: SubmissionFilter): Promise<SubmissionPage> {
    const rows = await this.#database.client.submission.findMany({
      where: {
        userId,
        ...(exerciseId !== undefined && { exerciseId }),
        ...(after !== undefined && {
          createdAt: { lte: after.createdAt },
          OR: [{ createdAt: { lt: after.createdAt } }, { id: { lt: after.id } }],
        }),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
      select: summary,
    });
    return pageOf(rows, limit);
  }

  markStatus(id: string, status: Exclude<SubmissionStatus, 'graded' | 'faulted'>, at: Date): Promise<boolean> {
    return this.#mover.move({ id, status, at, fault: null });
  }

  recordResult(id: string, result: GradingResult, gradedAt: Date): Promise<'recorded' | 'alreadyGraded' | 'unknown'> {
    return this.#recorder.record(id, result, gradedAt);
  }

  recordFault(id: string, message: string, at: Date): Promise<boolean> {
    return this.#mover.move({ id, status: 'faulted', at, fault: message });
  }

  async unfinished({ statuses, unchangedSince, after, limit }: UnfinishedFilter): Promise<SubmissionPage> {
    const rows = await this.#database.client.submission.findMany({
      where: {
        status: { in: [...statuses] },
        ...(unchangedSince !== undefined && { changedAt: { lte: unchangedSince } }),
        ...(after !== undefined && {
          createdAt: { gte: after.createdAt },
          OR: [{ createdAt: { gt: after.createdAt } }, { id: { gt: after.id } }],
        }),
      },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: limit + 1,
      select: summary,
    });
    return pageOf(rows, limit);
  }

  async #findOne(where: Prisma.SubmissionWhereUniqueInput): Promise<Submission | undefined> {
    const row = await this.#database.client.submission.findUnique({ where });
    return row === null ? undefined : submissionOf(row, await this.#gradingOf(row.id));
  }

  async #gradingOf(submissionId: string): Promise<GradingRow | null> {
    const [row] = await this.#database.client.$queryRaw<GradingRow[]>`
      SELECT graded_at AS "gradedAt", result, points, hint_cost AS "hintCost", version_digest AS "versionDigest",
        regrade_id AS "regradeId"
      FROM gradings WHERE submission_id = ${submissionId}`;
    return row ?? null;
  }
}

function submissionOf(row: Row, grading: GradingRow | null): Submission {
  return {
    ...commonOf({ ...row, grading }),
    content: JSON.parse(row.content) as SubmissionContent,
    ...(grading && {
      gradedAt: grading.gradedAt,
      result: JSON.parse(grading.result) as GradingResult,
      standing: {
        points: Number(grading.points),
        hintCost: Number(grading.hintCost),
        version: grading.versionDigest ?? row.versionDigest,
        ...(grading.regradeId !== null && { regradeId: grading.regradeId }),
      },
    }),
  };
}

function summaryOf(row: SummaryRow): SubmissionSummary {
  const { grading } = row;
  return { ...commonOf(row), ...(grading && { ...grading, verdict: grading.verdict as Verdict }) };
}

/** Prisma reads the grading after the submission: one that was recorded in between is the newer truth. */
function commonOf({ status, fault, ...row }: Omit<SummaryRow, 'grading'> & { readonly grading: object | null }) {
  const { id, userId, exerciseId, createdAt, grading } = row;
  return {
    ...{ id, userId, exerciseId, createdAt },
    exerciseDigest: row.versionDigest,
    variant: row.variantId,
    seed: Number(row.seed),
    status: grading === null ? (status as SubmissionStatus) : 'graded',
    ...(fault !== null && grading === null && { fault }),
  };
}

function pageOf(rows: readonly SummaryRow[], limit: number): SubmissionPage {
  const items = rows.slice(0, limit).map(summaryOf);
  const last = items.at(-1);
  return last === undefined || rows.length <= limit
    ? { items }
    : { items, next: { createdAt: last.createdAt, id: last.id } };
}
