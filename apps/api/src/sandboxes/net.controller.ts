import { All, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { HttpRequest, TracedOutcome } from '@kubedrill/cluster-sim';
import { sandboxId } from '@kubedrill/contracts';
import { learnerHost } from '@kubedrill/grader';
import { LearnerSandboxes } from '@kubedrill/submissions';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type CurrentUser, User } from '../auth/current-user.ts';
import { ProblemError } from '../http/problem-error.ts';
import { problemOfOutcome } from './outcome-problem.ts';
import { ownSandbox } from './own-sandbox.ts';

/** "node-1:30080", "203.0.113.1:80" */
const targetPattern = /^([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?):([1-9]\d{0,4})$/;
const highestPort = 65_535;
/** Milliseconds, on the cluster's clock, for which a browser waits. */
const patience = 30_000;
/** They speak of the connection to the platform, or of who asks there. */
const ownHeaders = new Set([
  'authorization',
  'cookie',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
]);
/** What would speak for the platform, in the answer of a page that a learner made. */
const refusedHeaders = new Set(['set-cookie', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);

/** What answers in a sandbox's network, to the learner's own browser and curl: node ports and addresses of load balancers. */
@ApiExcludeController()
@Controller('sandboxes/:id/net')
export class NetController {
  constructor(private readonly sandboxes: LearnerSandboxes) {}

  @All([':target', ':target/*'])
  async carry(
    @Param('id', { schema: sandboxId }) id: string,
    @Param('target') target: string,
    @User() user: CurrentUser,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const sandbox = await ownSandbox(this.sandboxes, id, user);
    const { host, port } = addressOf(target);
    const from = { kind: 'external', name: learnerHost.name } as const;
    const http = requestOf(request, target);
    await this.sandboxes.use(sandbox);
    const traced = await this.sandboxes.connect(sandbox, {
      from,
      host,
      port,
      protocol: 'TCP',
      http,
      timeout: patience,
    });
    answer(reply, traced, target);
  }
}

function addressOf(target: string): { readonly host: string; readonly port: number } {
  const [, host, digits] = targetPattern.exec(target) ?? [];
  const port = Number(digits);
  if (host !== undefined && port <= highestPort) return { host, port };
  throw new ProblemError(
    'invalid-request',
    'After net/ comes <node name or address>:<port>, for example node-1:30080.',
  );
}

function requestOf({ method, url, headers, body }: FastifyRequest, target: string): HttpRequest {
  const from = url.indexOf(target, url.indexOf('/net/')) + target.length;
  const rest = url.slice(from);
  const own = Object.entries(headers).filter(([name]) => !ownHeaders.has(name));
  const text = typeof body === 'string' ? body : body === undefined || body === null ? undefined : JSON.stringify(body);
  return {
    method,
    path: rest.startsWith('/') ? rest : `/${rest}`,
    headers: {
      ...Object.fromEntries(own.map(([name, value]) => [name, [value ?? ''].flat().join(', ')])),
      host: target,
    },
    ...(text === undefined ? {} : { body: text }),
  };
}

function answer(reply: FastifyReply, traced: TracedOutcome, target: string): void {
  const { outcome } = traced;
  if (outcome.kind !== 'delivered' || !outcome.response) throw problemOfOutcome(traced, target);
  const { status, headers, body } = outcome.response;
  for (const [name, value] of Object.entries(headers))
    if (!refusedHeaders.has(name.toLowerCase())) void reply.header(name, value);
  // A page of a sandbox is no page of the platform: its scripts get nothing of the learner's session.
  void reply.header('content-security-policy', 'sandbox').header('cache-control', 'no-store').status(status).send(body);
}
