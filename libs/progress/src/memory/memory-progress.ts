import type { LeaderboardPage, Leaderboards, ProgressReader, ProgressRebuild, RankedStanding } from '../ports.ts';
import { ProgressLedger } from '../progress-ledger.ts';
import { compareStandings, sumGains, type Board, type StandingPosition } from '../standing.ts';
import type { GradedSubmission, VariantProgress } from '../variant-progress.ts';

/** Progress and leaderboards without a database. */
export class MemoryProgress implements ProgressReader, Leaderboards, ProgressRebuild {
  readonly #nameOf: (userId: string) => string;
  readonly #graded: GradedSubmission[] = [];
  #ledger = new ProgressLedger();

  constructor(nameOf: (userId: string) => string) {
    this.#nameOf = nameOf;
  }

  record(graded: GradedSubmission): void {
    const { progress } = this.#ledger.record(graded);
    this.#graded.push({ ...graded, gradedAt: progress.lastGradedAt });
  }

  ofUser(userId: string): Promise<readonly VariantProgress[]> {
    const own = this.#ledger.progress.filter((entry) => entry.userId === userId);
    return Promise.resolve(own.toSorted((a, b) => order(a.exerciseId, b.exerciseId) || order(a.variant, b.variant)));
  }

  page(board: Board, { after, limit }: { after?: StandingPosition; limit: number }): Promise<LeaderboardPage> {
    const rest = this.#ranked(board).filter((standing) => after === undefined || compareStandings(standing, after) > 0);
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    return Promise.resolve(last === undefined || rest.length <= limit ? { items } : { items, next: last });
  }

  own(board: Board, userId: string): Promise<RankedStanding | undefined> {
    return Promise.resolve(this.#ranked(board).find((standing) => standing.userId === userId));
  }

  rebuild(): Promise<{ readonly submissions: number }> {
    const graded = this.#graded.toSorted((a, b) => a.gradedAt.getTime() - b.gradedAt.getTime());
    this.#ledger = new ProgressLedger();
    for (const submission of graded) this.#ledger.record(submission);
    return Promise.resolve({ submissions: graded.length });
  }

  #ranked(board: Board): readonly RankedStanding[] {
    return sumGains(this.#ledger.gains)
      .filter(({ scope, period }) => scope === board.scope && period === board.period)
      .toSorted(compareStandings)
      .map((standing, index) => ({ ...standing, rank: index + 1, userName: this.#nameOf(standing.userId) }));
  }
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
