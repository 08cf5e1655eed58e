import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { exerciseId, type InstanceView, instanceView, variantId } from '@kubedrill/contracts';
import type { ProgressReader } from '@kubedrill/progress';
import { type Catalogue, SubmissionService } from '@kubedrill/submissions';
import { ApiAuthenticated } from '../auth/api-authenticated.ts';
import { type CurrentUser, User } from '../auth/current-user.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { ProblemError } from '../http/problem-error.ts';
import { ports } from '../wiring/ports.ts';
import { instanceViewOf } from './instance-view.ts';
import { PreparedExercises } from './prepared-exercises.ts';

/** One variant made concrete for the learner who asks: his seed is drawn when he asks for the first time, and stays. */
@ApiTags('course')
@ApiAuthenticated()
@Controller('exercises/:exercise/variants/:variant')
export class InstancesController {
  constructor(
    @Inject(ports.catalogue) private readonly catalogue: Catalogue,
    @Inject(ports.progress) private readonly progress: ProgressReader,
    private readonly submissions: SubmissionService,
    private readonly prepared: PreparedExercises,
  ) {}

  @Get()
  @ApiOperation({ summary: "The learner's instance: brief, start files, checks' titles, seed" })
  @ApiOkResponse({ standardSchema: instanceView })
  @ApiProblems('invalid-request', 'not-found')
  async instance(
    @Param('exercise', { schema: exerciseId }) exerciseId: string,
    @Param('variant', { schema: variantId }) variant: string,
    @User() user: CurrentUser,
  ): Promise<InstanceView> {
    const served = await this.catalogue.exercise(exerciseId);
    if (!served) throw new ProblemError('not-found', `There is no exercise "${exerciseId}".`);
    if (!served.variants.some(({ id }) => id === variant)) {
      const names = served.variants.map(({ id }) => id).join(', ');
      throw new ProblemError('not-found', `Exercise "${exerciseId}" has no variant "${variant}"; it has ${names}.`);
    }
    const seed = await this.submissions.seedOf(user.id, exerciseId, variant);
    const reached = (await this.progress.ofUser(user.id)).find(
      (entry) => entry.exerciseId === exerciseId && entry.variant === variant,
    );
    return instanceViewOf(await this.prepared.get(served.digest), variant, seed, reached);
  }
}
