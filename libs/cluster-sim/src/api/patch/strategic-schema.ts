import type { Schema } from '../schema/schema.ts';
import { raw } from '../schema/schema.ts';

/** The schema of a member, or the text of the error where the Go struct has no such field (forked json LookupPatchMetadataForStruct). */
export function memberSchema(schema: Schema | undefined, field: string): Schema | string {
  if (schema?.type === 'map') return schema.values;
  if (schema?.type !== 'object') return raw;
  const member = Object.hasOwn(schema.fields, field) ? schema.fields[field] : undefined;
  return member ?? `unable to find api field in struct ${schema.goType} for the json field ${JSON.stringify(field)}`;
}

/** The key by which elements are merged, '' for scalars as a set, undefined where the list is replaced as a whole. */
export function mergeKeyOf(schema: Schema): string | undefined {
  return schema.type === 'list' ? schema.patchMergeKey : undefined;
}

export function itemsOf(schema: Schema): Schema {
  return schema.type === 'list' ? schema.items : raw;
}

export function retainsKeys(schema: Schema): boolean {
  return schema.type === 'object' && schema.retainKeys === true;
}

export function isReplaced(schema: Schema): boolean {
  return schema.type === 'object' && schema.replaced === true;
}
