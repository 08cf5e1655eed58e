import type { ResourceInfo } from '@kubedrill/kube-model';
import type { ApiStatus, StatusCause, StatusDetails, StatusReason } from './request.ts';
import type { FieldError } from './validation/field-error.ts';
import { goQuote } from './validation/go-quote.ts';

/** The refusals of the API server: apimachinery/pkg/api/errors/errors.go. Optional parts are left out when empty, as over HTTP. */

export function failure(code: number, reason: StatusReason, message: string, details?: StatusDetails): ApiStatus {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message,
    reason,
    ...(details ? { details } : {}),
    code,
  };
}

/** "deployments.apps" */
function groupResource(info: ResourceInfo): string {
  return info.group === '' ? info.plural : `${info.plural}.${info.group}`;
}

function details(info: ResourceInfo, name: string, kind: string, causes?: readonly StatusCause[]): StatusDetails {
  return {
    ...(name === '' ? {} : { name }),
    ...(info.group === '' ? {} : { group: info.group }),
    kind,
    ...(causes ? { causes } : {}),
  };
}

export function badRequest(message: string): ApiStatus {
  return failure(400, 'BadRequest', message);
}

export function notFound(info: ResourceInfo, name: string): ApiStatus {
  const message = `${groupResource(info)} ${goQuote(name)} not found`;
  return failure(404, 'NotFound', message, details(info, name, info.plural));
}

export function alreadyExists(info: ResourceInfo, name: string): ApiStatus {
  const message = `${groupResource(info)} ${goQuote(name)} already exists`;
  return failure(409, 'AlreadyExists', message, details(info, name, info.plural));
}

export function generatedNameTaken(info: ResourceInfo, name: string): ApiStatus {
  const words = 'already exists, the server was not able to generate a unique name for the object';
  const message = `${groupResource(info)} ${goQuote(name)} ${words}`;
  return failure(409, 'AlreadyExists', message, { ...details(info, name, info.plural), retryAfterSeconds: 1 });
}

export function conflict(info: ResourceInfo, name: string, why: string): ApiStatus {
  const message = `Operation cannot be fulfilled on ${groupResource(info)} ${goQuote(name)}: ${why}`;
  return failure(409, 'Conflict', message, details(info, name, info.plural));
}

export const modified = 'the object has been modified; please apply your changes to the latest version and try again';

export function forbidden(info: ResourceInfo, name: string, why: string, causes?: readonly StatusCause[]): ApiStatus {
  const subject = name === '' ? groupResource(info) : `${groupResource(info)} ${goQuote(name)}`;
  return failure(403, 'Forbidden', `${subject} is forbidden: ${why}`, details(info, name, info.plural, causes));
}

export function internalError(why: string): ApiStatus {
  return failure(500, 'InternalError', `Internal error occurred: ${why}`, { causes: [{ message: why }] });
}

/** Faults that no Invalid is made of: an error without a code or a reason. */
export function unexplained(errors: readonly FieldError[]): ApiStatus {
  return failure(500, '', aggregate(errors));
}

/** `name` is absent where the object has none. */
export function invalid(info: ResourceInfo, name: string | undefined, errors: readonly FieldError[]): ApiStatus {
  return invalidKind(info.kind, info.group, name ?? '', errors);
}

/** Of a kind that need not be one that is stored. */
export function invalidKind(kind: string, group: string, name: string, errors: readonly FieldError[]): ApiStatus {
  const groupKind = group === '' ? kind : `${kind}.${group}`;
  return failure(422, 'Invalid', `${groupKind} ${goQuote(name)} is invalid: ${aggregate(errors)}`, {
    ...(name === '' ? {} : { name }),
    ...(group === '' ? {} : { group }),
    kind,
    causes: causesOf(errors),
  });
}

/** An Invalid without a kind, as patches that cannot be decoded get. */
export function invalidPatch(errors: readonly FieldError[]): ApiStatus {
  return failure(422, 'Invalid', ` "" is invalid: ${aggregate(errors)}`, { causes: causesOf(errors) });
}

function causesOf(errors: readonly FieldError[]): readonly StatusCause[] {
  return errors.map((error) => ({ reason: error.type, message: error.body, field: error.field }));
}

/** ErrorList.ToAggregate: equal texts once, several in brackets. */
function aggregate(errors: readonly FieldError[]): string {
  const texts = [...new Set(errors.map((error) => `${error.field}: ${error.body}`))];
  return texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
}
