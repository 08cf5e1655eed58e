import { setTimeout as delay } from 'node:timers/promises';
import type { AwaitedJobs } from '../awaited-jobs.ts';
import type { ExerciseCatalogue } from '../catalogue.ts';
import type { Clock, TroubleReport } from '../ports.ts';
import { KnownResults } from './known-results.ts';
import type { GradedAnew, PendingItem, Regrade, RegradingJob } from './regrade.ts';
import type { RegradeStore } from './regrade-store.ts';

export interface RegradeRunnerParts {
  readonly store: RegradeStore;
  readonly jobs: AwaitedJobs;
  readonly catalogue: ExerciseCatalogue;
  readonly now: Clock;
  readonly reportTrouble: TroubleReport;
  /** Jobs at the same time: some more than there are graders, so that none of them waits. */
  readonly inFlight: number;
}

/** Submissions of one job: a learner's own, which waits behind, waits for so many gradings. */
const batchSize = 40;
const pageSize = 400;
const pauses = { first: 1_000, longest: 60_000 } as const;

/**
 * Does the work of regrades in the background, one after the other: grading, applying, taking back. All that is done is stored
 * piece by piece, so that a process that starts again goes on where another one ended.
 */
export class RegradeRunner {
  readonly #parts: RegradeRunnerParts;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(parts: RegradeRunnerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    await this.#running;
  }

  /** There may be something to do. */
  wake(): void {
    this.#wake();
  }

  async #run(): Promise<void> {
    let pause: number = pauses.first;
    while (!this.#stop.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      try {
        const work = await this.#parts.store.unfinished();
        for (const regrade of work) await this.#advance(regrade);
        pause = pauses.first;
        if (work.length === 0 && !this.#stop.signal.aborted) await woken;
      } catch (error) {
        this.#parts.reportTrouble('a regrade did not go on; it is tried again', error);
        await delay(pause, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined);
        pause = Math.min(pause * 2, pauses.longest);
      }
    }
  }

  async #advance(regrade: Regrade): Promise<void> {
    const { store, now } = this.#parts;
    const { id } = regrade;
    switch (regrade.status) {
      case 'grading':
        if (await this.#grade(regrade)) await store.move(id, 'preview', ['grading'], now());
        return;
      case 'applying':
        if (await this.#untilDone(() => store.applySome(id))) await store.move(id, 'applied', ['applying'], now());
        return;
      case 'undoing':
        if (await this.#untilDone(() => store.undoSome(id))) await store.move(id, 'undone', ['undoing'], now());
        return;
      case 'preview':
      case 'applied':
      case 'undone':
      case 'dropped':
        return;
    }
  }

  async #untilDone(step: () => Promise<number>): Promise<boolean> {
    while (!this.#stop.signal.aborted) if ((await step()) === 0) return true;
    return false;
  }

  /** False when it was stopped or dropped before its end. */
  async #grade(regrade: Regrade): Promise<boolean> {
    const { store, inFlight } = this.#parts;
    const known = new KnownResults();
    const flying = new Set<Promise<void>>();
    let after: string | undefined;
    let failure: unknown;
    for (;;) {
      const page = await store.pending(regrade.id, { limit: pageSize, ...(after !== undefined && { after }) });
      for (const batch of batchesOf(page)) {
        if (flying.size >= inFlight) await Promise.race(flying);
        const flight = this.#gradeBatch(regrade, batch, known)
          .catch((error: unknown) => void (failure = error))
          .finally(() => flying.delete(flight));
        flying.add(flight);
      }
      after = page.at(-1)?.submissionId;
      if (failure !== undefined) break;
      if (after === undefined || this.#stop.signal.aborted || !(await this.#isGrading(regrade))) break;
    }
    await Promise.all(flying);
    if (failure !== undefined) throw failure instanceof Error ? failure : new Error('a batch failed');
    return !this.#stop.signal.aborted && this.#isGrading(regrade);
  }

  async #isGrading({ id }: Regrade): Promise<boolean> {
    return (await this.#parts.store.find(id))?.status === 'grading';
  }

  async #gradeBatch({ id }: Regrade, batch: readonly PendingItem[], known: KnownResults): Promise<void> {
    const { store, jobs } = this.#parts;
    const done: { item: PendingItem; outcome: GradedAnew }[] = [];
    const rest: PendingItem[] = [];
    for (const item of batch) {
      const outcome = known.of(item);
      if (outcome) done.push({ item, outcome });
      else rest.push(item);
    }
    if (rest.length > 0) {
      const outcome = await jobs.run(await this.#jobOf(id, rest));
      if (outcome === undefined) return;
      const byId = new Map(outcome.kind === 'regraded' ? outcome.items.map((each) => [each.id, each.outcome]) : []);
      const fault: GradedAnew = { kind: 'fault', message: outcome.kind === 'fault' ? outcome.message : 'no answer' };
      for (const item of rest) {
        const graded = byId.get(item.submissionId) ?? fault;
        known.add(item, graded);
        done.push({ item, outcome: graded });
      }
    }
    await store.record(id, done);
  }

  async #jobOf(regradeId: string, items: readonly PendingItem[]): Promise<RegradingJob> {
    const [first] = items;
    const version = first && (await this.#parts.catalogue.version(first.digest));
    if (version === undefined) throw new Error(`version ${first?.digest ?? ''} is not stored`);
    return {
      kind: 'regrading',
      id: `regrade-${regradeId}-${first?.submissionId ?? ''}`,
      regradeId,
      exerciseDigest: version.digest,
      exercise: version.content,
      items: items.map(({ submissionId, variant, seed, content, receipt }) => ({
        id: submissionId,
        ...{ variant, seed, content },
        result: receipt.result,
      })),
    };
  }
}

/** Some at a time, all of a batch for one version. */
function batchesOf(page: readonly PendingItem[]): readonly (readonly PendingItem[])[] {
  const batches: PendingItem[][] = [];
  const open = new Map<string, PendingItem[]>();
  for (const item of page) {
    let batch = open.get(item.digest);
    if (batch === undefined || batch.length >= batchSize) {
      batch = [];
      open.set(item.digest, batch);
      batches.push(batch);
    }
    batch.push(item);
  }
  return batches;
}
