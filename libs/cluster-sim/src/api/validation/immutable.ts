import { emptyMap } from '../schema/empty-values.ts';
import type { FieldError } from './field-error.ts';
import { invalid } from './field-error.ts';
import type { Path } from './path.ts';

/** apimachinery ValidateImmutableField. */
export function immutable(value: unknown, old: unknown, at: Path, report: FieldError[]): void {
  if (!semanticallyEqual(value, old)) report.push(invalid(at, value, 'field is immutable'));
}

/** apiequality.Semantic.DeepEqual on JSON values: absent, null and empty lists and maps are the same. */
export function semanticallyEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (isVoid(left) || isVoid(right)) return isVoid(left) && isVoid(right);
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) return listsEqual(left, right);
  for (const key of Object.keys(left)) if (!semanticallyEqual(member(left, key), member(right, key))) return false;
  for (const key of Object.keys(right)) if (!Object.hasOwn(left, key) && !isVoid(member(right, key))) return false;
  return true;
}

function listsEqual(left: object, right: object): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  return left.every((element, index) => semanticallyEqual(element, right[index]));
}

function isVoid(value: unknown): boolean {
  if (value === undefined || value === null || value === emptyMap) return true;
  return Array.isArray(value) && value.length === 0;
}

function member(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as Readonly<Record<string, unknown>>)[key] : undefined;
}
