import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { ProblemCode } from '@kubedrill/contracts';
import { SandboxUnavailable } from '@kubedrill/submissions';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { codeForStatus, ProblemError, problemDocument } from './problem-error.ts';

export const problemMediaType = 'application/problem+json';

/** The last station of every failed request: whatever was thrown becomes a problem document; bugs are logged, not shown. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { code, detail, errors } = classify(error);
    if (code === 'internal') this.logger.error(textOf(error), `request ${request.id}`);
    if (reply.sent || reply.raw.headersSent) return;
    const document = problemDocument(code, detail, request, errors);
    if (code === 'payload-too-large') keepReading(request, reply);
    void reply.status(document.status).type(problemMediaType).send(document);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Bytes of a refused body that are read and thrown away, so that its sender gets to see the answer. */
const readInVain = 64 * 1024 * 1024;

/** Fastify would close the connection under a client that is still sending, who then sees a reset instead of the answer. */
function keepReading(request: FastifyRequest, reply: FastifyReply): void {
  if (Number(request.headers['content-length'] ?? Infinity) <= readInVain) void reply.removeHeader('connection');
}

interface Classified {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly errors?: ProblemError['errors'];
}

function classify(error: unknown): Classified {
  if (error instanceof ProblemError) return { code: error.code, detail: error.message, errors: error.errors };
  if (error instanceof SandboxUnavailable) return { code: 'unavailable', detail: error.message };
  if (error instanceof HttpException) return explained(error.getStatus(), error.message);
  if (isFastifyError(error) && error.statusCode !== undefined) return explained(error.statusCode, error.message);
  return { code: 'internal', detail: undefined };
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && typeof (error as Partial<FastifyError>).code === 'string';
}

/** The framework's own words where they tell what to do, better ones where they do not; none about our own faults. */
function explained(status: number, message: string): Classified {
  const code = codeForStatus(status);
  switch (code) {
    case 'internal':
      return { code, detail: undefined };
    case 'payload-too-large':
      return { code, detail: 'The body is larger than this route takes. Send fewer or smaller files.' };
    case 'unsupported-media-type':
      return {
        code,
        detail: 'Send application/json, application/yaml or multipart/form-data, and say so in Content-Type.',
      };
    default:
      return { code, detail: message };
  }
}
