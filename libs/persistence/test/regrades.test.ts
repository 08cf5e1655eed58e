import { describe, expect, it, jest } from '@jest/globals';
import { digestOf, type GradingResult } from '@kubedrill/grader';
import {
  AwaitedJobs,
  MemoryGradingQueue,
  RegradeRunner,
  Regrades,
  type GradedAnew,
  type Job,
  type JobOutcome,
  type Regrade,
} from '@kubedrill/submissions';
import {
  course,
  digest,
  later,
  newSubmission,
  nextId,
  noon,
  resultOf,
} from '../../submissions/test/contract/samples.ts';
import {
  PrismaCatalogue,
  PrismaExerciseVersions,
  PrismaProgressStore,
  PrismaRegradeStore,
  PrismaSubmissionStore,
  type Database,
} from '../src/index.ts';
import { openCourse } from './temporary-database.ts';

jest.setTimeout(60_000);

const timing = { lostAfter: 60_000, pause: 1 };

/** The result of so many points, with a receipt that belongs to it. */
function resultWith(points: number, version: string, content: unknown): GradingResult {
  const { receipt, ...result } = resultOf(points);
  return {
    ...result,
    receipt: { ...receipt, exercise: version, submission: digestOf(content), result: digestOf(result) },
  };
}

/** A grader that gives 10 points more than the text of the first file says. */
function gradedAnew(job: Job, points: (before: number) => number): JobOutcome {
  if (job.kind !== 'regrading') throw new Error('only regrades are expected');
  return {
    kind: 'regraded',
    items: job.items.map(({ id, content, result: stored }) => {
      const before = content.kind === 'commands' ? Number(content.commands[0]) : 0;
      const result = resultWith(points(before), job.exerciseDigest, content);
      const { verdict, score, receipt } = result;
      const graded: GradedAnew = { kind: 'graded', grade: { verdict, score, points: result.points }, receipt };
      return { id, outcome: receipt.result === stored ? graded : { ...graded, result } };
    }),
  };
}

const changedCourse = (letter: string) =>
  course.map((module) => ({
    ...module,
    sections: module.sections.map((section) => ({
      ...section,
      exercises: section.exercises.map((each) => (each.id === 'two-tier' ? { ...each, digest: digest(letter) } : each)),
    })),
  }));

