import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { Schema } from '../schema/schema.ts';
import { goText, goType } from '../go-text.ts';
import { unclassified, unprocessable } from './patch-result.ts';
import * as directive from './strategic-directives.ts';
import { identity, normalizeOrder, positions } from './strategic-list-order.ts';
import type { StrategicMerge } from './strategic-merge.ts';
import { itemsOf, mergeKeyOf } from './strategic-schema.ts';

/** Both sides have the list. `deletes`: the patch is a $deleteFromPrimitiveList. */
export function mergeLists(
  merge: StrategicMerge,
  current: readonly Json[],
  patch: readonly Json[],
  schema: Schema,
  deletes: boolean,
): readonly Json[] {
  const mergeKey = mergeKeyOf(schema);
  if (mergeKey === undefined && !deletes) return patch;
  if (current.length === 0 && patch.length === 0) return current;
  if (!haveOneType(merge, [current, patch])) return current;
  if (!isJsonObject(current[0] ?? patch[0])) return mergeScalars(current, patch, deletes);
  if (mergeKey === undefined || mergeKey === '') {
    merge.fail(
      unclassified(
        `cannot merge lists without merge key for ${itemsOf(schema).type === 'object' ? 'struct' : itemsOf(schema).type}`,
      ),
    );
    return current;
  }
  return mergeObjectLists(
    merge,
    current as readonly JsonObject[],
    patch as readonly JsonObject[],
    mergeKey,
    itemsOf(schema),
  );
}

function mergeScalars(current: readonly Json[], patch: readonly Json[], deletes: boolean): readonly Json[] {
  const inPatch = new Set(patch);
  if (deletes) return current.filter((element) => !inPatch.has(element));
  const serverOnly = [...new Set(current)].filter((element) => !inPatch.has(element));
  return normalizeOrder([...inPatch], serverOnly, patch, current, '');
}

function mergeObjectLists(
  merge: StrategicMerge,
  current: readonly JsonObject[],
  patch: readonly JsonObject[],
  mergeKey: string,
  items: Schema,
): readonly Json[] {
  const plain = patch.filter((element) => !directive.isMarked(element));
  const server = remainingElements(merge, current, patch, mergeKey);
  const merged: JsonObject[] = [...server];
  const places = new Map(positions(server, mergeKey));
  for (const element of plain) {
    const known = identity(element, mergeKey);
    if (known === undefined) {
      merge.fail(unclassified(`map: ${goText(element)} does not contain declared merge key: ${mergeKey}`));
      return current;
    }
    const place = places.get(known);
    const base = place === undefined ? undefined : merged[place];
    if (place === undefined || base === undefined) {
      places.set(known, merged.length);
      merged.push(element);
    } else merged[place] = merge.objects(base, element, items);
  }
  const inPatch = positions(plain, mergeKey);
  return partitionAndOrder(
    merge,
    merged,
    (element) => inPatch.has(identity(element, mergeKey)),
    plain,
    server,
    mergeKey,
  );
}

/** mergeSliceWithSpecialElements: carries out $patch: delete and $patch: replace. */
function remainingElements(
  merge: StrategicMerge,
  current: readonly JsonObject[],
  patch: readonly JsonObject[],
  mergeKey: string,
): readonly JsonObject[] {
  const deleted = new Set<Json>();
  let replaced = false;
  for (const element of patch) {
    if (!directive.isMarked(element)) continue;
    const mark = element[directive.marker];
    const known = identity(element, mergeKey);
    if (mark === 'replace') replaced = true;
    else if (mark === 'merge') merge.fail(unclassified('merging lists cannot yet be specified in the patch'));
    else if (mark !== 'delete')
      merge.fail(unclassified(`unknown patch type: ${goText(mark)} in map: ${goText(element)}`));
    else if (known === undefined)
      merge.fail(unclassified(`map: ${goText(element)} does not contain declared merge key: ${mergeKey}`));
    else deleted.add(known);
  }
  if (replaced) return [];
  return deleted.size === 0 ? current : current.filter((element) => !deleted.has(identity(element, mergeKey) ?? null));
}

