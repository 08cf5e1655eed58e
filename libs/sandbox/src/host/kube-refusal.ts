import type { ServerResponse } from 'node:http';

/** Why a request does not reach its cluster. */
export type Refusal = 'unauthorized' | 'notFound' | 'tooLarge' | 'busy' | 'absent';

const refusals: Readonly<
  Record<Refusal, { readonly code: number; readonly reason: string; readonly message: string }>
> = {
  unauthorized: { code: 401, reason: 'Unauthorized', message: 'Unauthorized' },
  notFound: { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' },
  tooLarge: {
    code: 413,
    reason: 'RequestEntityTooLarge',
    message: 'Request entity too large: limit is 3145728',
  },
  busy: {
    code: 429,
    reason: 'TooManyRequests',
    message: 'this sandbox has used up its share of the platform, please try again later',
  },
  absent: {
    code: 503,
    reason: 'ServiceUnavailable',
    message: 'this sandbox is not to be had at the moment, please try again',
  },
};

/** The Status that kubectl shows: apimachinery/pkg/apis/meta/v1/types.go. `detail` takes the place of the usual words. */
export function refusalDocument(refusal: Refusal, detail?: string): { readonly code: number; readonly text: string } {
  const { code, reason, message } = refusals[refusal];
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure' };
  return { code, text: `${JSON.stringify({ ...status, message: detail ?? message, reason, code })}\n` };
}

export function refuse(outgoing: ServerResponse, refusal: Refusal, retryAfter?: number, detail?: string): void {
  if (outgoing.headersSent) return void outgoing.destroy();
  const { code, text } = refusalDocument(refusal, detail);
  if (retryAfter !== undefined) outgoing.setHeader('retry-after', String(retryAfter));
  outgoing.writeHead(code, { 'content-type': 'application/json' }).end(text);
}
