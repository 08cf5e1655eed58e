import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { Schema } from '../schema/schema.ts';
import { goText, goType, jsonKind } from '../go-text.ts';
import { deepEqual } from './json-value.ts';
import type { PatchFailure, PatchResult } from './patch-result.ts';
import { badRequest, unclassified } from './patch-result.ts';
import * as directive from './strategic-directives.ts';
import { mergeLists, orderBySetElementOrder } from './strategic-list-merge.ts';
import { isReplaced, memberSchema } from './strategic-schema.ts';

/**
 * Strategic merge patch as the API server applies it (apimachinery/pkg/util/strategicpatch StrategicMergeMapPatch): lists
 * with a merge key are merged element by element, $-directives delete, replace and order. Shares with `current` what the
 * patch leaves alone.
 */
export function applyStrategicMergePatch(current: JsonObject, patch: Json, schema: Schema): PatchResult {
  if (patch === null) return { ok: true, value: current };
  if (!isJsonObject(patch))
    return badRequest(`json: cannot unmarshal ${jsonKind(patch)} into Go value of type map[string]interface {}`);
  return mergeStrategically(current, patch, schema, 'apply');
}

/** 'combine' merges two patches into one that still is a patch: nulls and parallel lists stay, as for three-way patches. */
export type MergeMode = 'apply' | 'combine';

export function mergeStrategically(
  current: JsonObject,
  patch: JsonObject,
  schema: Schema,
  mode: MergeMode,
): PatchResult {
  const merge = new StrategicMerge(mode);
  const value = merge.objects(current, patch, schema);
  return merge.failure ?? { ok: true, value };
}

type Draft = Map<string, Json>;

/** One run. The first failure is kept and decides; what is computed after it is thrown away. */
export class StrategicMerge {
  failure: PatchFailure | undefined;
  readonly mode: MergeMode;

  constructor(mode: MergeMode) {
    this.mode = mode;
  }

  fail(failure: PatchFailure): void {
    this.failure ??= failure;
  }

  objects(current: JsonObject, patch: JsonObject, schema: Schema | undefined): JsonObject {
    if (Object.hasOwn(patch, directive.marker)) return this.markedObject(patch);
    const draft = draftOf(current);
    const changes = draftOf(patch);
    this.retainKeys(draft, changes);
    this.orderedLists(draft, changes, schema);
    for (const [key, change] of changes) this.member(draft, key, change, schema);
    return Object.fromEntries(draft);
  }

  private markedObject(patch: JsonObject): JsonObject {
    const mark = patch[directive.marker];
    if (mark === 'delete') return {};
    if (mark === 'replace') return directive.withoutMarker(patch);
    this.fail(unclassified(`unknown patch type: ${goText(mark)} in map: ${goText(patch)}`));
    return patch;
  }

  private retainKeys(draft: Draft, changes: Draft): void {
    const retained = changes.get(directive.retainKeys);
    if (retained === undefined) return;
    changes.delete(directive.retainKeys);
    if (this.mode === 'combine') {
      this.keepEqual(draft, directive.retainKeys, retained, (first) =>
        unclassified(
          `${goText(first)} and ${goText(retained)} are not deep equal: this may happen when calculating the 3-way diff patch`,
        ),
      );
      return;
    }
    if (!Array.isArray(retained)) return this.fail(badRequest('invalid patch format of retainKeys'));
    const keys = new Set<Json>(retained as readonly Json[]);
    for (const [key, change] of changes) {
      if (change !== null && !directive.isParallelList(key) && !keys.has(key))
        this.fail(badRequest('invalid patch format of retainKeys'));
    }
    for (const key of [...draft.keys()]) if (!keys.has(key)) draft.delete(key);
  }

  /** Moves a directive from the second patch into the first, which may have the same one already. */
  private keepEqual(draft: Draft, key: string, value: Json, unequal: (first: Json) => PatchFailure): void {
    const first = draft.get(key);
    if (first === undefined) draft.set(key, value);
    else if (!deepEqual(first, value)) this.fail(unequal(first));
  }

