import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';

/** apimachinery/pkg/util/strategicpatch: what a patch says besides values. */
export const marker = '$patch';
export const retainKeys = '$retainKeys';
export const deleteFromPrimitiveList = '$deleteFromPrimitiveList';
export const setElementOrder = '$setElementOrder';

export function isParallelList(key: string): boolean {
  return key.startsWith(deleteFromPrimitiveList) || key.startsWith(setElementOrder);
}

/** '$setElementOrder/ports' -> 'ports'; undefined where the form is another. */
export function fieldOf(key: string, prefix: string): string | undefined {
  return key.startsWith(`${prefix}/`) ? key.slice(prefix.length + 1) : undefined;
}

export function isMarked(value: Json | undefined): boolean {
  return isJsonObject(value) && Object.hasOwn(value, marker);
}

export function isDeletion(value: Json): boolean {
  return isMarked(value) && (value as JsonObject)[marker] === 'delete';
}

export function withoutMarker(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== marker));
}

/** Without objects that carry a $patch, at any depth; undefined where the value is such an object itself. */
export function withoutDirectives(value: Json): Json | undefined {
  if (Array.isArray(value)) return mapElements(value as readonly Json[], withoutDirectives);
  if (!isJsonObject(value)) return value;
  return isMarked(value) ? undefined : mapMembers(value, withoutDirectives);
}

/** Objects lose their null members, at any depth; null elements of lists stay. */
export function withoutNullMembers(value: Json): Json {
  if (Array.isArray(value)) return mapElements(value as readonly Json[], withoutNullMembers);
  if (!isJsonObject(value)) return value;
  return mapMembers(value, (member) => (member === null ? undefined : withoutNullMembers(member)));
}

/**
 * What is left of a patch that has been applied, which is what a refusal shows: the merge takes out $retainKeys, and every list
 * that came with an order, with that order (mergePatchIntoOriginal).
 */
export function afterMerge(patch: JsonObject): JsonObject {
  const kept = Object.entries(patch).filter(
    ([key]) =>
      key !== retainKeys && !key.startsWith(setElementOrder) && !Object.hasOwn(patch, `${setElementOrder}/${key}`),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, isJsonObject(value) ? afterMerge(value) : value]));
}

/** The same list where no element changes. */
function mapElements(list: readonly Json[], change: (element: Json) => Json | undefined): readonly Json[] {
  const kept: Json[] = [];
  for (const element of list) {
    const changed = change(element);
    if (changed !== undefined) kept.push(changed);
  }
  return kept.length === list.length && kept.every((element, index) => element === list[index]) ? list : kept;
}

/** The same object where no member changes. */
function mapMembers(object: JsonObject, change: (member: Json) => Json | undefined): JsonObject {
  let same = true;
  const members: [string, Json][] = [];
  for (const [key, member] of Object.entries(object)) {
    const changed = member === undefined ? undefined : change(member);
    same &&= changed === member;
    if (changed !== undefined) members.push([key, changed]);
  }
  return same ? object : Object.fromEntries(members);
}
