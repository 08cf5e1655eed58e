import type { Json } from '@kubedrill/kube-model';
import type { ListSchema, Schema } from '../schema/schema.ts';
import { memberSchema } from './field-set.ts';
import { knownElement, listKeys, type ListKeys } from './list-element.ts';
import type { PathElement } from './path-element.ts';
import { encodeElement, field } from './path-element.ts';
import { isAtomic, isEmpty, itemsOf, member, membersOf, namesOf } from './typed-value.ts';

/**
 * A live value with a configuration on top: structured-merge-diff/typed/merge.go. Nothing goes away; what both have is taken from
 * the configuration, and lists are in its order where it says anything about them.
 */
export function merge(schema: Schema, live: Json | undefined, configuration: Json | undefined): Json | undefined {
  if (configuration === undefined) return live;
  if (live === undefined || isAtomic(schema) || (isEmpty(live) && isEmpty(configuration))) return configuration;
  if (schema.type === 'list') return mergeLists(schema, itemsOf(live), itemsOf(configuration));
  const [lefts, rights] = [membersOf(live), membersOf(configuration)];
  const names = [...new Set([...namesOf(lefts), ...namesOf(rights)])];
  const merged = names.flatMap((name): [string, Json][] => {
    const below = memberSchema(schema, field(name));
    const value = below && merge(below, member(lefts, name), member(rights, name));
    return value === undefined ? [] : [[name, value]];
  });
  return merged.length === 0 ? undefined : Object.fromEntries(merged);
}

interface Item {
  readonly text: string;
  readonly element: PathElement;
  readonly value: Json;
}

function indexed(keys: ListKeys, items: readonly Json[]): readonly Item[] {
  return items.map((value) => {
    const element = knownElement(keys, value);
    return { text: encodeElement(element), element, value };
  });
}

function mergeLists(schema: ListSchema, live: readonly Json[], configuration: readonly Json[]): Json | undefined {
  const keys = listKeys(schema);
  if (!keys) return configuration;
  const merged = new ListMerge(schema, indexed(keys, live), indexed(keys, configuration)).run();
  return merged.length === 0 ? undefined : merged;
}

/** Walks both lists at once: elements of one side keep their place between the elements that both sides have. */
class ListMerge {
  private readonly schema: ListSchema;
  private readonly left: readonly Item[];
  private readonly right: readonly Item[];
  private readonly leftValues: ReadonlyMap<string, Json>;
  private readonly rightTexts: ReadonlySet<string>;
  /** Texts of the elements that both have, in the configuration's order; the first is the one to come next. */
  private readonly shared: string[];
  private readonly taken = new Set<string>();
  private readonly out: Json[] = [];

  constructor(schema: ListSchema, left: readonly Item[], right: readonly Item[]) {
    this.schema = schema;
    this.left = left;
    this.right = right;
    const values = new Map<string, Json>();
    // Of elements that share a key none is merged with the configuration's.
    for (const { text, value } of left) values.set(text, values.has(text) ? null : value);
    this.leftValues = values;
    this.rightTexts = new Set(right.map(({ text }) => text));
    this.shared = right.map(({ text }) => text).filter((text) => values.has(text));
  }

  run(): readonly Json[] {
    let [leftIndex, rightIndex] = [0, 0];
    while (leftIndex < this.left.length || rightIndex < this.right.length) {
      const left = this.left[leftIndex];
      const right = this.right[rightIndex];
      if (left && right && left.text === right.text) {
        this.take(right);
        this.shared.shift();
        leftIndex += 1;
        rightIndex += 1;
        continue;
      }
      if (left && right && this.comesLater(left)) {
        leftIndex += 1;
        continue;
      }
      if (left && !this.rightTexts.has(left.text)) {
        this.out.push(left.value);
        leftIndex += 1;
        continue;
      }
      if (left && this.taken.has(left.text)) leftIndex += 1;
      if (right) {
        this.take(right);
        if (this.shared[0] === right.text) this.shared.shift();
        rightIndex += 1;
      }
    }
    return this.out;
  }

  /** Both have it, but another shared element comes before it. */
  private comesLater(item: Item): boolean {
    const [next] = this.shared;
    return this.rightTexts.has(item.text) && next !== undefined && next !== item.text;
  }

  private take(right: Item): void {
    this.taken.add(right.text);
    const merged = merge(this.schema.items, this.leftValues.get(right.text), right.value);
    if (merged !== undefined) this.out.push(merged);
  }
}
