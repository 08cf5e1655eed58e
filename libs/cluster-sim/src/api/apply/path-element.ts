import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { goJson, goQuote } from '../validation/go-quote.ts';

/**
 * One step from an object to a field of it: structured-merge-diff/fieldpath/element.go. A field's name, an element of a list by
 * its keys (in alphabetical order), or an element of a set by its value.
 */
export type PathElement =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'key'; readonly fields: readonly KeyField[] }
  | { readonly kind: 'value'; readonly value: Json };

export type KeyField = readonly [name: string, value: Json];

export type Path = readonly PathElement[];

export function field(name: string): PathElement {
  return { kind: 'field', name };
}

/** As FieldsV1 writes it; equal elements have equal texts: fieldpath/serialize-pe.go. */
export function encodeElement(element: PathElement): string {
  switch (element.kind) {
    case 'field':
      return `f:${element.name}`;
    case 'key':
      return `k:{${element.fields.map(([name, value]) => `${goJson(name)}:${goJson(value)}`).join(',')}}`;
    case 'value':
      return `v:${goJson(element.value)}`;
  }
}

/** Undefined for a text that is none, and for an index: no list of ours is followed by positions. */
export function decodeElement(text: string): PathElement | undefined {
  if (text.startsWith('f:')) return field(text.slice(2));
  if (!text.startsWith('k:') && !text.startsWith('v:')) return undefined;
  const value = parsed(text.slice(2));
  if (value === undefined) return undefined;
  if (text.startsWith('v:')) return { kind: 'value', value };
  return isJsonObject(value) ? { kind: 'key', fields: sortedFields(value) } : undefined;
}

export function sortedFields(key: JsonObject): readonly KeyField[] {
  return Object.entries(key)
    .flatMap(([name, value]): KeyField[] => (value === undefined ? [] : [[name, value]]))
    .sort(([left], [right]) => (left < right ? -1 : 1));
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** As conflicts and errors print it. */
export function elementText(element: PathElement): string {
  switch (element.kind) {
    case 'field':
      return `.${element.name}`;
    case 'key':
      return `[${element.fields.map(([name, value]) => `${name}=${valueText(value)}`).join(',')}]`;
    case 'value':
      return `[=${valueText(element.value)}]`;
  }
}

export function pathText(path: Path): string {
  return path.map(elementText).join('');
}

function valueText(value: Json): string {
  return typeof value === 'string' ? goQuote(value) : goJson(value);
}

const ranks: Readonly<Record<PathElement['kind'], number>> = { field: 0, key: 1, value: 2 };

/** PathElement.Compare: names first, then keys, then values. */
export function compareElements(left: PathElement, right: PathElement): number {
  if (left.kind === 'field' && right.kind === 'field') return compareTexts(left.name, right.name);
  if (left.kind === 'key' && right.kind === 'key') return compareKeys(left.fields, right.fields);
  if (left.kind === 'value' && right.kind === 'value') return compareValues(left.value, right.value);
  return ranks[left.kind] - ranks[right.kind];
}

function compareKeys(left: readonly KeyField[], right: readonly KeyField[]): number {
  for (const [index, [name, value]] of left.entries()) {
    const other = right[index];
    if (!other) return 1;
    const order = compareTexts(name, other[0]) || compareValues(value, other[1]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** value.Compare for scalars: numbers before texts before booleans. */
function compareValues(left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
  const [leftRank, rightRank] = [valueRank(left), valueRank(right)];
  return leftRank === rightRank ? compareTexts(goJson(left), goJson(right)) : leftRank - rightRank;
}

function valueRank(value: Json): number {
  if (typeof value === 'number') return 0;
  if (typeof value === 'string') return 1;
  return typeof value === 'boolean' ? 2 : 3;
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
