import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type ExerciseQuery,
  type ExerciseSummary,
  type ExerciseView,
  type ModuleSummary,
  type ModuleView,
  type SectionView,
  exerciseId,
  exerciseList,
  exerciseQuery,
  exerciseView as exerciseViewSchema,
  moduleId,
  moduleList,
  moduleView as moduleViewSchema,
  sectionId,
  sectionView as sectionViewSchema,
} from '@kubedrill/contracts';
import type { ProgressReader } from '@kubedrill/progress';
import type { Catalogue } from '@kubedrill/submissions';
import { type CurrentUser, Public, Visitor } from '../auth/current-user.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { ProblemError } from '../http/problem-error.ts';
import { ports } from '../wiring/ports.ts';
import {
  exerciseSummaryView,
  exerciseView,
  moduleSummaryView,
  moduleView,
  sectionView,
  type Standings,
  standingsOf,
} from './catalogue-view.ts';

/** The course: open to everybody; a logged-in learner also sees how far he is. */
@Public()
@ApiTags('course')
@Controller()
export class CatalogueController {
  constructor(
    @Inject(ports.catalogue) private readonly catalogue: Catalogue,
    @Inject(ports.progress) private readonly progress: ProgressReader,
  ) {}

  @Get('modules')
  @ApiOperation({ summary: 'All modules' })
  @ApiOkResponse({ standardSchema: moduleList })
  async modules(): Promise<{ items: ModuleSummary[] }> {
    const [modules, exercises] = await Promise.all([this.catalogue.modules(), this.catalogue.exercises()]);
    return { items: modules.map((module) => moduleSummaryView(module, exercises)) };
  }

  @Get('modules/:id')
  @ApiOperation({ summary: 'One module with its sections' })
  @ApiOkResponse({ standardSchema: moduleViewSchema })
  @ApiProblems('invalid-request', 'not-found')
  async module(@Param('id', { schema: moduleId }) id: string): Promise<ModuleView> {
    const [modules, exercises] = await Promise.all([
      this.catalogue.modules(),
      this.catalogue.exercises({ moduleId: id }),
    ]);
    const found = modules.find((module) => module.id === id);
    if (!found) throw new ProblemError('not-found', `There is no module "${id}".`);
    return moduleView(found, exercises);
  }

  @Get('sections/:id')
  @ApiOperation({ summary: 'One section: its text and its exercises' })
  @ApiOkResponse({ standardSchema: sectionViewSchema })
  @ApiProblems('invalid-request', 'not-found')
  async section(
    @Param('id', { schema: sectionId }) id: string,
    @Visitor() visitor?: CurrentUser,
  ): Promise<SectionView> {
    const section = await this.catalogue.section(id);
    if (!section) throw new ProblemError('not-found', `There is no section "${id}".`);
    return sectionView(section, await this.catalogue.exercises({ sectionId: id }), await this.standings(visitor));
  }

  @Get('exercises')
  @ApiOperation({ summary: 'Exercises, by kind, section or difficulty' })
  @ApiOkResponse({ standardSchema: exerciseList })
  @ApiProblems('invalid-request')
  async exercises(
    @Query({ schema: exerciseQuery }) query: ExerciseQuery,
    @Visitor() visitor?: CurrentUser,
  ): Promise<{ items: ExerciseSummary[] }> {
    const { kind, section, difficulty } = query;
    const exercises = await this.catalogue.exercises({
      ...(kind === undefined ? {} : { kind }),
      ...(section === undefined ? {} : { sectionId: section }),
      ...(difficulty === undefined ? {} : { difficulty }),
    });
    const standings = await this.standings(visitor);
    return { items: exercises.map((exercise) => exerciseSummaryView(exercise, standings)) };
  }

  @Get('exercises/:id')
  @ApiOperation({ summary: 'One exercise with its variants' })
  @ApiOkResponse({ standardSchema: exerciseViewSchema })
  @ApiProblems('invalid-request', 'not-found')
  async exercise(
    @Param('id', { schema: exerciseId }) id: string,
    @Visitor() visitor?: CurrentUser,
  ): Promise<ExerciseView> {
    const exercise = await this.catalogue.exercise(id);
    if (!exercise) throw new ProblemError('not-found', `There is no exercise "${id}".`);
    return exerciseView(exercise, await this.standings(visitor));
  }

  private async standings(visitor: CurrentUser | undefined): Promise<Standings> {
    return standingsOf(visitor ? await this.progress.ofUser(visitor.id) : []);
  }
}