  /** Lists that come with a $setElementOrder; they are done with when this returns. */
  private orderedLists(draft: Draft, changes: Draft, schema: Schema | undefined): void {
    for (const [key, order] of [...changes]) {
      if (!key.startsWith(directive.setElementOrder)) continue;
      changes.delete(key);
      if (this.mode === 'combine') {
        this.keepEqual(draft, key, order, () => badRequest('invalid patch format of setElementOrder list'));
      }
      const field = directive.fieldOf(key, directive.setElementOrder);
      if (field === undefined) return this.fail(badRequest('invalid patch format of setElementOrder list'));
      const merged = this.orderedList(draft.get(field), changes.get(field), order, schema, field);
      if (merged !== undefined) {
        draft.set(field, merged);
        changes.delete(field);
      }
    }
  }

  private orderedList(
    current: Json | undefined,
    patch: Json | undefined,
    order: Json,
    schema: Schema | undefined,
    field: string,
  ): Json | undefined {
    const [orderList, currentList, patchList] = [
      this.list(order),
      this.optionalList(current),
      this.optionalList(patch),
    ];
    const list = this.listMember(schema, field);
    if (!orderList || !list || this.failure) return undefined;
    return orderBySetElementOrder(this, currentList, patchList, orderList, list);
  }

  private list(value: Json): readonly Json[] | undefined {
    if (Array.isArray(value)) return value as readonly Json[];
    this.fail(unclassified(`expected a []interface {}, but received a ${goType(value)}`));
    return undefined;
  }

  private optionalList(value: Json | undefined): readonly Json[] | undefined {
    return value === undefined ? undefined : this.list(value);
  }

  private member(draft: Draft, key: string, change: Json, schema: Schema | undefined): void {
    let field = key;
    const deletes = key.startsWith(directive.deleteFromPrimitiveList);
    if (deletes) {
      if (this.mode === 'combine') {
        draft.set(key, change);
        return;
      }
      const named = directive.fieldOf(key, directive.deleteFromPrimitiveList);
      if (named === undefined) return this.fail(badRequest('invalid patch format of primitive list'));
      field = named;
    }
    if (change === null) {
      draft.delete(field);
      if (this.mode === 'apply') return;
    }
    const current = draft.get(field);
    if (current === undefined || goType(current) !== goType(change)) {
      if (!deletes) this.take(draft, field, change);
    } else this.mergeMember(draft, field, current, change, schema, deletes);
  }

  private take(draft: Draft, field: string, change: Json): void {
    const taken = directive.withoutDirectives(this.mode === 'apply' ? directive.withoutNullMembers(change) : change);
    if (taken === undefined) draft.delete(field);
    else draft.set(field, taken);
  }

  private mergeMember(
    draft: Draft,
    field: string,
    current: Json,
    change: Json,
    schema: Schema | undefined,
    deletes: boolean,
  ): void {
    if (isJsonObject(current) && isJsonObject(change)) {
      const object = this.structMember(schema, field);
      if (object) draft.set(field, isReplaced(object) ? change : this.objects(current, change, object));
    } else if (Array.isArray(current) && Array.isArray(change)) {
      const list = this.listMember(schema, field);
      if (list)
        draft.set(field, mergeLists(this, current as readonly Json[], change as readonly Json[], list, deletes));
    } else draft.set(field, change);
  }

  private structMember(schema: Schema | undefined, field: string): Schema | undefined {
    const found = memberSchema(schema, field);
    if (typeof found !== 'string') return found;
    this.fail(unclassified(found));
    return undefined;
  }

  private listMember(schema: Schema | undefined, field: string): Schema | undefined {
    const found = this.structMember(schema, field);
    if (found === undefined || found.type === 'list' || found.type === 'raw') return found;
    this.fail(unclassified('expected slice or array type, but got: struct'));
    return undefined;
  }
}

function draftOf(object: JsonObject): Draft {
  const draft: Draft = new Map();
  for (const [key, value] of Object.entries(object)) if (value !== undefined) draft.set(key, value);
  return draft;
}
