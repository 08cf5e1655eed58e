import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { Schema } from '../schema/schema.ts';
import { goText, goType } from '../go-text.ts';
import { deepEqual } from './json-value.ts';
import * as directive from './strategic-directives.ts';
import { identity, positions, sortByPosition } from './strategic-list-order.ts';
import { mergeStrategically } from './strategic-merge.ts';
import { isReplaced, itemsOf, memberSchema, mergeKeyOf, retainsKeys } from './strategic-schema.ts';

export type CreatedPatch =
  { readonly ok: true; readonly patch: JsonObject } | { readonly ok: false; readonly message: string };

/**
 * The patch that kubectl apply sends (strategicpatch.CreateThreeWayMergePatch with overwrite): what the new manifest says
 * otherwise than the live object, and deletions of what the last applied manifest had and the new one lacks.
 */
export function createThreeWayPatch(
  lastApplied: JsonObject,
  modified: JsonObject,
  live: JsonObject,
  schema: Schema,
): CreatedPatch {
  const changes = new StrategicDiff({ additions: true, deletions: false });
  const delta = changes.objects(live, modified, schema, false);
  const removals = new StrategicDiff({ additions: false, deletions: true });
  const deletions = removals.objects(lastApplied, modified, schema, false);
  const failure = changes.failure ?? removals.failure;
  if (failure !== undefined) return { ok: false, message: failure };
  return combined(mergeStrategically(deletions, delta, schema, 'combine'));
}

/** The patch that makes `modified` of `original` (strategicpatch.CreateTwoWayMergePatch), as kubectl edit and set send it. */
export function createTwoWayPatch(original: JsonObject, modified: JsonObject, schema: Schema): CreatedPatch {
  const diff = new StrategicDiff({ additions: true, deletions: true });
  const patch = diff.objects(original, modified, schema, false);
  return diff.failure === undefined ? { ok: true, patch } : { ok: false, message: diff.failure };
}

function combined(result: ReturnType<typeof mergeStrategically>): CreatedPatch {
  if (!result.ok) return { ok: false, message: result.message };
  return { ok: true, patch: result.value as JsonObject };
}

interface Wanted {
  readonly additions: boolean;
  readonly deletions: boolean;
}

interface ListDiff {
  readonly patch: readonly Json[];
  readonly deletions: readonly Json[];
  readonly order: readonly Json[];
}

const noDiff: ListDiff = { patch: [], deletions: [], order: [] };

class StrategicDiff {
  failure: string | undefined;
  private readonly wanted: Wanted;

  constructor(wanted: Wanted) {
    this.wanted = wanted;
  }

  objects(original: JsonObject, modified: JsonObject, schema: Schema | undefined, listRetained: boolean): JsonObject {
    const patch = new Map<string, Json>();
    for (const [key, value] of Object.entries(modified)) {
      if (value !== undefined) this.member(patch, key, own(original, key), value, schema);
    }
    const removed = Object.keys(original).filter(
      (key) => own(original, key) !== undefined && own(modified, key) === undefined,
    );
    if (this.wanted.deletions) for (const key of removed) patch.set(key, null);
    if (listRetained) {
      const retained = Object.keys(modified).filter((key) => (own(modified, key) ?? null) !== null);
      const clears = removed.some((key) => own(original, key) !== null);
      if (retained.length > 0 && (patch.size > 0 || clears)) patch.set(directive.retainKeys, retained.sort());
    }
    return Object.fromEntries(patch);
  }

  private member(
    patch: Map<string, Json>,
    key: string,
    original: Json | undefined,
    modified: Json,
    schema: Schema | undefined,
  ): void {
    if (isJsonObject(original) && isJsonObject(modified)) {
      const member = this.lookUp(schema, key, original, modified);
      if (!member) return;
      if (isReplaced(member)) {
        // handleMapDiff does not look whether anything has changed.
        if (this.wanted.additions) patch.set(key, modified);
        return;
      }
      const nested = this.objects(original, modified, member, retainsKeys(member));
      if (Object.keys(nested).length > 0) patch.set(key, nested);
    } else if (Array.isArray(original) && Array.isArray(modified)) {
      const member = this.lookUp(schema, key, original as readonly Json[], modified as readonly Json[]);
      if (member) this.listMember(patch, key, original as readonly Json[], modified as readonly Json[], member);
    } else if (this.wanted.additions && !deepEqual(original, modified)) patch.set(key, modified);
  }

  /** A field that the Go struct lacks is an error only where it differs. */
  private lookUp(schema: Schema | undefined, key: string, original: Json, modified: Json): Schema | undefined {
    const found = memberSchema(schema, key);
    if (typeof found !== 'string') return found;
    if (!deepEqual(original, modified)) this.failure ??= found;
    return undefined;
  }

