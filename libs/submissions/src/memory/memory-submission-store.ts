import type { GradingResult } from '@kubedrill/grader';
import type {
  CreateOutcome,
  NewSubmission,
  SubmissionFilter,
  SubmissionPage,
  SubmissionStore,
  UnfinishedFilter,
} from '../ports.ts';
import { isSameRequest } from '../submission-content.ts';
import {
  statusesBefore,
  type Submission,
  type SubmissionPosition,
  type SubmissionState,
  type SubmissionStatus,
} from '../submission.ts';

interface Row {
  readonly submission: Submission;
  readonly changedAt: Date;
}

type Change = Pick<Submission, 'gradedAt' | 'result' | 'standing' | 'fault'> & { readonly status: SubmissionStatus };

/** Submissions without a database. */
export class MemorySubmissionStore implements SubmissionStore {
  readonly #rows = new Map<string, Row>();
  readonly #keys = new Map<string, string>();
  readonly #recorded: (submission: Submission & { readonly result: GradingResult }) => void;

  /** `recorded` is called with each submission when its result is recorded: progress hangs there. */
  constructor(recorded: (submission: Submission & { readonly result: GradingResult }) => void = () => undefined) {
    this.#recorded = recorded;
  }

  create({ idempotencyKey, ...fields }: NewSubmission): Promise<CreateOutcome> {
    const key = idempotencyKey === undefined ? undefined : JSON.stringify([fields.userId, idempotencyKey]);
    const before = this.#rows.get((key !== undefined && this.#keys.get(key)) || '')?.submission;
    if (before !== undefined) {
      return Promise.resolve(
        isSameRequest(before, fields) ? { kind: 'existing', submission: before } : { kind: 'conflict' },
      );
    }
    const submission: Submission = { ...fields, status: 'submitted' };
    this.#rows.set(submission.id, { submission, changedAt: fields.createdAt });
    if (key !== undefined) this.#keys.set(key, submission.id);
    return Promise.resolve({ kind: 'created', submission });
  }

  find(id: string): Promise<Submission | undefined> {
    return Promise.resolve(this.#rows.get(id)?.submission);
  }

  findState(id: string): Promise<SubmissionState | undefined> {
    const row = this.#rows.get(id);
    return Promise.resolve(
      row && { userId: row.submission.userId, status: row.submission.status, changedAt: row.changedAt },
    );
  }

  list({ userId, exerciseId, after, limit }: SubmissionFilter): Promise<SubmissionPage> {
    const found = [...this.#rows.values()]
      .map(({ submission }) => submission)
      .filter((row) => row.userId === userId && (exerciseId === undefined || row.exerciseId === exerciseId))
      .sort((a, b) => compare(b, a));
    return Promise.resolve(pageOf(after === undefined ? found : found.filter((row) => compare(row, after) < 0), limit));
  }

  markStatus(id: string, status: Exclude<SubmissionStatus, 'graded' | 'faulted'>, at: Date): Promise<boolean> {
    return Promise.resolve(this.#move(id, at, { status }));
  }

  recordResult(id: string, result: GradingResult, at: Date): Promise<'recorded' | 'alreadyGraded' | 'unknown'> {
    const before = this.#rows.get(id)?.submission;
    if (before === undefined) return Promise.resolve('unknown');
    const standing = { points: result.points, hintCost: 0, version: before.exerciseDigest };
    const change = { status: 'graded' as const, gradedAt: at, result, standing };
    if (!this.#move(id, at, change)) return Promise.resolve('alreadyGraded');
    this.#recorded({ ...before, ...change });
    return Promise.resolve('recorded');
  }

  recordFault(id: string, message: string, at: Date): Promise<boolean> {
    return Promise.resolve(this.#move(id, at, { status: 'faulted', fault: message }));
  }

  unfinished({ statuses, unchangedSince, after, limit }: UnfinishedFilter): Promise<SubmissionPage> {
    const found = [...this.#rows.values()]
      .filter(({ submission }) => statuses.some((status) => status === submission.status))
      .filter(({ changedAt }) => unchangedSince === undefined || changedAt <= unchangedSince)
      .map(({ submission }) => submission)
      .filter((submission) => after === undefined || compare(submission, after) > 0)
      .sort(compare);
    return Promise.resolve(pageOf(found, limit));
  }

  #move(id: string, at: Date, change: Change): boolean {
    const row = this.#rows.get(id);
    if (row === undefined || !statusesBefore[change.status].includes(row.submission.status)) return false;
    const submission: { -readonly [Field in keyof Submission]: Submission[Field] } = { ...row.submission, ...change };
    if (change.status !== 'faulted') delete submission.fault;
    this.#rows.set(id, { submission, changedAt: at });
    return true;
  }
}

function compare(a: SubmissionPosition, b: SubmissionPosition): number {
  const earlier = a.createdAt.getTime() - b.createdAt.getTime();
  if (earlier !== 0) return earlier;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function pageOf(found: readonly Submission[], limit: number): SubmissionPage {
  const items = found.slice(0, limit).map(({ content: _, standing: __, result, ...summary }) => ({
    ...summary,
    ...(result && { verdict: result.verdict, score: result.score, points: result.points }),
  }));
  const last = items.at(-1);
  return last === undefined || found.length <= limit
    ? { items }
    : { items, next: { createdAt: last.createdAt, id: last.id } };
}
