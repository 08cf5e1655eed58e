import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { jsonKind } from '../go-text.ts';
import type { PatchResult } from './patch-result.ts';
import { badRequest } from './patch-result.ts';

/** RFC 7386, as github.com/evanphx/json-patch merges. Shares with `current` what the patch leaves alone. */
export function applyMergePatch(current: JsonObject, patch: Json): PatchResult {
  if (patch === null) return badRequest('Invalid JSON Patch');
  if (!isJsonObject(patch)) {
    return badRequest(
      `error decoding patch: json: cannot unmarshal ${jsonKind(patch)} into Go value of type map[string]interface {}`,
    );
  }
  return { ok: true, value: mergeObjects(current, patch) };
}

function mergeObjects(current: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map<string, Json | undefined>(Object.entries(current));
  for (const [key, change] of Object.entries(patch)) {
    if (change === null || change === undefined) merged.delete(key);
    else merged.set(key, mergeValues(merged.get(key), change));
  }
  return Object.fromEntries(merged);
}

function mergeValues(current: Json | undefined, change: Json): Json {
  if (!isJsonObject(change)) return withoutNulls(change);
  return isJsonObject(current) ? mergeObjects(current, change) : withoutNulls(change);
}

/** Objects lose their null members, at any depth; null elements of lists stay. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutNulls);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).flatMap(([key, member]) =>
    member === null || member === undefined ? [] : [[key, withoutNulls(member)] as const],
  );
  return Object.fromEntries(kept);
}