  private listMember(
    patch: Map<string, Json>,
    key: string,
    original: readonly Json[],
    modified: readonly Json[],
    schema: Schema,
  ): void {
    const mergeKey = mergeKeyOf(schema);
    if (mergeKey === undefined) {
      if (this.wanted.additions && !deepEqual(original, modified)) patch.set(key, modified);
      return;
    }
    const diff = this.lists(original, modified, mergeKey, itemsOf(schema));
    if (diff.patch.length > 0) patch.set(key, diff.patch);
    if (diff.deletions.length > 0) patch.set(`${directive.deleteFromPrimitiveList}/${key}`, diff.deletions);
    if (diff.order.length > 0) patch.set(`${directive.setElementOrder}/${key}`, diff.order);
  }

  private lists(original: readonly Json[], modified: readonly Json[], mergeKey: string, items: Schema): ListDiff {
    if (original.length === 0) return this.wanted.additions ? { ...noDiff, patch: modified } : noDiff;
    const types = new Set([...original, ...modified].map(goType));
    if (types.size > 1) {
      this.failure ??= `list element types are not identical: ${goText([original, modified])}`;
      return noDiff;
    }
    if (types.has('[]interface {}')) {
      this.failure ??= 'lists of lists are not supported';
      return noDiff;
    }
    if (!types.has('map[string]interface {}')) return this.scalarLists(original, modified);
    const unnamed = [...original, ...modified].find((element) => identity(element, mergeKey) === undefined);
    if (unnamed === undefined)
      return this.objectLists(original as readonly JsonObject[], modified as readonly JsonObject[], mergeKey, items);
    this.failure ??= `map: ${goText(unnamed)} does not contain declared merge key: ${mergeKey}`;
    return noDiff;
  }

  private scalarLists(original: readonly Json[], modified: readonly Json[]): ListDiff {
    const [before, after] = [new Set(original), new Set(modified)];
    const added = modified.filter((element) => !before.has(element));
    const deletions = this.wanted.deletions ? [...before].filter((element) => !after.has(element)).sort(byText) : [];
    const ordered = deletions.length > 0 || (this.wanted.additions && !deepEqual(original, modified));
    return { patch: this.wanted.additions ? added : [], deletions, order: ordered ? modified : [] };
  }

  private objectLists(
    original: readonly JsonObject[],
    modified: readonly JsonObject[],
    mergeKey: string,
    items: Schema,
  ): ListDiff {
    const pairs = pairByKey(original, modified, mergeKey);
    const changed: Json[] = [];
    const deletions: Json[] = [];
    for (const [before, after] of pairs) {
      if (before !== undefined && after !== undefined) {
        const nested = this.objects(before, after, items, retainsKeys(items));
        if (Object.keys(nested).length > 0) changed.push({ ...nested, [mergeKey]: after[mergeKey] });
      } else if (after !== undefined) {
        if (this.wanted.additions) changed.push(after);
      } else if (before !== undefined && this.wanted.deletions) {
        deletions.push({ [mergeKey]: before[mergeKey], [directive.marker]: 'delete' });
      }
    }
    const patch = [...sortByPosition(changed, positions(modified, mergeKey), mergeKey), ...deletions];
    const ordered = patch.length > 0 || (this.wanted.additions && !inSameOrder(original, modified, mergeKey));
    return { ...noDiff, patch, order: ordered ? modified.map((element) => ({ [mergeKey]: element[mergeKey] })) : [] };
  }
}

/** Walks both lists in the order of their keys' texts, as diffListsOfMaps does; elements with equal keys meet in that order. */
function pairByKey(
  original: readonly JsonObject[],
  modified: readonly JsonObject[],
  mergeKey: string,
): readonly (readonly [JsonObject | undefined, JsonObject | undefined])[] {
  const [before, after] = [sortedByKey(original, mergeKey), sortedByKey(modified, mergeKey)];
  const pairs: (readonly [JsonObject | undefined, JsonObject | undefined])[] = [];
  for (let left = 0, right = 0; left < before.length || right < after.length;) {
    const [first, second] = [before[left], after[right]];
    const [firstKey, secondKey] = [goText(first?.[mergeKey]), goText(second?.[mergeKey])];
    const takesFirst = first !== undefined && (second === undefined || firstKey <= secondKey);
    const takesSecond = second !== undefined && (first === undefined || secondKey <= firstKey);
    pairs.push([takesFirst ? first : undefined, takesSecond ? second : undefined]);
    if (takesFirst) left += 1;
    if (takesSecond) right += 1;
  }
  return pairs;
}

/** Go's sort.Sort calls equal keys "less", which turns runs of equal keys around. */
function sortedByKey(list: readonly JsonObject[], mergeKey: string): readonly JsonObject[] {
  return list.toReversed().sort((left, right) => byText(left[mergeKey] ?? null, right[mergeKey] ?? null));
}

function byText(left: Json, right: Json): number {
  const [first, second] = [goText(left), goText(right)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

function inSameOrder(original: readonly JsonObject[], modified: readonly JsonObject[], mergeKey: string): boolean {
  return (
    original.length === modified.length &&
    modified.every((element, index) => element[mergeKey] === original[index]?.[mergeKey])
  );
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
