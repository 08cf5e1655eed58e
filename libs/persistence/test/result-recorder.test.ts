import { describe, expect, it } from '@jest/globals';
import { sumGains, type Standing } from '@kubedrill/progress';
import { later, newSubmission, noon, resultOf } from '../../submissions/test/contract/samples.ts';
import { PrismaProgressStore, PrismaSubmissionStore, type Database } from '../src/index.ts';
import { openCourse, openDatabase, temporaryFile } from './temporary-database.ts';

/** Everything that follows from the gradings. */
async function derived({ client }: Database) {
  return {
    checks: await client.checkResult.count(),
    progress: await client.progress.findMany({
      orderBy: [{ userId: 'asc' }, { exerciseId: 'asc' }, { variantId: 'asc' }],
    }),
    gains: await client.pointGain.findMany({ orderBy: { submissionId: 'asc' } }),
    standings: await client.standing.findMany({ orderBy: [{ scope: 'asc' }, { period: 'asc' }, { userId: 'asc' }] }),
  };
}

async function submitMany(store: PrismaSubmissionStore, count: number) {
  const submissions = Array.from({ length: count }, (_, index) =>
    newSubmission(index % 3 === 0 ? 'ben' : 'ada', { variant: index % 2 === 0 ? 'basic' : 'hard' }),
  );
  for (const submission of submissions) await store.create(submission);
  return submissions;
}

describe('recording results in SQLite', () => {
  it('writes all that follows from a result, once, however often it comes at once', async () => {
    const database = await openCourse();
    const store = new PrismaSubmissionStore(database);
    const [submission] = await submitMany(store, 1);
    const { id = '' } = submission ?? {};
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => store.recordResult(id, resultOf(100), later(5))),
    );
    expect(outcomes.filter((outcome) => outcome === 'recorded')).toHaveLength(1);
    const { checks, progress, gains, standings } = await derived(database);
    expect(checks).toBe(2);
    expect(progress).toMatchObject([{ userId: 'ben', points: 100, bestScore: 1, attempts: 1, passedAt: later(5) }]);
    expect(gains).toEqual([{ submissionId: id, userId: 'ben', moduleId: 'services', points: 100, gainedAt: later(5) }]);
    expect(standings.map(({ scope, period, points }) => [scope, period, points])).toEqual([
      ['global', '2026-03', 100],
      ['global', '2026-W10', 100],
      ['global', 'all', 100],
      ['module:services', '2026-03', 100],
      ['module:services', '2026-W10', 100],
      ['module:services', 'all', 100],
    ]);
  });

  it('is exact when two recorders with connections of their own record the same results', async () => {
    const file = temporaryFile();
    const database = await openCourse(file);
    const store = new PrismaSubmissionStore(database);
    const stores = [store, new PrismaSubmissionStore(await openDatabase(file))];
    const submissions = await submitMany(store, 60);
    const outcomes = await Promise.all(
      stores.flatMap((store) =>
        submissions.map(({ id }, index) => store.recordResult(id, resultOf((index * 37) % 101), later(index % 7))),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'recorded')).toHaveLength(60);
    const { checks, progress, gains, standings } = await derived(database);
    expect(checks).toBe(120);
    expect(progress.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(60);
    const order = ({ scope, period, userId }: Omit<Standing, 'points'>) => `${scope} ${period} ${userId}`;
    const expected = sumGains(gains).toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
    expect(standings).toEqual(expected);
    for (const { userId, exerciseId, variantId, points } of progress) {
      const best = Math.max(
        ...submissions.flatMap((each, index) =>
          each.userId === userId && each.exerciseId === exerciseId && each.variant === variantId
            ? (index * 37) % 101
            : [],
        ),
      );
      expect(points).toBe(best);
    }
    const before = await derived(database);
    await new PrismaProgressStore(database).rebuild();
    expect(await derived(database)).toEqual(before);
  });

  it('lets one bad result fail alone', async () => {
    const database = await openCourse();
    const store = new PrismaSubmissionStore(database);
    const submissions = await submitMany(store, 5);
    const outcomes = await Promise.allSettled(
      submissions.map(({ id }, index) =>
        store.recordResult(id, resultOf(50, index === 2 ? { score: null as unknown as number } : {}), noon),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    const statuses = await Promise.all(submissions.map(async ({ id }) => (await store.find(id))?.status));
    expect(statuses).toEqual(['graded', 'graded', 'submitted', 'graded', 'graded']);
  });

  it('keeps a result whose submission was unknown from changing anything', async () => {
    const database = await openCourse();
    const store = new PrismaSubmissionStore(database);
    expect(await store.recordResult('nobody', resultOf(100), noon)).toBe('unknown');
    expect(await derived(database)).toEqual({ checks: 0, progress: [], gains: [], standings: [] });
  });
});
