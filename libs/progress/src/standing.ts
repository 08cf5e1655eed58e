import { periodKey, periods } from './period.ts';
import type { PointGain } from './variant-progress.ts';

/** Everything, or one module. */
export type Scope = 'global' | `module:${string}`;

/** A leaderboard: a scope and the key of a period ("all", "2026-W10", "2026-03"). */
export interface Board {
  readonly scope: Scope;
  readonly period: string;
}

/** A learner's place on a board. */
export interface Standing extends Board {
  readonly userId: string;
  /** Sum of the gains in the period. */
  readonly points: number;
  readonly lastGainAt: Date;
}

/** The boards on which a gain counts. */
export function boardsOf(gain: PointGain): readonly Board[] {
  const scopes: readonly Scope[] = ['global', `module:${gain.moduleId}`];
  return scopes.flatMap((scope) => periods.map((period) => ({ scope, period: periodKey(period, gain.gainedAt) })));
}

/** Adds gains up, one standing for each board and learner. The order of the gains does not matter. */
export function sumGains(gains: Iterable<PointGain>): readonly Standing[] {
  const sums = new Map<string, Standing>();
  for (const gain of gains) {
    for (const board of boardsOf(gain)) {
      const key = `${board.scope} ${board.period} ${gain.userId}`;
      const sum = sums.get(key);
      sums.set(key, {
        ...board,
        userId: gain.userId,
        points: (sum?.points ?? 0) + gain.points,
        lastGainAt: sum === undefined || sum.lastGainAt < gain.gainedAt ? gain.gainedAt : sum.lastGainAt,
      });
    }
  }
  return [...sums.values()];
}

/** Where a standing is in the order of its board. */
export type StandingPosition = Pick<Standing, 'points' | 'lastGainAt' | 'userId'>;

/** More points first; of two with equal points whoever got there earlier; then by id, so that the order is total. */
export function compareStandings(a: StandingPosition, b: StandingPosition): number {
  if (a.points !== b.points) return b.points - a.points;
  const earlier = a.lastGainAt.getTime() - b.lastGainAt.getTime();
  if (earlier !== 0) return earlier;
  return a.userId < b.userId ? -1 : Number(a.userId > b.userId);
}

/** A position as a cursor of the wire: letters, digits, "_" and "-" only. */
export const formatStandingPosition = ({ points, lastGainAt, userId }: StandingPosition): string =>
  `${points}_${lastGainAt.getTime()}_${userId}`;

/** Undefined when the text is no cursor of ours. */
export function parseStandingPosition(cursor: string): StandingPosition | undefined {
  const match = /^(\d{1,12})_(\d{1,15})_([A-Za-z0-9-]{1,100})$/.exec(cursor);
  if (match === null) return undefined;
  const [, points, instant, userId = ''] = match;
  return { points: Number(points), lastGainAt: new Date(Number(instant)), userId };
}
