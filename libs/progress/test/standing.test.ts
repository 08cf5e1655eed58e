import { describe, expect, it } from '@jest/globals';
import {
  compareStandings,
  formatStandingPosition,
  parseStandingPosition,
  sumGains,
  type PointGain,
  type StandingPosition,
} from '@kubedrill/progress';
import fc from 'fast-check';

const gain = (userId: string, points: number, day: string, moduleId = 'services'): PointGain => ({
  submissionId: `${userId}-${day}`,
  userId,
  moduleId,
  points,
  gainedAt: new Date(`${day}T12:00:00Z`),
});

const position = (points: number, instant: string, userId: string): StandingPosition => ({
  points,
  lastGainAt: new Date(instant),
  userId,
});

describe('standings', () => {
  it('count a gain on six boards, each in its own period', () => {
    const standings = sumGains([gain('ada', 10, '2026-03-01'), gain('ada', 5, '2026-03-02', 'workloads')]);
    const onBoard = (scope: string, period: string) =>
      standings.find((standing) => standing.scope === scope && standing.period === period)?.points;
    expect(onBoard('global', 'all')).toBe(15);
    expect(onBoard('global', '2026-03')).toBe(15);
    expect(onBoard('global', '2026-W09')).toBe(10);
    expect(onBoard('global', '2026-W10')).toBe(5);
    expect(onBoard('module:services', 'all')).toBe(10);
    expect(onBoard('module:workloads', '2026-W10')).toBe(5);
    expect(onBoard('module:services', '2026-W10')).toBeUndefined();
  });

  it.each<[string, StandingPosition, StandingPosition]>([
    ['more points', position(20, '2026-03-02T00:00:00Z', 'b'), position(10, '2026-03-01T00:00:00Z', 'a')],
    ['the earlier last gain', position(10, '2026-03-01T00:00:00Z', 'b'), position(10, '2026-03-02T00:00:00Z', 'a')],
    ['the smaller id at last', position(10, '2026-03-01T00:00:00Z', 'a'), position(10, '2026-03-01T00:00:00Z', 'b')],
  ])('put %s first', (_, first, second) => {
    expect(compareStandings(first, second)).toBeLessThan(0);
    expect(compareStandings(second, first)).toBeGreaterThan(0);
    expect(compareStandings(first, first)).toBe(0);
  });

  it('do not depend on the order of the gains', () => {
    const gains = fc.array(
      fc.record({
        userId: fc.constantFrom('ada', 'ben', 'cleo'),
        moduleId: fc.constantFrom('services', 'workloads'),
        points: fc.integer({ min: 1, max: 100 }),
        gainedAt: fc.date({ min: new Date('2025-12-01'), max: new Date('2026-02-01'), noInvalidDate: true }),
        submissionId: fc.uuid(),
      }),
      { maxLength: 20 },
    );
    const sorted = (list: readonly PointGain[]) =>
      sumGains(list)
        .map((standing) => JSON.stringify(standing))
        .sort();
    fc.assert(fc.property(gains, (list) => expect(sorted(list.toReversed())).toEqual(sorted(list))));
  });

  it('have positions that survive the wire', () => {
    const there = position(875, '2026-03-02T09:15:27.412Z', '01990f59-1f00-7c4e-8f0a-0d8b6a1c2e33');
    expect(formatStandingPosition(there)).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(parseStandingPosition(formatStandingPosition(there))).toEqual(there);
  });

  it.each(['', 'x', '1_2', '1_2_', '1_2_a b', '-1_2_a', `${'9'.repeat(30)}_1_a`])(
    'read no position from %j',
    (text) => {
      expect(parseStandingPosition(text)).toBeUndefined();
    },
  );
});
