import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import {
  type CreateSandbox,
  createSandbox,
  type CreateSnapshot,
  createSnapshot,
  sandboxId,
  sandboxList,
  type SandboxView,
  sandboxView as sandboxViewSchema,
  snapshotName,
} from '@kubedrill/contracts';
import { type CreateSandboxOutcome, type LearnerSandbox, LearnerSandboxes } from '@kubedrill/submissions';
import type { FastifyRequest } from 'fastify';
import { ApiAuthenticated } from '../auth/api-authenticated.ts';
import { type CurrentUser, User } from '../auth/current-user.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { ProblemError } from '../http/problem-error.ts';
import { ports } from '../wiring/ports.ts';
import type { KubectlAddress } from './kubectl-address.ts';
import { ownSandbox } from './own-sandbox.ts';
import { sandboxView } from './sandbox-view.ts';
import { SandboxTokens } from './sandbox-token.ts';

const usual = { nodes: 3, proxyMode: 'iptables' } as const;

/** Simulated clusters for a learner's own kubectl. Another learner's sandbox does not exist for him. */
@ApiTags('sandboxes')
@ApiAuthenticated()
@Controller('sandboxes')
export class SandboxesController {
  constructor(
    private readonly sandboxes: LearnerSandboxes,
    private readonly tokens: SandboxTokens,
    @Inject(ports.kubectlAddress) private readonly address: KubectlAddress,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Open a sandbox: a simulated cluster, empty or in the initial state of an exercise',
    description: 'Download its kubeconfig from links.kubeconfig and use kubectl as with any cluster.',
  })
  @ApiCreatedResponse({ standardSchema: sandboxViewSchema })
  @ApiProblems('invalid-request', 'not-found', 'conflict', 'unavailable')
  async create(@Body({ schema: createSandbox }) body: CreateSandbox, @User() user: CurrentUser): Promise<SandboxView> {
    const { exercise: id, variant, nodes = usual.nodes, proxyMode = usual.proxyMode, speed } = body;
    const exercise = id === undefined || variant === undefined ? {} : { exercise: { id, variant } };
    const outcome = await this.sandboxes.create({ userId: user.id, ...exercise, nodes, proxyMode, speed });
    return sandboxView(createdSandbox(outcome, body));
  }

  @Get()
  @ApiOperation({ summary: "The learner's own sandboxes, oldest first" })
  @ApiOkResponse({ standardSchema: sandboxList })
  async list(@User() user: CurrentUser): Promise<{ items: SandboxView[] }> {
    return { items: (await this.sandboxes.ofUser(user.id)).map(sandboxView) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One sandbox' })
  @ApiOkResponse({ standardSchema: sandboxViewSchema })
  @ApiProblems('invalid-request', 'not-found')
  async one(@Param('id', { schema: sandboxId }) id: string, @User() user: CurrentUser): Promise<SandboxView> {
    return sandboxView(await ownSandbox(this.sandboxes, id, user));
  }

  @Get(':id/kubeconfig')
  @Header('content-disposition', 'attachment; filename="kubeconfig.yaml"')
  @Header('content-type', 'application/yaml; charset=utf-8')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: "The kubeconfig, with the sandbox's token" })
  @ApiProduces('application/yaml')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiProblems('invalid-request', 'not-found')
  async kubeconfig(
    @Param('id', { schema: sandboxId }) id: string,
    @User() user: CurrentUser,
    @Req() { hostname }: FastifyRequest,
  ): Promise<string> {
    const sandbox = await ownSandbox(this.sandboxes, id, user);
    return this.address.kubeconfigOf({ id, token: this.tokens.tokenOf(sandbox.id), host: hostname });
  }

  @Post(':id/reset')
  @HttpCode(200)
  @ApiOperation({ summary: 'Back to how it began; its snapshots go' })
  @ApiOkResponse({ standardSchema: sandboxViewSchema })
  @ApiProblems('invalid-request', 'not-found')
  async reset(@Param('id', { schema: sandboxId }) id: string, @User() user: CurrentUser): Promise<SandboxView> {
    await this.sandboxes.reset(await ownSandbox(this.sandboxes, id, user));
    return sandboxView(await ownSandbox(this.sandboxes, id, user));
  }

  @Post(':id/snapshots')
  @ApiOperation({ summary: 'Name the present state, so that the sandbox can go back to it' })
  @ApiCreatedResponse({ standardSchema: sandboxViewSchema })
  @ApiProblems('invalid-request', 'not-found', 'conflict', 'unavailable')
  async snapshot(
    @Param('id', { schema: sandboxId }) id: string,
    @Body({ schema: createSnapshot }) { name }: CreateSnapshot,
    @User() user: CurrentUser,
  ): Promise<SandboxView> {
    const sandbox = await ownSandbox(this.sandboxes, id, user);
    const outcome = await this.sandboxes.takeSnapshot(sandbox, name);
    if (outcome.kind === 'nameTaken')
      throw new ProblemError('conflict', `This sandbox has a snapshot "${name}" already.`);
    if (outcome.kind === 'tooMany')
      throw new ProblemError(
        'conflict',
        `This sandbox has ${sandbox.snapshots.length} snapshots: go back to one first.`,
      );
    return sandboxView(await ownSandbox(this.sandboxes, id, user));
  }

  @Post(':id/snapshots/:name/restore')
  @HttpCode(200)
  @ApiOperation({ summary: 'Go back to a snapshot; what came after it is gone, later snapshots included' })
  @ApiOkResponse({ standardSchema: sandboxViewSchema })
  @ApiProblems('invalid-request', 'not-found')
  async restore(
    @Param('id', { schema: sandboxId }) id: string,
    @Param('name', { schema: snapshotName }) name: string,
    @User() user: CurrentUser,
  ): Promise<SandboxView> {
    if (!(await this.sandboxes.restore(await ownSandbox(this.sandboxes, id, user), name)))
      throw new ProblemError('not-found', `This sandbox has no snapshot "${name}".`);
    return sandboxView(await ownSandbox(this.sandboxes, id, user));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End a sandbox' })
  @ApiNoContentResponse()
  @ApiProblems('invalid-request', 'not-found')
  async remove(@Param('id', { schema: sandboxId }) id: string, @User() user: CurrentUser): Promise<void> {
    await this.sandboxes.remove(await ownSandbox(this.sandboxes, id, user));
  }
}

function createdSandbox(outcome: CreateSandboxOutcome, { exercise, variant }: CreateSandbox): LearnerSandbox {
  switch (outcome.kind) {
    case 'created':
      return outcome.sandbox;
    case 'tooMany':
      throw new ProblemError('conflict', `You have ${outcome.most} sandboxes, which is the limit. Delete one first.`);
    case 'unknownExercise':
      throw new ProblemError('not-found', `There is no exercise "${exercise}". GET /api/v1/exercises lists them.`);
    case 'unknownVariant':
      throw new ProblemError('not-found', `Exercise "${exercise}" has no variant "${variant}".`);
  }
}
