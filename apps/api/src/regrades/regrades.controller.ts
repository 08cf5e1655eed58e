import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  type CreateRegrade,
  createRegrade,
  differencePage,
  differenceQuery,
  type DifferenceQuery,
  learnerPage,
  type LearnerDifferenceView,
  type PageQuery,
  pageQuery,
  type RegradeDifferenceView,
  regradeId,
  regradePage,
  regradeQuery,
  type RegradeQuery,
  regradeView,
  type RegradeView,
} from '@kubedrill/contracts';
import {
  formatSubmissionPosition,
  parseSubmissionPosition,
  type MoveOutcome,
  type Regrade,
  Regrades,
  type RegradeStore,
} from '@kubedrill/submissions';
import { ApiAuthenticated } from '../auth/api-authenticated.ts';
import { type CurrentUser, User } from '../auth/current-user.ts';
import { Permit } from '../auth/permit.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { ProblemError } from '../http/problem-error.ts';
import { ports } from '../wiring/ports.ts';
import { differenceView, regradeViewOf } from './regrade-view.ts';

interface Page<T> {
  items: T[];
  nextCursor?: string;
}

/** Stored submissions graded anew: ordered, looked at, applied or dropped, taken back. */
@ApiTags('regrades')
@ApiAuthenticated()
@Controller('regrades')
export class RegradesController {
  constructor(
    private readonly regrades: Regrades,
    @Inject(ports.regradeStore) private readonly store: RegradeStore,
  ) {}

  @Post()
  @HttpCode(202)
  @Permit('submissions:regrade', {
    summary: 'Have the stored submissions of an exercise graded anew, in the background',
    description: 'Nothing changes until it is applied.',
  })
  @ApiResponse({ status: 202, standardSchema: regradeView })
  @ApiProblems('invalid-request', 'not-found', 'conflict')
  async order(@Body({ schema: createRegrade }) body: CreateRegrade, @User() user: CurrentUser): Promise<RegradeView> {
    const { exercise, fromVersion, toVersion } = body;
    const outcome = await this.regrades.order({
      userId: user.id,
      exerciseId: exercise,
      ...(fromVersion === undefined ? {} : { fromDigest: fromVersion }),
      ...(toVersion === undefined ? {} : { to: toVersion }),
    });
    switch (outcome.kind) {
      case 'ordered':
        return this.view(outcome.regrade);
      case 'unknownExercise':
        throw new ProblemError('not-found', `There is no exercise "${exercise}".`);
      case 'unknownVersion':
        throw new ProblemError('not-found', `Exercise "${exercise}" has no version ${outcome.digest}.`);
      case 'open':
        throw new ProblemError(
          'conflict',
          `Another regrade of "${exercise}" is open: apply or drop it first (GET /api/v1/regrades?exercise=${exercise}).`,
        );
    }
  }

  @Get()
  @Permit('submissions:regrade', { summary: 'Regrades, newest first' })
  @ApiOkResponse({ standardSchema: regradePage })
  @ApiProblems('invalid-request')
  async list(@Query({ schema: regradeQuery }) { exercise, cursor, limit }: RegradeQuery): Promise<Page<RegradeView>> {
    const before = cursor === undefined ? undefined : parseSubmissionPosition(cursor);
    if (cursor !== undefined && !before)
      throw new ProblemError('invalid-request', 'cursor: not one that an earlier page named');
    const found = await this.store.list({
      limit: limit + 1,
      ...(exercise === undefined ? {} : { exerciseId: exercise }),
      ...(before ? { before } : {}),
    });
    const items = await Promise.all(found.slice(0, limit).map((regrade) => this.view(regrade)));
    const last = found[limit - 1];
    return { items, ...(found.length > limit && last ? { nextCursor: formatSubmissionPosition(last) } : {}) };
  }

  @Get(':id')
  @Permit('submissions:regrade', { summary: 'One regrade: how far it is, and what it would change' })
  @ApiOkResponse({ standardSchema: regradeView })
  @ApiProblems('invalid-request', 'not-found')
  async one(@Param('id', { schema: regradeId }) id: string): Promise<RegradeView> {
    return this.view(await this.known(id));
  }