async function openRegrades() {
  const database = await openCourse();
  const catalogue = new PrismaCatalogue(database);
  const versions = new PrismaExerciseVersions(database, catalogue);
  const submissions = new PrismaSubmissionStore(database);
  const store = new PrismaRegradeStore(database);
  const queue = new MemoryGradingQueue();
  let instant = noon.getTime() + 1_000_000;
  const now = () => new Date((instant += 1_000));
  const trouble: unknown[] = [];
  const parts = {
    store,
    catalogue,
    versions,
    now,
    reportTrouble: (_: string, error: unknown) => void trouble.push(error),
  };

  /** As a process that has just started. */
  const start = async () => {
    const jobs = new AwaitedJobs(queue, timing);
    await queue.listen(jobs);
    const runner = new RegradeRunner({ ...parts, jobs, inFlight: 2 });
    runner.start();
    const stop = async (): Promise<void> => {
      jobs.stop();
      await runner.stop();
    };
    return { regrades: new Regrades({ ...parts, runner, newId: nextId }), stop };
  };

  /** Grades whatever comes until the regrade is in this status. */
  const until = async (id: string, status: Regrade['status'], points: (before: number) => number = (p) => p + 10) => {
    for (let round = 0; round < 2_000; round += 1) {
      await queue.work((job) => gradedAnew(job, points));
      if ((await store.find(id))?.status === status) return;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error(`still ${(await store.find(id))?.status}: ${trouble.join()}`);
  };

  /** Ada and Ben answer in turns, with so many points each time. */
  const submit = async (...points: readonly number[]): Promise<readonly string[]> => {
    const rows = points.map((each, index) => {
      const content = { kind: 'commands' as const, commands: [String(each)] };
      return {
        each,
        index,
        content,
        row: newSubmission(index % 2 === 0 ? 'ada' : 'ben', { content, createdAt: later(index) }),
      };
    });
    await Promise.all(rows.map(({ row }) => submissions.create(row)));
    await Promise.all(
      rows.map(({ row, each, index, content }) =>
        submissions.recordResult(row.id, resultWith(each, digest('a'), content), later(index * 10)),
      ),
    );
    return rows.map(({ row }) => row.id);
  };
  return { database, catalogue, submissions, store, queue, start, until, submit };
}

/** All that follows from results, as text. */
async function derived({ client }: Database): Promise<string> {
  return JSON.stringify([
    await client.progress.findMany({ orderBy: [{ userId: 'asc' }, { variantId: 'asc' }] }),
    await client.pointGain.findMany({ orderBy: { submissionId: 'asc' } }),
    await client.standing.findMany({ orderBy: [{ scope: 'asc' }, { period: 'asc' }, { userId: 'asc' }] }),
    await client.checkResult.findMany({ orderBy: [{ submissionId: 'asc' }, { position: 'asc' }] }),
  ]);
}

async function ordered(regrades: Regrades, to?: string): Promise<string> {
  const order = { userId: 'ada', exerciseId: 'two-tier', ...(to === undefined ? {} : { to }) };
  const outcome = await regrades.order(order);
  if (outcome.kind !== 'ordered') throw new Error(outcome.kind);
  return outcome.regrade.id;
}

describe('a regrade', () => {
  it('shows the differences first, then applies them with all that follows, and takes them back to the byte', async () => {
    const { database, catalogue, submissions, store, start, until, submit } = await openRegrades();
    const ids = await submit(20, 50, 40, 30, 10, 80);
    await catalogue.publish(changedCourse('c'), later(100));
    const before = [await derived(database), JSON.stringify(await submissions.find(ids[0] ?? ''))];
    const { regrades, stop } = await start();
    const id = await ordered(regrades);
    const points = (old: number): number => (old === 30 ? 30 : old === 80 ? 0 : old + 10);
    await until(id, 'preview', points);

    expect(await store.counts(id)).toEqual({
      ...{ done: 6, same: 1, changed: 5, improved: 4, worsened: 1, faulted: 0, noVariant: 0 },
    });
    expect(
      (await store.differences(id, { limit: 10, only: 'worsened' })).map((each) => [
        each.before.points,
        each.after?.points,
      ]),
    ).toEqual([[80, 0]]);
    expect((await store.differences(id, { limit: 2 })).map(({ submissionId }) => submissionId)).toEqual(
      ids.slice(0, 2),
    );
    expect((await store.differences(id, { limit: 2, after: ids[1] ?? '' }))[0]?.submissionId).toBe(ids[2]);
    expect(await store.learners(id, { limit: 10 })).toEqual([
      { user: { id: 'ada', name: 'ADA' }, before: 40, after: 50 },
      { user: { id: 'ben', name: 'BEN' }, before: 80, after: 60 },
    ]);
    expect([await derived(database), JSON.stringify(await submissions.find(ids[0] ?? ''))]).toEqual(before);

    expect(await regrades.apply(id)).toBe('moved');
    await until(id, 'applied');
    const applied = await derived(database);
    expect(await submissions.find(ids[0] ?? '')).toMatchObject({
      exerciseDigest: digest('a'),
      result: { points: 30, receipt: { exercise: digest('c') } },
      standing: { points: 30, version: digest('c'), regradeId: id },
    });
    expect((await submissions.find(ids[3] ?? ''))?.result).toMatchObject({
      points: 30,
      receipt: { exercise: digest('c') },
    });
    expect((await new PrismaProgressStore(database).ofUser('ben'))[0]).toMatchObject({ points: 60, attempts: 3 });
    await new PrismaProgressStore(database).rebuild();
    expect(await derived(database)).toBe(applied);

    expect(await regrades.undo(id)).toBe('moved');
    await until(id, 'undone');
    expect([await derived(database), JSON.stringify(await submissions.find(ids[0] ?? ''))]).toEqual(before);
    await stop();
  });

  it('with the pinned versions changes nothing', async () => {
    const { database, catalogue, store, start, until, submit } = await openRegrades();
    await submit(20, 50);
    await catalogue.publish([], later(100));
    const before = await derived(database);
    const { regrades, stop } = await start();
    const id = await ordered(regrades, 'pinned');
    await until(id, 'preview', (points) => points);
    expect(await store.counts(id)).toMatchObject({ done: 2, same: 2, changed: 0 });
    await regrades.apply(id);
    await until(id, 'applied');
    expect(await derived(database)).toBe(before);
    await stop();
  });

  it('goes on in another process where one ended', async () => {
    const { database, catalogue, store, queue, start, until, submit } = await openRegrades();
    await submit(...Array.from({ length: 100 }, (_, index) => index % 90));
    await catalogue.publish(changedCourse('c'), later(100));
    const first = await start();
    const id = await ordered(first.regrades);
    for (let round = 0; round < 2_000 && (await store.counts(id)).done === 0; round += 1) {
      await queue.work((job) => gradedAnew(job, (points) => points + 10));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await first.stop();
    queue.lose();
    const done = (await store.counts(id)).done;
    expect([done > 0, done < 100]).toEqual([true, true]);

    const second = await start();
    await until(id, 'preview');
    expect(await store.counts(id)).toMatchObject({ done: 100, changed: 100, improved: 100 });
    await second.stop();
    await second.regrades.apply(id);
    expect(await store.applySome(id)).toBe(0);
    const third = await start();
    await until(id, 'applied');
    const applied = await derived(database);
    await new PrismaProgressStore(database).rebuild();
    expect(await derived(database)).toBe(applied);
    await third.stop();
  });

  it('keeps the result of what the platform could not grade, and of what has no variant any more', async () => {
    const { catalogue, submissions, store, queue, start, submit } = await openRegrades();
    const ids = await submit(20, 50);
    await catalogue.publish(changedCourse('c'), later(100));
    const { regrades, stop } = await start();
    const id = await ordered(regrades);
    const outcomes: readonly GradedAnew[] = [{ kind: 'noVariant' }, { kind: 'fault', message: 'gone' }];
    while ((await store.find(id))?.status === 'grading') {
      await queue.work((job) => {
        if (job.kind !== 'regrading') throw new Error('only regrades are expected');
        return {
          kind: 'regraded',
          items: job.items.map((item, index) => ({ id: item.id, outcome: outcomes[index] ?? { kind: 'noVariant' } })),
        };
      });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(await store.counts(id)).toMatchObject({ faulted: 1, noVariant: 1, changed: 0 });
    expect(await store.applySome(id)).toBe(0);
    expect((await submissions.find(ids[0] ?? ''))?.standing?.version).toBe(digest('a'));
    await stop();
  });

  it('is the only open one of its exercise, and is taken back only before what stands on it', async () => {
    const { catalogue, start, until, submit } = await openRegrades();
    await submit(20);
    await catalogue.publish(changedCourse('c'), later(100));
    const { regrades, stop } = await start();
    const first = await ordered(regrades);
    const order = { userId: 'ada', exerciseId: 'two-tier' };
    expect(await regrades.order(order)).toEqual({ kind: 'open' });
    expect(await regrades.order({ ...order, exerciseId: 'nothing' })).toEqual({ kind: 'unknownExercise' });
    expect(await regrades.order({ ...order, to: digest('b') })).toEqual({
      kind: 'unknownVersion',
      digest: digest('b'),
    });
    await until(first, 'preview');
    expect(await regrades.undo(first)).toBe('notNow');
    await regrades.apply(first);
    await until(first, 'applied');
    const second = await ordered(regrades, 'pinned');
    expect(await regrades.undo(first)).toBe('notNow');
    await until(second, 'preview');
    await regrades.apply(second);
    await until(second, 'applied');
    expect(await regrades.undo(first)).toBe('builtUpon');
    expect(await regrades.undo(second)).toBe('moved');
    await until(second, 'undone');
    expect(await regrades.undo(first)).toBe('moved');
    await until(first, 'undone');
    const third = await ordered(regrades);
    expect(await regrades.drop(third)).toBe('moved');
    expect(await regrades.apply(third)).toBe('notNow');
    expect(await regrades.drop('00000000-0000-4000-8000-ffffffffffff')).toBe('unknown');
    await stop();
  });
});
