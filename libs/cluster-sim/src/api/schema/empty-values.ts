import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import type { ObjectSchema, Schema } from './schema.ts';

/** What becomes of fields that are empty or absent when Go writes an object back: see EmptyValue of the schema. */

/** A map that was sent without elements: to Go it is a map, and neither nil nor an empty struct. */
export const emptyMap: JsonObject = Object.freeze({});

/** `omitempty` of encoding/json: a field that is empty is not written. */
export function keptWhenEmpty(schema: Schema, value: Json | undefined): Json | undefined {
  if (value === undefined) return value;
  if (schema.empty !== undefined) return schema.empty === 'always' && isStoredAsNil(schema, value) ? null : value;
  switch (schema.type) {
    case 'list':
      return (value as readonly Json[]).length === 0 ? undefined : value;
    case 'map':
      return isEmptyObject(value as JsonObject) ? undefined : value;
    case 'object':
    case 'raw':
    case 'quantity':
    case 'intOrString':
      return value;
    default:
      return value === '' || value === 0 || value === false ? undefined : value;
  }
}

/** Storage writes no difference between an empty list or map and none. */
function isStoredAsNil(schema: Schema, value: Json): boolean {
  if (schema.type === 'list') return Array.isArray(value) && value.length === 0;
  return schema.type === 'map' && isJsonObject(value) && isEmptyObject(value);
}

/** The object as encoding/json writes it: without the lists and maps that have no elements (omitempty). */
export function withoutEmpties(schema: ObjectSchema, value: JsonObject): JsonObject {
  let copy: Record<string, Json> | undefined;
  for (const [name, before] of Object.entries(value)) {
    const member = Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined;
    if (!member || before === undefined) continue;
    const after = keptWhenEmpty(member, withoutInner(member, before));
    if (after === before) continue;
    copy ??= { ...value } as Record<string, Json>;
    if (after === undefined) delete copy[name];
    else copy[name] = after;
  }
  return copy ?? value;
}

function withoutInner(schema: Schema, value: Json): Json {
  if (schema.type === 'object') return isJsonObject(value) ? withoutEmpties(schema, value) : value;
  if (schema.type === 'list')
    return Array.isArray(value) ? sameOr(value as readonly Json[], (item) => withoutInner(schema.items, item)) : value;
  if (schema.type !== 'map' || schema.values.type !== 'object' || !isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [key, withoutInner(schema.values, element ?? null)]),
  );
}

function sameOr(items: readonly Json[], change: (item: Json) => Json): readonly Json[] {
  const changed = items.map(change);
  return changed.some((item, index) => item !== items[index]) ? changed : items;
}

function isEmptyObject(value: JsonObject): boolean {
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}

/** Fields that are written although they are absent, per schema. */
const alwaysWritten = new WeakMap<ObjectSchema, readonly (readonly [string, Json])[]>();

/** The value with the fields that are written even when nobody set them. */
export function withAlways(schema: ObjectSchema, value: JsonObject): JsonObject {
  let copy: Record<string, Json | undefined> | undefined;
  for (const [name, zero] of alwaysOf(schema)) {
    if (value[name] !== undefined) continue;
    copy ??= { ...value };
    copy[name] = zero;
  }
  return copy ?? value;
}

function alwaysOf(schema: ObjectSchema): readonly (readonly [string, Json])[] {
  let found = alwaysWritten.get(schema);
  if (!found) {
    found = Object.entries(schema.fields)
      .filter(([, member]) => member.empty === 'always')
      .map(([name, member]) => [name, zeroOf(member)] as const);
    alwaysWritten.set(schema, found);
  }
  return found;
}

/** What Go writes for a value that was never set. */
export function zeroOf(schema: Schema): Json {
  switch (schema.type) {
    case 'object':
      return zeroObject(schema);
    case 'string':
    case 'bytes':
      return '';
    case 'bool':
      return false;
    case 'int32':
    case 'int64':
    case 'float64':
    case 'intOrString':
      return 0;
    case 'quantity':
      return '0';
    case 'map':
    case 'list':
    case 'time':
    case 'microTime':
    case 'raw':
      return null;
  }
}

export function zeroObject(schema: ObjectSchema): JsonObject {
  return Object.fromEntries(alwaysOf(schema));
}
