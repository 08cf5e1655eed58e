import type { GradingResult } from '@kubedrill/grader';
import { ProgressLedger, sumGains, type Advance } from '@kubedrill/progress';
import { Batcher } from './batcher.ts';
import {
  addToStandings,
  insertCheckResults,
  insertGradings,
  insertPointGains,
  markGraded,
  replaceProgress,
  type CheckResultRow,
  type GradingRow,
} from './bulk-write.ts';
import type { Database, Transaction } from './database.ts';
import { readSubmissions } from './open-submissions.ts';

export type RecordOutcome = 'recorded' | 'alreadyGraded' | 'unknown';

interface Arrival {
  readonly id: string;
  readonly result: GradingResult;
  readonly gradedAt: Date;
}

/** A result that is the first of its submission, and what follows from it. */
interface Recording extends Arrival {
  readonly step: Advance;
}

/**
 * Writes results with everything that follows from them: check results, progress, ledger, standings. Results that arrive
 * while others are written share one short transaction.
 */
export class ResultRecorder {
  readonly #batcher: Batcher<Arrival, RecordOutcome>;
  /** How often a result of each submission is being recorded. */
  readonly #underWay = new Map<string, number>();

  constructor(database: Database) {
    this.#batcher = new Batcher((arrivals) => database.transaction((transaction) => recordAll(transaction, arrivals)));
  }

  async record(id: string, result: GradingResult, gradedAt: Date): Promise<RecordOutcome> {
    this.#underWay.set(id, (this.#underWay.get(id) ?? 0) + 1);
    try {
      return await this.#batcher.submit({ id, result, gradedAt });
    } finally {
      const others = (this.#underWay.get(id) ?? 1) - 1;
      if (others > 0) this.#underWay.set(id, others);
      else this.#underWay.delete(id);
    }
  }

  /** Whether a result of the submission waits to be written or is being written. */
  isRecording(id: string): boolean {
    return this.#underWay.has(id);
  }
}

async function recordAll(transaction: Transaction, arrivals: readonly Arrival[]): Promise<readonly RecordOutcome[]> {
  const submissions = await readSubmissions(
    transaction,
    arrivals.map(({ id }) => id),
  );
  const open = new Map(submissions.filter(({ status }) => status !== 'graded').map((row) => [row.id, row]));
  const known = new Set(submissions.map(({ id }) => id));
  const ledger = new ProgressLedger(submissions.flatMap(({ progress }) => progress ?? []));

  const recordings: Recording[] = [];
  const outcomes = arrivals.map((arrival): RecordOutcome => {
    const { id, result, gradedAt } = arrival;
    const submission = open.get(id);
    if (submission === undefined) return known.has(id) ? 'alreadyGraded' : 'unknown';
    open.delete(id);
    const { userId, exerciseId, variant, moduleId } = submission;
    const { verdict, score, points } = result;
    const graded = { submissionId: id, userId, exerciseId, variant, moduleId };
    recordings.push({ ...arrival, step: ledger.record({ ...graded, verdict, score, points, gradedAt }) });
    return 'recorded';
  });
  if (recordings.length > 0) await write(transaction, recordings, ledger);
  return outcomes;
}

async function write(
  transaction: Transaction,
  recordings: readonly Recording[],
  ledger: ProgressLedger,
): Promise<void> {
  await insertGradings(transaction, recordings.map(gradingRow));
  await insertCheckResults(transaction, recordings.flatMap(checkRows));
  await markGraded(
    transaction,
    recordings.map(({ id }) => id),
  );
  await replaceProgress(transaction, changedProgress(recordings));
  await insertPointGains(transaction, ledger.gains);
  await addToStandings(transaction, sumGains(ledger.gains));
}

/** The last state of each variant: one statement must not change a row twice. */
function changedProgress(recordings: readonly Recording[]) {
  const last = new Map(
    recordings.map(({ step: { progress } }) => [
      `${progress.userId} ${progress.exerciseId} ${progress.variant}`,
      progress,
    ]),
  );
  return [...last.values()];
}

const gradingRow = ({ id, result, step }: Recording): GradingRow => ({
  submissionId: id,
  gradedAt: step.progress.lastGradedAt,
  verdict: result.verdict,
  score: result.score,
  points: result.points,
  maxPoints: result.maxPoints,
  result: JSON.stringify(result),
});

const checkRows = ({ id, result }: Recording): readonly CheckResultRow[] =>
  result.checks.map(({ id: checkId, status, weight, credit }, position) => ({
    submissionId: id,
    position,
    checkId,
    status,
    weight,
    credit,
  }));
