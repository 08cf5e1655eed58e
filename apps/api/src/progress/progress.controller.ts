import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ConceptDefinition } from '@kubedrill/content';
import {
  type LeaderboardEntry,
  type LeaderboardQuery,
  leaderboardQuery,
  leaderboardScope,
  type LeaderboardView,
  leaderboardView,
  type NextExercise,
  nextList,
  type NextQuery,
  nextQuery,
  type ProgressView,
  progressView as progressViewSchema,
} from '@kubedrill/contracts';
import {
  type Board,
  formatStandingPosition,
  type Leaderboards,
  parseStandingPosition,
  periodKey,
  periodStart,
  type ProgressReader,
  type RankedStanding,
} from '@kubedrill/progress';
import type { Catalogue } from '@kubedrill/submissions';
import { ApiAuthenticated } from '../auth/api-authenticated.ts';
import { type CurrentUser, Public, User, Visitor } from '../auth/current-user.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { ProblemError } from '../http/problem-error.ts';
import { ports } from '../wiring/ports.ts';
import { nextView } from './next-view.ts';
import { progressView } from './progress-view.ts';

@ApiTags('progress')
@Controller()
export class ProgressController {
  constructor(
    @Inject(ports.catalogue) private readonly catalogue: Catalogue,
    @Inject(ports.progress) private readonly progress: ProgressReader,
    @Inject(ports.leaderboards) private readonly leaderboards: Leaderboards,
    @Inject(ports.concepts) private readonly concepts: readonly ConceptDefinition[],
  ) {}

  @Get('progress')
  @ApiAuthenticated()
  @ApiOperation({ summary: "The learner's own progress: points, sections, variants" })
  @ApiOkResponse({ standardSchema: progressViewSchema })
  async own(@User() user: CurrentUser): Promise<ProgressView> {
    const [modules, exercises, progress] = await Promise.all([
      this.catalogue.modules(),
      this.catalogue.exercises(),
      this.progress.ofUser(user.id),
    ]);
    return progressView(modules, exercises, progress);
  }

  @Get('progress/next')
  @ApiAuthenticated()
  @ApiOperation({
    summary: 'What the learner may do next, best first',
    description:
      'It follows from what is passed and from what concepts need. Nothing is locked: any exercise may be done at any time.',
  })
  @ApiOkResponse({ standardSchema: nextList })
  @ApiProblems('invalid-request')
  async next(
    @Query({ schema: nextQuery }) { limit }: NextQuery,
    @User() user: CurrentUser,
  ): Promise<{ items: NextExercise[] }> {
    const [exercises, progress] = await Promise.all([this.catalogue.exercises(), this.progress.ofUser(user.id)]);
    return { items: nextView(exercises, this.concepts, progress, limit) };
  }

  @Get('leaderboards/:scope')
  @Public()
  @ApiOperation({ summary: 'Standings of everybody or of one module; for a logged-in learner his own, too' })
  @ApiOkResponse({ standardSchema: leaderboardView })
  @ApiProblems('invalid-request', 'not-found')
  async leaderboard(
    @Param('scope', { schema: leaderboardScope }) scope: string,
    @Query({ schema: leaderboardQuery }) query: LeaderboardQuery,
    @Visitor() visitor?: CurrentUser,
  ): Promise<LeaderboardView> {
    if (scope !== 'global' && !(await this.catalogue.modules()).some(({ id }) => id === scope)) {
      throw new ProblemError(
        'not-found',
        `There is no module "${scope}". The scope is "global" or the id of a module.`,
      );
    }
    const after = query.cursor === undefined ? undefined : parseStandingPosition(query.cursor);
    if (query.cursor !== undefined && !after)
      throw new ProblemError('invalid-request', 'cursor: not one that an earlier page named');
    const now = new Date();
    const board: Board = {
      scope: scope === 'global' ? 'global' : `module:${scope}`,
      period: periodKey(query.period, now),
    };
    const [page, own] = await Promise.all([
      this.leaderboards.page(board, { limit: query.limit, ...(after ? { after } : {}) }),
      visitor ? this.leaderboards.own(board, visitor.id) : undefined,
    ]);
    const since = periodStart(query.period, now);
    return {
      scope,
      period: query.period,
      ...(since ? { since: since.toISOString() } : {}),
      items: page.items.map(entryView),
      ...(page.next ? { nextCursor: formatStandingPosition(page.next) } : {}),
      ...(own ? { own: entryView(own) } : {}),
    };
  }
}

function entryView({ rank, userId, userName, points, lastGainAt }: RankedStanding): LeaderboardEntry {
  return { rank, user: { id: userId, name: userName }, points, lastGainAt: lastGainAt.toISOString() };
}
