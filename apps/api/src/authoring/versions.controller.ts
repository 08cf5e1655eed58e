import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { exerciseHistory, type ExerciseHistory, exerciseId } from '@kubedrill/contracts';
import type { ExerciseRecord, ExerciseVersions, VersionRecord } from '@kubedrill/submissions';
import { ApiAuthenticated } from '../auth/api-authenticated.ts';
import { Permit } from '../auth/permit.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { ProblemError } from '../http/problem-error.ts';
import { ports } from '../wiring/ports.ts';

/** The versions of an exercise, and whether it is served. */
@ApiTags('authoring')
@ApiAuthenticated()
@Controller('exercises/:exercise')
export class VersionsController {
  constructor(@Inject(ports.exerciseVersions) private readonly versions: ExerciseVersions) {}

  @Get('versions')
  @Permit('exercises:author', { summary: 'All versions of an exercise, newest first' })
  @ApiOkResponse({ standardSchema: exerciseHistory })
  @ApiProblems('invalid-request', 'not-found')
  async history(@Param('exercise', { schema: exerciseId }) id: string): Promise<ExerciseHistory> {
    return historyView(await this.known(id), await this.versions.versionsOf(id));
  }

  @Post('archive')
  @HttpCode(200)
  @Permit('exercises:author', {
    summary: 'Take an exercise out of service',
    description:
      'Its submissions stay, with their versions. The content folder brings it back only with a changed version.',
  })
  @ApiOkResponse({ standardSchema: exerciseHistory })
  @ApiProblems('invalid-request', 'not-found', 'conflict')
  async archive(@Param('exercise', { schema: exerciseId }) id: string): Promise<ExerciseHistory> {
    await this.known(id);
    if (!(await this.versions.archive(id, new Date())))
      throw new ProblemError('conflict', `Exercise "${id}" is archived already.`);
    return this.history(id);
  }

  @Post('restore')
  @HttpCode(200)
  @Permit('exercises:author', { summary: 'Serve an archived exercise again' })
  @ApiOkResponse({ standardSchema: exerciseHistory })
  @ApiProblems('invalid-request', 'not-found', 'conflict')
  async restore(@Param('exercise', { schema: exerciseId }) id: string): Promise<ExerciseHistory> {
    await this.known(id);
    if (!(await this.versions.restore(id))) throw new ProblemError('conflict', `Exercise "${id}" is not archived.`);
    return this.history(id);
  }

  private async known(id: string): Promise<ExerciseRecord> {
    const found = await this.versions.find(id);
    if (!found) throw new ProblemError('not-found', `There is no exercise "${id}".`);
    return found;
  }
}

function historyView(record: ExerciseRecord, versions: readonly VersionRecord[]): ExerciseHistory {
  const { id, moduleId, digest, origin, served, archivedAt } = record;
  return {
    exercise: id,
    module: moduleId,
    version: digest,
    origin,
    served,
    ...(archivedAt ? { archivedAt: archivedAt.toISOString() } : {}),
    versions: versions.map(({ firstPublishedAt, lastPublishedAt, ...version }) => ({
      ...version,
      firstPublishedAt: firstPublishedAt.toISOString(),
      lastPublishedAt: lastPublishedAt.toISOString(),
    })),
  };
}
