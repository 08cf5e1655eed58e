import { isJsonObject, type Json } from '@kubedrill/kube-model';
import type { ListSchema } from '../schema/schema.ts';
import { goQuote } from '../validation/go-quote.ts';
import type { KeyField, PathElement } from './path-element.ts';
import { sortedFields } from './path-element.ts';

/** How the elements of a list are told apart; undefined: not at all, the list is one value. */
export type ListKeys =
  | { readonly kind: 'map'; readonly keys: readonly string[]; readonly defaults?: Readonly<Record<string, Json>> }
  | { readonly kind: 'set' };

/** kube-openapi/pkg/schemaconv: without a listType, the key of strategic merge patches decides. */
export function listKeys({ listType, patchMergeKey }: ListSchema): ListKeys | undefined {
  if (listType) return listType.kind === 'atomic' ? undefined : listType;
  if (patchMergeKey === undefined) return undefined;
  return patchMergeKey === '' ? { kind: 'set' } : { kind: 'map', keys: [patchMergeKey] };
}

export type ElementResult =
  { readonly ok: true; readonly element: PathElement } | { readonly ok: false; readonly message: string };

/** structured-merge-diff/typed/helpers.go listItemToPathElement. */
export function listElement(keys: ListKeys, item: Json): ElementResult {
  return keys.kind === 'set' ? setElement(item) : keyedElement(keys, item);
}

function setElement(item: Json): ElementResult {
  if (isJsonObject(item)) return problem("associative list without keys has an element that's a map type");
  if (Array.isArray(item)) return problem('not supported: associative list with lists as elements');
  if (item === null) return problem("associative list without keys has an element that's an explicit null");
  return { ok: true, element: { kind: 'value', value: item } };
}

function keyedElement({ keys, defaults }: Extract<ListKeys, { kind: 'map' }>, item: Json): ElementResult {
  if (item === null) return problem('associative list with keys may not have a null element');
  if (!isJsonObject(item)) return problem('associative list with keys may not have non-map elements');
  const found = keys.flatMap((name): KeyField[] => {
    // A key that is null is there: no default takes its place.
    const value = Object.hasOwn(item, name) ? item[name] : defaults?.[name];
    return value === undefined ? [] : [[name, value]];
  });
  if (found.length > 0) return { ok: true, element: { kind: 'key', fields: sortedFields(Object.fromEntries(found)) } };
  const names = keys.map(goQuote).join(' ');
  return problem(
    `associative list with keys has an element that omits all key fields [${names}] (and doesn't have default values for any key fields)`,
  );
}

function problem(message: string): ElementResult {
  return { ok: false, message };
}

/** The elements of a list that passed validation. */
export function knownElement(keys: ListKeys, item: Json): PathElement {
  const result = listElement(keys, item);
  if (!result.ok) throw new Error(result.message);
  return result.element;
}
