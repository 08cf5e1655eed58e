import type { ObjectSchema, Schema } from '@kubedrill/cluster-sim';
import { isJsonObject, kinds, resources, apiVersionOf, type Json, type JsonObject } from '@kubedrill/kube-model';
import type { Draw } from './draw.ts';
import { typedValue } from './typed-value.ts';
import { awkwardTexts, awkwardValues, names } from './words.ts';

/** A document that is not what it should be: so many changes, each in a place of its own choice. */
export function mutated(draw: Draw, document: JsonObject, schema: ObjectSchema, changes: number): Json {
  let result: Json = document;
  for (let change = 0; change < changes; change += 1) {
    if (!isJsonObject(result)) return result;
    result = draw.percent(5) ? ofOtherKind(draw, result) : changedBelow(draw, result, schema, 0);
  }
  return result;
}

function ofOtherKind(draw: Draw, document: JsonObject): JsonObject {
  const info = resources[draw.pick(kinds)];
  return draw.pick<JsonObject>([
    { ...document, kind: info.kind },
    { ...document, kind: info.kind, apiVersion: apiVersionOf(info) },
    { ...document, apiVersion: draw.pick(awkwardValues) },
    { ...document, kind: draw.pick(awkwardValues) },
    { apiVersion: 'v1', kind: 'List', items: [document, draw.pick(awkwardValues)] },
  ]);
}

/** Goes down with a chance that keeps shallow and deep places about equally likely. */
function changedBelow(draw: Draw, value: Json, schema: Schema | undefined, depth: number): Json {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.length === 0 || (depth > 0 && draw.percent(25))) return changed(draw, value, schema);
  const key = draw.pick(keys);
  if (Array.isArray(value))
    return value.map((element: Json, index) =>
      String(index) === key
        ? changedBelow(draw, element, schema?.type === 'list' ? schema.items : undefined, depth + 1)
        : element,
    );
  const members = value as JsonObject;
  // metadata has fields of its own in every kind and would otherwise take a third of all changes.
  if (depth === 0 && draw.percent(30)) return changed(draw, value, schema);
  return withMember(members, key, changedBelow(draw, members[key] ?? null, memberSchema(schema, key), depth + 1));
}

function memberSchema(schema: Schema | undefined, key: string): Schema | undefined {
  if (schema?.type === 'map') return schema.values;
  return schema?.type === 'object' && Object.hasOwn(schema.fields, key) ? schema.fields[key] : undefined;
}

function changed(draw: Draw, value: Json, schema: Schema | undefined): Json {
  if (draw.percent(15)) return draw.pick(awkwardValues);
  if (schema && draw.percent(25)) return typedValue(draw, schema);
  if (Array.isArray(value)) return changedList(draw, value as readonly Json[], schema);
  if (isJsonObject(value)) return changedObject(draw, value, schema);
  return changedScalar(draw, value);
}

function changedScalar(draw: Draw, value: Json): Json {
  if (typeof value === 'string')
    return draw.pick<Json>([
      draw.pick(awkwardTexts),
      `${value}${draw.pick(awkwardTexts)}`,
      draw.pick(names),
      Number(value),
      [value],
      { a: value },
    ]);
  if (typeof value === 'number')
    return draw.pick<Json>([-value, value + 1, value * 1e9, value + 0.5, String(value), [value]]);
  return draw.pick(awkwardValues);
}

function changedList(draw: Draw, value: readonly Json[], schema: Schema | undefined): Json {
  const items = schema?.type === 'list' ? schema.items : undefined;
  switch (draw.between(0, 5)) {
    case 0:
      return [...value, ...value];
    case 1:
      return value.slice(1);
    case 2:
      return [...value, draw.pick(awkwardValues)];
    case 3:
      return [...value, items ? typedValue(draw, items) : null];
    case 4:
      return nested(value, draw.between(1, 700));
    default:
      return Object.fromEntries(value.map((element, index) => [index, element]));
  }
}

function changedObject(draw: Draw, value: JsonObject, schema: Schema | undefined): Json {
  const keys = Object.keys(value);
  const key = keys.length === 0 ? 'a' : draw.pick(keys);
  const fields = schema?.type === 'object' ? Object.entries(schema.fields) : [];
  switch (draw.between(0, 7)) {
    case 0:
      return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    case 1:
      return withMember(value, draw.pick(awkwardTexts), draw.pick(awkwardValues));
    case 2:
      return withMember(value, key.toUpperCase(), value[key] ?? null);
    case 3:
      return withMember(value, key, nested(value[key] ?? null, draw.between(1, 700)));
    case 4:
      return [value];
    default: {
      if (fields.length === 0) return withMember(value, draw.pick(names), draw.pick(awkwardValues));
      const [name, field] = draw.pick(fields);
      return withMember(value, name, typedValue(draw, field));
    }
  }
}

/** Also for the name __proto__, which an object literal would take for its prototype. */
function withMember(value: JsonObject, key: string, member: Json): JsonObject {
  return Object.fromEntries([...Object.entries(value), [key, member]]);
}

function nested(value: Json, levels: number): Json {
  let result = value;
  for (let level = 0; level < levels; level += 1) result = level % 2 === 0 ? [result] : { a: result };
  return result;
}
