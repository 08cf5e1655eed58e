import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { ProblemCode } from '@kubedrill/contracts';
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
    void reply.status(document.status).type(problemMediaType).send(document);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

interface Classified {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly errors?: ProblemError['errors'];
}

function classify(error: unknown): Classified {
  if (error instanceof ProblemError) return { code: error.code, detail: error.message, errors: error.errors };
  if (error instanceof HttpException) return { code: codeForStatus(error.getStatus()), detail: error.message };
  if (isFastifyError(error) && error.statusCode !== undefined && error.statusCode < 500) {
    return { code: codeForStatus(error.statusCode), detail: explain(error) };
  }
  return { code: 'internal', detail: undefined };
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && typeof (error as Partial<FastifyError>).code === 'string';
}

/** Fastify's own words where they tell what to do, better ones where they do not. */
function explain(error: FastifyError): string {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return 'The body is larger than this route takes. Send fewer or smaller files.';
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'Send application/json, application/yaml or multipart/form-data, and say so in Content-Type.';
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return 'The body is empty; Content-Type promised JSON.';
    default:
      return error.message;
  }
}
