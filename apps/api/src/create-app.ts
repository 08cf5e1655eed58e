import { createServer, type RequestListener, type Server } from 'node:http';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Logger as PinoLogger } from 'nestjs-pino';
import { submissionBounds } from '@kubedrill/contracts';
import { SandboxGateway } from '@kubedrill/sandbox';
import { AppModule } from './app.module.ts';
import type { ApiConfig } from './config.ts';
import { serveOpenApi } from './http/openapi.ts';
import { ProblemFilter } from './http/problem-filter.ts';
import { requestValidation } from './http/request-validation.ts';
import type { Metrics } from './metrics/metrics.ts';
import { isYaml } from './submissions/uploaded-submission.ts';
import type { Platform } from './wiring/platform.ts';
import { sessionSecret } from './wiring/session-secret.ts';

/** JSON escapes can triple the length of a text; beyond this a body is refused unread. */
const bodyLimit = 3 * submissionBounds.totalLength;

/** The HTTP application over a running platform; not listening yet. */
export async function createApp(config: ApiConfig, platform: Platform): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    serverFactory: (handler: RequestListener) => serverBehind(platform.learnerSandboxes.gateway, handler),
  });
  const fastify: FastifyInstance = adapter.getInstance();
  addYamlParser(fastify);
  addMetrics(fastify, platform.metrics);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(config, platform), adapter, {
    bufferLogs: true,
  });
  app.useLogger(app.get(PinoLogger));
  await app.register(cookie, { secret: sessionSecret(config.sessionSecret, config.databaseUrl) });
  await app.register(multipart);
  app.setGlobalPrefix('api/v1', { exclude: ['healthz', 'readyz', 'metrics'] });
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(requestValidation());
  serveOpenApi(app);
  return app;
}

/** What is for a sandbox goes to its host before the application sees it (ADR 0012). */
function serverBehind(gateway: SandboxGateway, handler: RequestListener): Server {
  const server = createServer((incoming, outgoing) => {
    if (SandboxGateway.isFor(incoming.url)) gateway.answer(incoming, outgoing);
    else handler(incoming, outgoing);
  });
  server.on('upgrade', (incoming, socket, head) => gateway.upgrade(incoming, socket, head));
  return server;
}

/** JSON, forms and YAML are what routes take; everything else is told so with 415. */
function addYamlParser(fastify: FastifyInstance): void {
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser(
    /^(application|text)\/(x-)?yaml/,
    { parseAs: 'string' },
    (request: FastifyRequest, body, done) => {
      done(null, isYaml(request.headers['content-type']) ? body : undefined);
    },
  );
}

function addMetrics(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
    metrics.observeRequest(
      request.method,
      request.routeOptions.url ?? 'unknown',
      reply.statusCode,
      reply.elapsedTime / 1_000,
    );
    done();
  });
}
