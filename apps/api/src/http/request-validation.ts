import { StandardSchemaValidationPipe } from '@nestjs/common';
import { ProblemError } from './problem-error.ts';

type Segment = PropertyKey | { readonly key: PropertyKey };

function pointerOf(path: readonly Segment[] | undefined): string {
  const keys = (path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment));
  return keys
    .map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
    .slice(0, 500);
}

/** Checks every parameter that declares a schema; a misfit becomes a problem that lists each fault with its place. */
export function requestValidation(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => {
      const errors = issues.map((issue) => ({ pointer: pointerOf(issue.path), detail: issue.message.slice(0, 1_000) }));
      const first = errors[0];
      const detail =
        first === undefined
          ? 'The request does not have the shape of this route.'
          : `${first.pointer || 'The body'}: ${first.detail}`;
      return new ProblemError('invalid-request', detail, errors);
    },
  });
}
