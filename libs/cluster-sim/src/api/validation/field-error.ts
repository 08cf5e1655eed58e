import { goJson, goQuote, GoValue } from './go-quote.ts';
import type { Path } from './path.ts';

/** Reasons of status causes: apimachinery/pkg/util/validation/field/errors.go. */
export type FieldErrorType =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooShort'
  | 'FieldValueTooMany'
  | 'FieldValueTooFew'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

/** One thing that is wrong with one field. */
export interface FieldError {
  readonly type: FieldErrorType;
  readonly field: string;
  /** What Status causes say: the type, the value where it is shown, and the detail. */
  readonly body: string;
}

const titles: Readonly<Record<FieldErrorType, string>> = {
  FieldValueNotFound: 'Not found',
  FieldValueRequired: 'Required value',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueInvalid: 'Invalid value',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueForbidden: 'Forbidden',
  FieldValueTooLong: 'Too long',
  FieldValueTooShort: 'Too short',
  FieldValueTooMany: 'Too many',
  FieldValueTooFew: 'Too few',
  FieldValueTypeInvalid: 'Invalid value',
  InternalError: 'Internal error',
};

function withoutValue(type: FieldErrorType, field: Path, detail: string): FieldError {
  return { type, field: field.toString(), body: detail === '' ? titles[type] : `${titles[type]}: ${detail}` };
}

function shownValue(value: unknown): string {
  if (typeof value === 'string') return goQuote(value);
  return value instanceof GoValue ? value.text : goJson(value);
}

function withValue(type: FieldErrorType, field: Path, value: unknown, detail: string): FieldError {
  const shown = `${titles[type]}: ${shownValue(value)}`;
  return { type, field: field.toString(), body: detail === '' ? shown : `${shown}: ${detail}` };
}

export function required(field: Path, detail = ''): FieldError {
  return withoutValue('FieldValueRequired', field, detail);
}

export function forbidden(field: Path, detail = ''): FieldError {
  return withoutValue('FieldValueForbidden', field, detail);
}

export function invalid(field: Path, value: unknown, detail: string): FieldError {
  return withValue('FieldValueInvalid', field, value, detail);
}

/** field.OmitValueType: the value is not shown. */
export function invalidHidden(field: Path, detail: string): FieldError {
  return withoutValue('FieldValueInvalid', field, detail);
}

export function duplicate(field: Path, value: unknown): FieldError {
  return withValue('FieldValueDuplicate', field, value, '');
}

export function notFound(field: Path, value: unknown): FieldError {
  return withValue('FieldValueNotFound', field, value, '');
}

/** A value of a Go type of its own, or behind a pointer: ErrorBody shows it as JSON, which escapes more than %q does. */
export function shownNamed(value: string): GoValue {
  return new GoValue(goJson(value));
}

/**
 * The supported values are listed as they are given; most callers in Kubernetes sort them. Nearly all values that have to be one of
 * a list are of a type of their own; for those few that are plain strings there is `notSupportedText`.
 */
export function notSupported(field: Path, value: unknown, supported: readonly string[]): FieldError {
  return notSupportedText(field, typeof value === 'string' ? shownNamed(value) : value, supported);
}

export function notSupportedText(field: Path, value: unknown, supported: readonly string[]): FieldError {
  const detail = supported.length === 0 ? '' : `supported values: ${supported.map(goQuote).join(', ')}`;
  return withValue('FieldValueNotSupported', field, value, detail);
}

/** `maxLength` in bytes. */
export function tooLong(field: Path, maxLength: number): FieldError {
  return withoutValue(
    'FieldValueTooLong',
    field,
    `may not be more than ${maxLength} ${maxLength === 1 ? 'byte' : 'bytes'}`,
  );
}

export function tooLongCharacters(field: Path, maxLength: number): FieldError {
  const unit = maxLength === 1 ? 'character' : 'characters';
  return withoutValue('FieldValueTooLong', field, `may not be more than ${maxLength} ${unit}`);
}

export function tooMany(field: Path, actual: number, max: number): FieldError {
  return withValue('FieldValueTooMany', field, actual, `must have at most ${max} ${max === 1 ? 'item' : 'items'}`);
}

export function internalError(field: Path, detail: string): FieldError {
  return withoutValue('InternalError', field, detail);
}
