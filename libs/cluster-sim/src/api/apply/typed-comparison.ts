import type { Json } from '@kubedrill/kube-model';
import { deepEqual } from '../patch/json-value.ts';
import type { ListSchema, MapSchema, ObjectSchema, Schema } from '../schema/schema.ts';
import { declared, FieldSet } from './field-set.ts';
import { knownElement, listKeys } from './list-element.ts';
import type { Path, PathElement } from './path-element.ts';
import { encodeElement, field } from './path-element.ts';
import { isAtomic, isEmpty, itemsOf, member, membersOf, namesOf } from './typed-value.ts';

/** Which fields one value has that the other has not, and which differ. No field is in two of the sets. */
export interface Comparison {
  readonly removed: FieldSet;
  readonly modified: FieldSet;
  readonly added: FieldSet;
}

/** structured-merge-diff/typed/compare.go. */
export function compare(schema: Schema, left: Json, right: Json): Comparison {
  const found: Found = { removed: [], modified: [], added: [] };
  walk(schema, left, right, [], found);
  return {
    removed: FieldSet.of(found.removed),
    modified: FieldSet.of(found.modified),
    added: FieldSet.of(found.added),
  };
}

interface Found {
  readonly removed: Path[];
  readonly modified: Path[];
  readonly added: Path[];
}

function walk(schema: Schema, left: Json | undefined, right: Json | undefined, path: Path, found: Found): void {
  if (left === right) return;
  if (left === undefined) found.added.push(path);
  else if (right === undefined) found.removed.push(path);
  // Null and empty are told apart as one value; besides them only what is atomic is compared as a whole.
  if (isAtomic(schema) || (isEmpty(left) && isEmpty(right))) {
    if (left !== undefined && right !== undefined && !deepEqual(left, right)) found.modified.push(path);
    return;
  }
  if (schema.type === 'list') walkItems(schema, itemsOf(left), itemsOf(right), path, found);
  else if (schema.type === 'object' || schema.type === 'map') walkMembers(schema, left, right, path, found);
}

function walkMembers(
  schema: ObjectSchema | MapSchema,
  left: Json | undefined,
  right: Json | undefined,
  path: Path,
  found: Found,
): void {
  const [lefts, rights] = [membersOf(left), membersOf(right)];
  for (const name of new Set([...namesOf(lefts), ...namesOf(rights)])) {
    const below = schema.type === 'map' ? schema.values : declared(schema, name);
    if (below) walk(below, member(lefts, name), member(rights, name), [...path, field(name)], found);
  }
}

interface Pair {
  readonly element: PathElement;
  readonly left: Json[];
  readonly right: Json[];
}

/** Elements that share a key count as one value together. */
function walkItems(schema: ListSchema, left: readonly Json[], right: readonly Json[], path: Path, found: Found): void {
  for (const pair of pairs(schema, left, right)) {
    const below = [...path, pair.element];
    const [wasRepeated, isRepeated] = [pair.left.length > 1, pair.right.length > 1];
    if (wasRepeated && isRepeated) {
      if (!deepEqual(pair.left, pair.right)) found.modified.push(below);
    } else if (wasRepeated) {
      if (pair.right.length > 0) walk(schema.items, undefined, pair.right[0], below, found);
      found.removed.push(below);
    } else if (isRepeated) {
      if (pair.left.length > 0) walk(schema.items, pair.left[0], undefined, below, found);
      found.added.push(below);
    } else walk(schema.items, pair.left[0], pair.right[0], below, found);
  }
}

function pairs(schema: ListSchema, left: readonly Json[], right: readonly Json[]): Iterable<Pair> {
  const keys = listKeys(schema);
  const found = new Map<string, Pair>();
  if (!keys) return [];
  for (const side of ['left', 'right'] as const) {
    for (const item of side === 'left' ? left : right) {
      const element = knownElement(keys, item);
      const text = encodeElement(element);
      const pair = found.get(text) ?? { element, left: [], right: [] };
      pair[side].push(item);
      found.set(text, pair);
    }
  }
  return found.values();
}