/** mergePatchIntoOriginal for one list: merges and then orders by the $setElementOrder. undefined: there is no such list. */
export function orderBySetElementOrder(
  merge: StrategicMerge,
  current: readonly Json[] | undefined,
  patch: readonly Json[] | undefined,
  order: readonly Json[],
  schema: Schema,
): readonly Json[] | undefined {
  const mergeKey = mergeKeyOf(schema) ?? '';
  if (!agreesWithOrder(merge, patch ?? [], order, mergeKey)) return undefined;
  const merged = mergeOptional(merge, current, patch, schema);
  if (merged === undefined || merge.failure) return undefined;
  if (!haveOneType(merge, [current ?? [], patch ?? []])) return undefined;
  const inOrder = positions(order, mergeKey);
  return partitionAndOrder(
    merge,
    merged,
    (element) => inOrder.has(identity(element, mergeKey)),
    order,
    current ?? [],
    mergeKey,
  );
}

function mergeOptional(
  merge: StrategicMerge,
  current: readonly Json[] | undefined,
  patch: readonly Json[] | undefined,
  schema: Schema,
): readonly Json[] | undefined {
  if (patch === undefined) return current;
  if (current === undefined) return directive.withoutDirectives(patch) as readonly Json[];
  return mergeLists(merge, current, patch, schema, false);
}

/** validatePatchWithSetOrderList: the patch's elements have to appear in the order list, in the same order. */
function agreesWithOrder(
  merge: StrategicMerge,
  patch: readonly Json[],
  order: readonly Json[],
  mergeKey: string,
): boolean {
  if (patch.length === 0 || order.length === 0) return true;
  const named = patch.filter((element) => !directive.isMarked(element));
  let next = 0;
  for (const element of order) {
    const expected = named[next];
    if (expected === undefined) break;
    for (const side of [expected, element]) if (!hasMergeKey(merge, side, mergeKey)) return false;
    if (identity(expected, mergeKey) === identity(element, mergeKey)) next += 1;
  }
  if (next === named.length) return true;
  merge.fail(
    unclassified(
      `The order in patch list:\n${goText(patch)}\n doesn't match ${directive.setElementOrder} list:\n${goText(order)}\n`,
    ),
  );
  return false;
}

function partitionAndOrder(
  merge: StrategicMerge,
  merged: readonly Json[],
  isFromPatch: (element: Json) => boolean,
  patchOrder: readonly Json[],
  serverOrder: readonly Json[],
  mergeKey: string,
): readonly Json[] {
  if (mergeKey !== '') {
    for (const list of [merged, patchOrder, serverOrder]) {
      if (!list.every((element) => hasMergeKey(merge, element, mergeKey))) return merged;
    }
  }
  const fromPatch = merged.filter(isFromPatch);
  const serverOnly = merged.filter((element) => !isFromPatch(element));
  return normalizeOrder(deletionsLast(fromPatch), deletionsLast(serverOnly), patchOrder, serverOrder, mergeKey);
}

/** When two patches are combined, the deletions of the first stand behind its other elements. */
function deletionsLast(list: readonly Json[]): readonly Json[] {
  return list.some(directive.isDeletion)
    ? [...list.filter((element) => !directive.isDeletion(element)), ...list.filter(directive.isDeletion)]
    : list;
}

function hasMergeKey(merge: StrategicMerge, element: Json, mergeKey: string): boolean {
  if (mergeKey === '') return true;
  if (!isJsonObject(element))
    merge.fail(unclassified(`expected a map[string]interface {}, but received a ${goType(element)}`));
  else if (!Object.hasOwn(element, mergeKey)) {
    merge.fail(unclassified(`map: ${goText(element)} does not contain declared merge key: ${mergeKey}`));
  } else return true;
  return false;
}

/** sliceElementType: all elements of both lists are of one Go type, and none is a list. */
function haveOneType(merge: StrategicMerge, lists: readonly (readonly Json[])[]): boolean {
  let type: string | undefined;
  for (const element of lists.flat(1)) {
    type ??= goType(element);
    if (Array.isArray(element)) merge.fail(unprocessable);
    else if (goType(element) !== type)
      merge.fail(unclassified(`list element types are not identical: ${goText(lists)}`));
    if (merge.failure) return false;
  }
  if (type !== undefined) return true;
  merge.fail(unclassified('no elements in any of the given slices'));
  return false;
}
