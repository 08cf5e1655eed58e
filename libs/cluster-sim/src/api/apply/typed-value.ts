import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import { string, type ObjectSchema, type Schema } from '../schema/schema.ts';
import { listKeys } from './list-element.ts';

/** Values seen as server-side apply sees them: what is one value, and what consists of fields with owners of their own. */

const documents = new WeakMap<ObjectSchema, ObjectSchema>();

/** The schema of a whole object: kind and apiVersion are fields of it as others. */
export function documentSchema(schema: ObjectSchema): ObjectSchema {
  let document = documents.get(schema);
  if (!document) {
    document = { ...schema, fields: { apiVersion: string, kind: string, ...schema.fields } };
    documents.set(schema, document);
  }
  return document;
}

/** Whether a value of the schema has one owner as a whole: scalars, atomic structs and maps, atomic lists. */
export function isAtomic(schema: Schema): boolean {
  switch (schema.type) {
    case 'object':
    case 'map':
      return schema.atomic === true;
    case 'list':
      return listKeys(schema) === undefined;
    default:
      return true;
  }
}

/** Absent, null, or without content. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.values(value).every((member) => member === undefined);
}

export function membersOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

export function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Names of the members that are there. */
export function namesOf(value: JsonObject): readonly string[] {
  return Object.keys(value).filter((name) => value[name] !== undefined);
}

export function member(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
