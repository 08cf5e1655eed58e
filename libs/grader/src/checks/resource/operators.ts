import { isJsonObject, type Json } from '@kubedrill/kube-model';
import { canonicalJson } from '../../receipt/canonical-json.ts';
import type { ResourceParameters } from './schema.ts';

/** Whether the value (undefined: absent) is as the author demands. */
export function satisfies(parameters: ResourceParameters, value: unknown): boolean {
  const { equals, notEquals, oneOf, contains, matches, atLeast, atMost, count, exists } = parameters;
  if (exists !== undefined) return exists === (value !== undefined);
  if (notEquals !== undefined) return !same(value, notEquals);
  if (value === undefined) return false;
  if (equals !== undefined) return same(value, equals);
  if (oneOf) return oneOf.some((candidate) => same(value, candidate));
  if (contains !== undefined) return includes(value, contains);
  if (matches !== undefined) return typeof value === 'string' && new RegExp(matches, 'u').test(value);
  if (atLeast !== undefined) return typeof value === 'number' && value >= atLeast;
  if (atMost !== undefined) return typeof value === 'number' && value <= atMost;
  return sizeOf(value) === count;
}

function same(value: unknown, wanted: Json): boolean {
  return value !== undefined && canonicalJson(value) === canonicalJson(wanted);
}

/** Objects: every field of the wanted one, to any depth. Lists: an element that holds it. Texts: a part. */
function includes(value: unknown, wanted: Json): boolean {
  if (Array.isArray(value)) return value.some((element: unknown) => includes(element, wanted));
  if (typeof value === 'string' && typeof wanted === 'string') return value.includes(wanted);
  if (isJsonObject(wanted) && isJsonObject(value)) {
    return Object.entries(wanted).every(
      ([key, field]) => Object.hasOwn(value, key) && field !== undefined && covers(value[key], field),
    );
  }
  return same(value, wanted);
}

function covers(value: unknown, wanted: Json): boolean {
  return isJsonObject(wanted) || Array.isArray(value) ? includes(value, wanted) : same(value, wanted);
}

function sizeOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : undefined;
}

export function describeDemand(parameters: ResourceParameters): string {
  const { equals, notEquals, oneOf, contains, matches, atLeast, atMost, count, exists } = parameters;
  if (exists !== undefined) return exists ? 'is there' : 'is not there';
  if (equals !== undefined) return `is ${JSON.stringify(equals)}`;
  if (notEquals !== undefined) return `is not ${JSON.stringify(notEquals)}`;
  if (oneOf) return `is one of ${oneOf.map((candidate) => JSON.stringify(candidate)).join(', ')}`;
  if (contains !== undefined) return `contains ${JSON.stringify(contains)}`;
  if (matches !== undefined) return `matches /${matches}/`;
  if (atLeast !== undefined) return `is at least ${atLeast}`;
  if (atMost !== undefined) return `is at most ${atMost}`;
  return `has ${count ?? 0} elements`;
}
