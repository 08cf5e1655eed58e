import type { Json, JsonObject } from '@kubedrill/kube-model';
import type { ObjectSchema, Schema } from './schema.ts';

/** What becomes of fields that are empty or absent when Go writes an object back: see EmptyValue of the schema. */

/** `omitempty` of encoding/json: a field that is empty is not written. */
export function keptWhenEmpty(schema: Schema, value: Json | undefined): Json | undefined {
  if (value === undefined || schema.empty !== undefined) return value;
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
