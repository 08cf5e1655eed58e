import type { Json, JsonObject, ResourceInfo } from '@kubedrill/kube-model';
import { apiVersionOf, isJsonObject, kinds } from '@kubedrill/kube-model';
import { applyJsonPatch } from '../api/patch/json-patch.ts';
import { applyMergePatch } from '../api/patch/merge-patch.ts';
import type { PatchResult } from '../api/patch/patch-result.ts';
import { applyStrategicMergePatch } from '../api/patch/strategic-merge.ts';
import type { PatchType, ServedApi } from '../api/request.ts';

export type LocalPatch =
  { readonly ok: true; readonly object: JsonObject } | { readonly ok: false; readonly message: string };

/** A patch that no server sees: kubectl/pkg/cmd/patch/patch.go getPatchedJSON. */
export function patchLocally(
  api: Pick<ServedApi, 'schemaOf'>,
  resource: ResourceInfo,
  type: Exclude<PatchType, 'apply'>,
  object: JsonObject,
  body: Json,
): LocalPatch {
  if (type === 'strategic' && !kinds.includes(resource.kind))
    return {
      ok: false,
      message: `strategic merge patch is not supported for ${apiVersionOf(resource)}, Kind=${resource.kind} locally, try --type merge`,
    };
  const result = patched(api, resource, type, object, body);
  if (!result.ok) return { ok: false, message: result.message };
  return isJsonObject(result.value)
    ? { ok: true, object: result.value }
    : { ok: false, message: `Object 'Kind' is missing in '${JSON.stringify(result.value)}'` };
}

function patched(
  api: Pick<ServedApi, 'schemaOf'>,
  resource: ResourceInfo,
  type: Exclude<PatchType, 'apply'>,
  object: JsonObject,
  body: Json,
): PatchResult {
  switch (type) {
    case 'json':
      return applyJsonPatch(object, body);
    case 'merge':
      return applyMergePatch(object, body);
    case 'strategic':
      return applyStrategicMergePatch(object, body, api.schemaOf(resource.kind));
  }
}
