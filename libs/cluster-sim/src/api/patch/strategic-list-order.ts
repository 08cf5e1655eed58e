import type { Json } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';

/** What an element is known by: its merge key's value, or the scalar itself where the key is ''. */
export function identity(element: Json, mergeKey: string): Json | undefined {
  if (mergeKey === '') return element;
  return isJsonObject(element) && Object.hasOwn(element, mergeKey) ? element[mergeKey] : undefined;
}

/** Identity -> position of its first occurrence. */
export function positions(list: readonly Json[], mergeKey: string): ReadonlyMap<Json | undefined, number> {
  const found = new Map<Json | undefined, number>();
  for (const [position, element] of list.entries()) {
    const known = identity(element, mergeKey);
    if (!found.has(known)) found.set(known, position);
  }
  return found;
}

/**
 * As normalizeElementOrder: what the patch has in the order of the patch, what only the server has in the order of the server,
 * and server-only elements in front of the first patch element that followed them on the server.
 */
export function normalizeOrder(
  fromPatch: readonly Json[],
  serverOnly: readonly Json[],
  patchOrder: readonly Json[],
  serverOrder: readonly Json[],
  mergeKey: string,
): readonly Json[] {
  const onServer = positions(serverOrder, mergeKey);
  const right = sortByPosition(fromPatch, positions(patchOrder, mergeKey), mergeKey);
  const left = sortByPosition(serverOnly, onServer, mergeKey);
  const merged: Json[] = [];
  let next = 0;
  for (const element of right) {
    const place = onServer.get(identity(element, mergeKey));
    while (place !== undefined && next < left.length && comesBefore(left[next], place, onServer, mergeKey)) {
      merged.push(left[next] as Json);
      next += 1;
    }
    merged.push(element);
  }
  return [...merged, ...left.slice(next)];
}

function comesBefore(
  element: Json | undefined,
  place: number,
  order: ReadonlyMap<Json | undefined, number>,
  mergeKey: string,
): boolean {
  const own = element === undefined ? undefined : order.get(identity(element, mergeKey));
  return own !== undefined && own < place;
}

/**
 * As sort.SliceStable with the comparison of normalizeSliceOrder, by which an element without a place precedes its neighbour:
 * an insertion sort, so that such elements land where Go puts them.
 */
export function sortByPosition(
  list: readonly Json[],
  order: ReadonlyMap<Json | undefined, number>,
  mergeKey: string,
): readonly Json[] {
  const placed = list.map((element) => ({ element, place: order.get(identity(element, mergeKey)) }));
  for (let index = 1; index < placed.length; index += 1) {
    for (let slot = index; slot > 0; slot -= 1) {
      const [before, moving] = [placed[slot - 1], placed[slot]];
      if (!before || !moving) break;
      if (moving.place !== undefined && before.place !== undefined && moving.place >= before.place) break;
      placed[slot - 1] = moving;
      placed[slot] = before;
    }
  }
  return placed.map(({ element }) => element);
}
