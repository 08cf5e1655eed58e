import type { Json } from '@kubedrill/kube-model';
import type { ListSchema, Schema } from '../schema/schema.ts';
import type { FieldSet } from './field-set.ts';
import { memberSchema } from './field-set.ts';
import { knownElement, listKeys } from './list-element.ts';
import { field } from './path-element.ts';
import { isAtomic, isEmpty, itemsOf, membersOf, namesOf } from './typed-value.ts';

/**
 * The value without the fields and elements of the set: structured-merge-diff/typed/remove.go. A list or map that loses all, and an
 * atomic one of which the set has a part, becomes null.
 */
export function withoutFields(schema: Schema, value: Json, set: FieldSet): Json {
  switch (schema.type) {
    case 'object':
    case 'map': {
      if (isEmpty(value) || isAtomic(schema)) return null;
      const members = membersOf(value);
      const kept = namesOf(members).flatMap((name): [string, Json][] => {
        const element = field(name);
        const { isMember, below } = set.at(element);
        if (isMember) return [];
        const content = members[name] ?? null;
        const contentSchema = below.isEmpty ? undefined : memberSchema(schema, element);
        return [[name, contentSchema ? withoutFields(contentSchema, content, below) : content]];
      });
      return kept.length === 0 ? null : Object.fromEntries(kept);
    }
    case 'list':
      return withoutItems(schema, itemsOf(value), set);
    default:
      return value;
  }
}

function withoutItems(schema: ListSchema, items: readonly Json[], set: FieldSet): Json {
  const keys = listKeys(schema);
  if (!keys) return null;
  const kept = items.flatMap((item): Json[] => {
    const { isMember, below } = set.at(knownElement(keys, item));
    if (isMember) return [];
    return [below.isEmpty ? item : withoutFields(schema.items, item, below)];
  });
  return kept.length === 0 ? null : kept;
}