  @Get(':id/differences')
  @Permit('submissions:regrade', { summary: 'Submission by submission, what was and what would be' })
  @ApiOkResponse({ standardSchema: differencePage })
  @ApiProblems('invalid-request', 'not-found')
  async differences(
    @Param('id', { schema: regradeId }) id: string,
    @Query({ schema: differenceQuery }) { only, cursor, limit }: DifferenceQuery,
  ): Promise<Page<RegradeDifferenceView>> {
    await this.known(id);
    const found = await this.store.differences(id, {
      limit: limit + 1,
      ...(only === undefined ? {} : { only }),
      ...(cursor === undefined ? {} : { after: cursor }),
    });
    return pageOf(found.map(differenceView), limit, ({ submission }) => submission);
  }

  @Get(':id/learners')
  @Permit('submissions:regrade', { summary: 'Learners whose points in the exercise change' })
  @ApiOkResponse({ standardSchema: learnerPage })
  @ApiProblems('invalid-request', 'not-found')
  async learners(
    @Param('id', { schema: regradeId }) id: string,
    @Query({ schema: pageQuery }) { cursor, limit }: PageQuery,
  ): Promise<Page<LearnerDifferenceView>> {
    await this.known(id);
    const found = await this.store.learners(id, {
      limit: limit + 1,
      ...(cursor === undefined ? {} : { after: cursor }),
    });
    return pageOf([...found], limit, ({ user }) => user.id);
  }

  @Post(':id/apply')
  @HttpCode(202)
  @Permit('submissions:regrade', {
    summary: 'Put the new results in the place of the old ones, with progress and standings, in the background',
  })
  @ApiResponse({ status: 202, standardSchema: regradeView })
  @ApiProblems('invalid-request', 'not-found', 'conflict')
  apply(@Param('id', { schema: regradeId }) id: string): Promise<RegradeView> {
    return this.moved(id, this.regrades.apply(id), 'is not a preview: only those are applied');
  }

  @Post(':id/drop')
  @HttpCode(200)
  @Permit('submissions:regrade', { summary: 'Leave everything as it is' })
  @ApiOkResponse({ standardSchema: regradeView })
  @ApiProblems('invalid-request', 'not-found', 'conflict')
  drop(@Param('id', { schema: regradeId }) id: string): Promise<RegradeView> {
    return this.moved(id, this.regrades.drop(id), 'is applied or dropped already');
  }

  @Post(':id/undo')
  @HttpCode(202)
  @Permit('submissions:regrade', { summary: 'Take an applied regrade back: every result is as it was, to the byte' })
  @ApiResponse({ status: 202, standardSchema: regradeView })
  @ApiProblems('invalid-request', 'not-found', 'conflict')
  undo(@Param('id', { schema: regradeId }) id: string): Promise<RegradeView> {
    return this.moved(id, this.regrades.undo(id), 'is not applied, or another one of its exercise is open');
  }

  private async moved(id: string, move: Promise<MoveOutcome>, notNow: string): Promise<RegradeView> {
    switch (await move) {
      case 'unknown':
        throw new ProblemError('not-found', `There is no regrade ${id}.`);
      case 'notNow':
        throw new ProblemError('conflict', `Regrade ${id} ${notNow}.`);
      case 'builtUpon':
        throw new ProblemError('conflict', 'A later regrade of this exercise is applied: take that one back first.');
      case 'moved':
        return this.one(id);
    }
  }

  private async known(id: string): Promise<Regrade> {
    const found = await this.store.find(id);
    if (!found) throw new ProblemError('not-found', `There is no regrade ${id}.`);
    return found;
  }

  private async view(regrade: Regrade): Promise<RegradeView> {
    return regradeViewOf(regrade, await this.store.counts(regrade.id));
  }
}

function pageOf<T>(found: T[], limit: number, cursorOf: (item: T) => string): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(found.length > limit && last ? { nextCursor: cursorOf(last) } : {}) };
}
