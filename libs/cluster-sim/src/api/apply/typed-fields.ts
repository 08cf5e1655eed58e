import type { Json } from '@kubedrill/kube-model';
import type { ListSchema, Schema } from '../schema/schema.ts';
import { declared, FieldSet } from './field-set.ts';
import { knownElement, listKeys } from './list-element.ts';
import type { Path } from './path-element.ts';
import { encodeElement, field } from './path-element.ts';
import { isAtomic, isEmpty, itemsOf, membersOf, namesOf } from './typed-value.ts';

/** All fields and elements that a value mentions: structured-merge-diff/typed/tofieldset.go. */
export function fieldsOf(schema: Schema, value: Json): FieldSet {
  const paths: Path[] = [];
  collect(schema, value, [], paths);
  return FieldSet.of(paths);
}

function collect(schema: Schema, value: Json, path: Path, paths: Path[]): void {
  if (isAtomic(schema)) {
    paths.push(path);
    return;
  }
  if (schema.type === 'list') {
    collectItems(schema, itemsOf(value), path, paths);
    return;
  }
  const members = membersOf(value);
  for (const name of namesOf(members)) {
    const content = members[name] ?? null;
    const below = [...path, field(name)];
    const isDeclared = schema.type === 'object' && declared(schema, name) !== undefined;
    const memberSchema = schema.type === 'object' ? declared(schema, name) : memberOfMap(schema);
    if (memberSchema) collect(memberSchema, content, below, paths);
    if (!isDeclared || (isEmpty(content) && !Array.isArray(content))) paths.push(below);
  }
}

function memberOfMap(schema: Schema): Schema | undefined {
  return schema.type === 'map' ? schema.values : undefined;
}

/** Of elements with one key only the key is owned, nothing below it. */
function collectItems(schema: ListSchema, items: readonly Json[], path: Path, paths: Path[]): void {
  const keys = listKeys(schema);
  if (!keys) return;
  const elements = items.map((item) => ({ item, element: knownElement(keys, item) }));
  const counts = new Map<string, number>();
  for (const { element } of elements) {
    const text = encodeElement(element);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  for (const { item, element } of elements) {
    const below = [...path, element];
    paths.push(below);
    if (counts.get(encodeElement(element)) === 1) collect(schema.items, item, below, paths);
  }
}
