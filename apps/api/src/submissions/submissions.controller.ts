import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Req, Sse } from '@nestjs/common';
import {
  ApiBody,
  type ApiBodyOptions,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import {
  acceptedSubmission,
  type AcceptedSubmission,
  type CreateSubmission,
  createSubmission,
  idempotencyKey,
  type InstanceView,
  instanceView,
  submissionEvent,
  submissionId,
  submissionPage,
  type SubmissionQuery,
  submissionQuery,
  type SubmissionSummary,
  submissionView as submissionViewSchema,
  type SubmissionView,
} from '@kubedrill/contracts';
import {
  formatSubmissionPosition,
  LearnerSandboxes,
  parseSubmissionPosition,
  Recovery,
  type Submission,
  type SubmissionContent,
  type SubmissionEvents,
  SubmissionService,
  type SubmissionStore,
  type SubmitOutcome,
} from '@kubedrill/submissions';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { ApiAuthenticated } from '../auth/api-authenticated.ts';
import { type CurrentUser, User } from '../auth/current-user.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { ProblemError } from '../http/problem-error.ts';
import { SubmissionRate } from '../http/rate-limits.ts';
import { instanceViewOf } from '../instances/instance-view.ts';
import { PreparedExercises } from '../instances/prepared-exercises.ts';
import { ports } from '../wiring/ports.ts';
import { ownSandbox } from '../sandboxes/own-sandbox.ts';
import { statusStream, type StatusMessage } from './status-stream.ts';
import { acceptedView, submissionSummaryView, submissionView } from './submission-view.ts';
import { readSubmissionRequest } from './uploaded-submission.ts';

const body = { schema: z.toJSONSchema(createSubmission, { target: 'openapi-3.0', io: 'input' }) } as ApiBodyOptions;

/** A learner's attempts. Another learner's submission does not exist for him. */
@ApiTags('submissions')
@ApiAuthenticated()
@Controller('submissions')
export class SubmissionsController {
  constructor(
    private readonly submissions: SubmissionService,
    private readonly recovery: Recovery,
    private readonly sandboxes: LearnerSandboxes,
    private readonly prepared: PreparedExercises,
    @Inject(ports.submissionStore) readonly store: SubmissionStore,
    @Inject(ports.submissionEvents) readonly events: SubmissionEvents,
  ) {}

  @Post()
  @HttpCode(202)
  @SubmissionRate()
  @ApiOperation({
    summary: 'Submit',
    description:
      'As JSON; as application/yaml with exercise and variant in the query; or as multipart/form-data with the fields exercise and variant and the files, or the field commands. A request repeated with the same Idempotency-Key makes one submission.',
  })
  @ApiConsumes('application/json', 'application/yaml', 'multipart/form-data')
  @ApiBody(body)
  @ApiQuery({ name: 'exercise', required: false, description: 'Only with a YAML body' })
  @ApiQuery({ name: 'variant', required: false, description: 'Only with a YAML body' })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiResponse({ status: 202, standardSchema: acceptedSubmission })
  @ApiProblems('invalid-request', 'not-found', 'payload-too-large', 'unsupported-media-type', 'idempotency-key-reused')
  async submit(
    @Req() request: FastifyRequest,
    @Headers('idempotency-key') key: string | undefined,
    @User() user: CurrentUser,
  ): Promise<AcceptedSubmission> {
    const body = await readSubmissionRequest(request);
    const outcome = await this.submissions.submit({
      userId: user.id,
      exerciseId: body.exercise,
      variant: body.variant,
      content: body.sandbox === undefined ? contentOf(body) : await this.sandboxContent(body.sandbox, body, user),
      ...(key === undefined ? {} : { idempotencyKey: checkedKey(key) }),
    });
    return acceptedView(acceptedSubmissionOf(outcome, body));
  }

  @Get()
  @ApiOperation({ summary: "The learner's own submissions, newest first" })
  @ApiOkResponse({ standardSchema: submissionPage })
  @ApiProblems('invalid-request')
  async list(
    @Query({ schema: submissionQuery }) query: SubmissionQuery,
    @User() user: CurrentUser,
  ): Promise<{ items: SubmissionSummary[]; nextCursor?: string }> {
    const after = query.cursor === undefined ? undefined : parseSubmissionPosition(query.cursor);
    if (query.cursor !== undefined && !after)
      throw new ProblemError('invalid-request', 'cursor: not one that an earlier page named');
    const page = await this.store.list({
      userId: user.id,
      limit: query.limit,
      ...(query.exercise === undefined ? {} : { exerciseId: query.exercise }),
      ...(after ? { after } : {}),
    });
    return {
      items: page.items.map(submissionSummaryView),
      ...(page.next ? { nextCursor: formatSubmissionPosition(page.next) } : {}),
    };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One submission, with its result once graded' })
  @ApiOkResponse({ standardSchema: submissionViewSchema })
  @ApiProblems('invalid-request', 'not-found')
  async one(@Param('id', { schema: submissionId }) id: string, @User() user: CurrentUser): Promise<SubmissionView> {
    return submissionView(await this.owned(id, user));
  }

  @Get(':id/instance')
  @ApiOperation({
    summary: 'The task that a submission answers, in the version to which it is pinned',
    description: 'Also when a newer version is served by now, or the exercise is not served any more.',
  })
  @ApiOkResponse({ standardSchema: instanceView })
  @ApiProblems('invalid-request', 'not-found')
  async instance(@Param('id', { schema: submissionId }) id: string, @User() user: CurrentUser): Promise<InstanceView> {
    const { exerciseDigest, variant, seed } = await this.owned(id, user);
    return instanceViewOf(await this.prepared.get(exerciseDigest), variant, seed);
  }

  @Sse(':id/events')
  @ApiOperation({
    summary: 'Status changes as server-sent events; the stream ends when the submission is graded or faulted',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ standardSchema: submissionEvent })
  @ApiProblems('not-found', 'unavailable')
  async follow(
    @Param('id', { schema: submissionId }) id: string,
    @User() user: CurrentUser,
  ): Promise<Observable<StatusMessage>> {
    return (await statusStream(this, id, user.id)) ?? notFound(id);
  }

  @Post(':id/retry')
  @HttpCode(202)
  @SubmissionRate()
  @ApiOperation({ summary: 'Have a submission graded that the platform failed at; it counts as no attempt until then' })
  @ApiResponse({ status: 202, standardSchema: acceptedSubmission })
  @ApiProblems('invalid-request', 'not-found', 'conflict')
  async retry(
    @Param('id', { schema: submissionId }) id: string,
    @User() user: CurrentUser,
  ): Promise<AcceptedSubmission> {
    await this.owned(id, user);
    const outcome = await this.recovery.retry(id);
    if (outcome === 'alreadyGraded') {
      throw new ProblemError('conflict', 'This submission is graded, for good. Submit again for another attempt.');
    }
    return acceptedView(await this.owned(id, user));
  }

  private async sandboxContent(
    id: string,
    { exercise: exerciseId, variant }: CreateSubmission,
    user: CurrentUser,
  ): Promise<SubmissionContent> {
    const outcome = await this.sandboxes.submission(await ownSandbox(this.sandboxes, id, user), {
      exerciseId,
      variant,
    });
    switch (outcome.kind) {
      case 'content':
        return outcome.content;
      case 'otherExercise':
        throw new ProblemError(
          'conflict',
          `Sandbox ${id} was not opened for ${exerciseId}/${variant}: open one that is.`,
        );
      case 'outdated':
        throw new ProblemError('conflict', 'The exercise has changed since this sandbox was opened: open another one.');
    }
  }

  private async owned(id: string, user: CurrentUser): Promise<Submission> {
    const submission = await this.store.find(id);
    return submission?.userId === user.id ? submission : notFound(id);
  }
}

function notFound(id: string): never {
  throw new ProblemError('not-found', `There is no submission ${id} of yours.`);
}

function checkedKey(key: string): string {
  const parsed = idempotencyKey.safeParse(key);
  if (!parsed.success)
    throw new ProblemError('invalid-request', `Idempotency-Key: ${parsed.error.issues[0]?.message ?? 'not usable'}`);
  return parsed.data;
}

function contentOf({ files, commands, answers }: CreateSubmission): SubmissionContent {
  if (files) return { kind: 'files', files };
  if (commands !== undefined)
    return { kind: 'commands', commands: typeof commands === 'string' ? [commands] : commands };
  return { kind: 'answers', answers: answers ?? {} };
}

function acceptedSubmissionOf(outcome: SubmitOutcome, { exercise, variant }: CreateSubmission): Submission {
  switch (outcome.kind) {
    case 'accepted':
    case 'existing':
      return outcome.submission;
    case 'unknownExercise':
      throw new ProblemError('not-found', `There is no exercise "${exercise}". GET /api/v1/exercises lists them.`);
    case 'unknownVariant':
      throw new ProblemError(
        'not-found',
        `Exercise "${exercise}" has no variant "${variant}". GET /api/v1/exercises/${exercise} lists them.`,
      );
    case 'invalidContent':
      throw new ProblemError('invalid-request', outcome.problems.join('; '));
    case 'keyReused':
      throw new ProblemError(
        'idempotency-key-reused',
        'This Idempotency-Key has made another submission before. Use a new key for a new submission.',
      );
  }
}
