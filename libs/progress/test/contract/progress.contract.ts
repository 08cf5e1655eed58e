import { expect, it } from '@jest/globals';
import {
  periodKey,
  type Board,
  type GradedSubmission,
  type Leaderboards,
  type ProgressReader,
  type ProgressRebuild,
  type RankedStanding,
  type StandingPosition,
} from '@kubedrill/progress';

/** What the suite needs of an implementation: a place into which results are recorded, in the order given. */
export interface ProgressUnderTest {
  readonly reader: ProgressReader & ProgressRebuild;
  readonly leaderboards: Leaderboards;
  /** Learners are made known as they appear; their names are their ids in capitals. */
  readonly record: (graded: GradedSubmission) => Promise<void>;
}

const global: Board = { scope: 'global', period: 'all' };

let serial = 0;

function attempt(
  userId: string,
  points: number,
  gradedAt: string,
  part: Partial<GradedSubmission> = {},
): GradedSubmission {
  return {
    submissionId: `submission-${serial++}`,
    userId,
    exerciseId: 'two-tier',
    moduleId: 'services',
    variant: 'basic',
    verdict: points === 100 ? 'passed' : 'partial',
    score: points / 100,
    points,
    gradedAt: new Date(gradedAt),
    ...part,
  };
}

const brief = (standing: RankedStanding | undefined) => standing && [standing.rank, standing.userId, standing.points];

export function progressContract(open: () => Promise<ProgressUnderTest>): void {
  it('keeps the best of all attempts', async () => {
    const { reader, record } = await open();
    await record(attempt('ada', 40, '2026-03-02T10:00:00Z'));
    await record(attempt('ada', 100, '2026-03-02T11:00:00Z'));
    await record(attempt('ada', 20, '2026-03-02T12:00:00Z'));
    await record(attempt('ada', 10, '2026-03-02T13:00:00Z', { variant: 'hard' }));
    await record(attempt('ben', 70, '2026-03-02T13:00:00Z'));
    expect(await reader.ofUser('ada')).toEqual([
      {
        userId: 'ada',
        exerciseId: 'two-tier',
        variant: 'basic',
        bestScore: 1,
        points: 100,
        attempts: 3,
        passedAt: new Date('2026-03-02T11:00:00Z'),
        lastGradedAt: new Date('2026-03-02T12:00:00Z'),
      },
      expect.objectContaining({ variant: 'hard', points: 10, attempts: 1 }),
    ]);
    expect(await reader.ofUser('nobody')).toEqual([]);
  });

  it('ranks by points, then by who got there earlier', async () => {
    const { leaderboards, record } = await open();
    await record(attempt('ben', 60, '2026-03-02T10:00:00Z'));
    await record(attempt('ada', 60, '2026-03-02T09:00:00Z'));
    await record(attempt('cleo', 90, '2026-03-02T11:00:00Z'));
    const { items, next } = await leaderboards.page(global, { limit: 10 });
    expect(items.map(brief)).toEqual([
      [1, 'cleo', 90],
      [2, 'ada', 60],
      [3, 'ben', 60],
    ]);
    expect(items[1]).toMatchObject({ userName: 'ADA', lastGainAt: new Date('2026-03-02T09:00:00Z') });
    expect(next).toBeUndefined();
    expect(brief(await leaderboards.own(global, 'ben'))).toEqual([3, 'ben', 60]);
    expect(await leaderboards.own(global, 'nobody')).toBeUndefined();
  });

  it('counts only what was gained in the period and in the module', async () => {
    const { leaderboards, record } = await open();
    await record(attempt('ada', 60, '2026-03-01T23:59:59Z'));
    await record(attempt('ada', 100, '2026-03-02T00:00:00Z'));
    await record(attempt('ben', 50, '2026-03-02T00:00:00Z', { exerciseId: 'rollout', moduleId: 'workloads' }));
    const points = async (board: Board) => (await leaderboards.page(board, { limit: 10 })).items.map(brief);
    const week = periodKey('week', new Date('2026-03-02T00:00:00Z'));
    expect(await points(global)).toEqual([
      [1, 'ada', 100],
      [2, 'ben', 50],
    ]);
    expect(await points({ scope: 'global', period: week })).toEqual([
      [1, 'ben', 50],
      [2, 'ada', 40],
    ]);
    expect(await points({ scope: 'module:workloads', period: 'all' })).toEqual([[1, 'ben', 50]]);
    expect(await points({ scope: 'module:services', period: '2026-03' })).toEqual([[1, 'ada', 100]]);
    expect(await points({ scope: 'global', period: '2026-02' })).toEqual([]);
  });

  it('pages through a board without a gap or a repetition', async () => {
    const { leaderboards, record } = await open();
    const users = Array.from({ length: 23 }, (_, index) => `user-${String(index).padStart(2, '0')}`);
    for (const [index, userId] of users.entries()) {
      await record(attempt(userId, 10 + (index % 4), `2026-03-02T10:00:0${index % 3}Z`));
    }
    const all = (await leaderboards.page(global, { limit: 100 })).items;
    const paged: RankedStanding[] = [];
    let after: StandingPosition | undefined;
    do {
      const page = await leaderboards.page(global, { limit: 5, ...(after && { after }) });
      paged.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    expect(paged).toEqual(all);
    expect(all.map(({ rank }) => rank)).toEqual(users.map((_, index) => index + 1));
    for (const standing of all) expect(await leaderboards.own(global, standing.userId)).toEqual(standing);
  });

  it('rebuilds exactly what there was', async () => {
    const { reader, leaderboards, record } = await open();
    const users = ['ada', 'ben', 'cleo'];
    for (let index = 0; index < 40; index++) {
      const points = (index * 37) % 101;
      const variant = index % 5 === 0 ? 'hard' : 'basic';
      // Instants that repeat and run backwards, across the border of two weeks.
      const gradedAt = `2026-03-0${1 + (index % 2)}T0${(index * 7) % 10}:00:00Z`;
      await record(attempt(users[index % 3] ?? 'ada', points, gradedAt, { variant }));
    }
    const look = async () => ({
      progress: await Promise.all(users.map((userId) => reader.ofUser(userId))),
      boards: await Promise.all(
        ['all', '2026-W09', '2026-W10', '2026-03'].map((period) =>
          leaderboards.page({ scope: 'global', period }, { limit: 10 }),
        ),
      ),
      module: await leaderboards.page({ scope: 'module:services', period: 'all' }, { limit: 10 }),
    });
    const before = await look();
    expect(await reader.rebuild()).toEqual({ submissions: 40 });
    expect(await look()).toEqual(before);
  });
}
