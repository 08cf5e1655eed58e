import type { Problem, ProblemCode } from '@kubedrill/contracts';

type ProblemDetail = NonNullable<Problem['errors']>[number];

const kinds: { readonly [C in ProblemCode]: { readonly status: number; readonly title: string } } = {
  'invalid-request': { status: 400, title: 'The request is not right' },
  unauthenticated: { status: 401, title: 'Log in first' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'In conflict with what is there' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'payload-too-large': { status: 413, title: 'Too large' },
  'unsupported-media-type': { status: 415, title: 'Media type not supported' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'bad-gateway': { status: 502, title: 'No answer from the sandbox' },
  'gateway-timeout': { status: 504, title: 'No answer from the sandbox in time' },
  unavailable: { status: 503, title: 'Not available now' },
  internal: { status: 500, title: 'The platform failed' },
};

export function problemKind(code: ProblemCode): { readonly status: number; readonly title: string } {
  return kinds[code];
}

/** Thrown by controllers and guards; ProblemFilter turns it into an RFC 9457 document. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly errors: readonly ProblemDetail[];

  constructor(code: ProblemCode, detail: string, errors: readonly ProblemDetail[] = []) {
    super(detail);
    this.code = code;
    this.errors = errors;
  }
}

/** The document for one failed request. */
export function problemDocument(
  code: ProblemCode,
  detail: string | undefined,
  request: { readonly url: string; readonly id: string },
  errors: readonly ProblemDetail[] = [],
): Problem {
  const { status, title } = kinds[code];
  return {
    type: `/problems/${code}`,
    title,
    status,
    ...(detail === undefined ? {} : { detail: detail.slice(0, maxDetailLength) }),
    instance: request.url.split('?', 1)[0]?.slice(0, maxInstanceLength) ?? '/',
    requestId: request.id,
    ...(errors.length > 0 ? { errors: errors.slice(0, maxErrors) } : {}),
  };
}

const maxDetailLength = 2_000;
const maxInstanceLength = 500;
const maxErrors = 100;

const codesByStatus: ReadonlyMap<number, ProblemCode> = new Map(
  (Object.keys(kinds) as ProblemCode[])
    .filter((code) => code !== 'idempotency-key-reused')
    .map((code) => [kinds[code].status, code]),
);

/** The nearest code for a status that a framework or plugin chose. */
export function codeForStatus(status: number): ProblemCode {
  return codesByStatus.get(status) ?? (status < 500 ? 'invalid-request' : 'internal');
}
