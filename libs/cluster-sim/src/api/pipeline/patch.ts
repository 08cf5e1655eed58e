import {
  isJsonObject,
  resources,
  type Json,
  type JsonObject,
  type KubeObject,
  type ResourceInfo,
} from '@kubedrill/kube-model';
import type { KindDefinition } from '../kinds/kind-definition.ts';
import { done, refused, type Outcome, type Refusal } from '../outcome.ts';
import { goText } from '../go-text.ts';
import { applyJsonPatch } from '../patch/json-patch.ts';
import { applyMergePatch } from '../patch/merge-patch.ts';
import type { PatchFailure, PatchResult } from '../patch/patch-result.ts';
import { afterMerge } from '../patch/strategic-directives.ts';
import { applyStrategicMergePatch } from '../patch/strategic-merge.ts';
import type { FieldValidation, PatchType } from '../request.ts';
import { convertUnstructured } from '../schema/convert-unstructured.ts';
import { decode } from '../schema/decode.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { failure, invalidPatch } from '../status.ts';
import { invalid } from '../validation/field-error.ts';
import { goJson } from '../validation/go-quote.ts';
import { root } from '../validation/path.ts';
import type { Reading, Write } from './backend.ts';
import { nestedTooDeep } from './body-depth.ts';
import { inNamespace } from './create.ts';
import { becomesAnother, strictDecodingError, typed } from './decode-body.ts';
import { unmanaged } from './managed-fields.ts';
import { misnamed } from './object-name.ts';
import { withoutRepeatedOwners } from './owner-references.ts';

export interface Patch {
  readonly type: Exclude<PatchType, 'apply'>;
  readonly body: Json;
  readonly fieldValidation: FieldValidation;
}

/** An existing object with a patch applied, decoded and completed with defaults: endpoints/handlers/patch.go. */
export function patchedObject(write: Write, existing: KubeObject, patch: Patch): Outcome<KubeObject> {
  const info = resources[existing.kind];
  const definition: KindDefinition = write.backend.registry.of(existing.kind);
  const current = concernsManagers(patch) ? (existing as unknown as JsonObject) : unmanaged(existing);
  const decoded = patchedJson(current, patch, definition.schema, write, info);
  if (!decoded.ok) return decoded;
  const { namespace, name } = existing.metadata;
  const placed = inNamespace(info, namespace ?? '', typed(info, decoded.object));
  if (!placed.ok) return placed;
  const wrongName = misnamed(placed.object, name);
  if (wrongName) return refused(wrongName);
  return done(definition.defaults(withoutRepeatedOwners(placed.object, write.warnings)));
}

/** Without need, nobody works out who owns the fields of the object. */
function concernsManagers({ type, body }: Patch): boolean {
  if (type !== 'json')
    return isJsonObject(body) && isJsonObject(body['metadata']) && 'managedFields' in body['metadata'];
  return (Array.isArray(body) ? (body as readonly Json[]) : []).some((operation) => {
    const { path, from } = isJsonObject(operation) ? operation : {};
    return [path, from].some((place) => typeof place === 'string' && managersPlace.test(place));
  });
}

/** A JSON pointer to metadata.managedFields, into it, or to what contains it. */
const managersPlace = /^(?:\/metadata(?:\/managedFields(?:\/.*)?)?)?$/s;

/** What a patch makes of a document of the schema's shape; `info`: of the kind that it has to stay. */
export function patchedJson(
  current: JsonObject,
  patch: Patch,
  schema: ObjectSchema,
  reading: Reading,
  info?: ResourceInfo,
): Outcome<JsonObject> {
  const patched = applied(current, patch, schema);
  if (!patched.ok) return refusedPatch(patched);
  // The operations of a JSON patch can build what none of them is.
  const tooDeep = patch.type === 'json' ? nestedTooDeep(patched.value) : undefined;
  if (tooDeep) return refused(tooDeep);
  const isStrategic = patch.type === 'strategic';
  const another = info && !isStrategic ? becomesAnother(info, patched.value) : undefined;
  if (another !== undefined) return refusedResult(goJson(patched.value), another);
  const read = isStrategic ? convertUnstructured : decode;
  const decoded = read(schema, patched.value);
  const shown = (): string => (isStrategic ? shownPatch(patch.body) : goJson(patched.value));
  if (!decoded.ok) return refusedResult(shown(), decoded.message);
  const strictErrors = [...(patched.strictErrors ?? []), ...decoded.strictErrors];
  if (strictErrors.length > 0) {
    if (patch.fieldValidation === 'Strict') return refusedResult(shown(), strictDecodingError(strictErrors));
    if (patch.fieldValidation === 'Warn') reading.warnings?.push(...strictErrors);
  }
  if (decoded.holdsEmpties) reading.holdsEmpties = true;
  return done(decoded.value);
}

function shownPatch(body: Json): string {
  return goText(isJsonObject(body) ? afterMerge(body) : body);
}

function applied(current: JsonObject, patch: Patch, schema: ObjectSchema): PatchResult {
  switch (patch.type) {
    case 'json':
      return applyJsonPatch(current, patch.body);
    case 'merge':
      return applyMergePatch(current, patch.body);
    case 'strategic':
      return applyStrategicMergePatch(current, patch.body, schema);
  }
}

function refusedPatch({ code, reason, message, details }: PatchFailure): Refusal {
  return refused(failure(code, reason, message, details));
}

function refusedResult(shown: string, problem: string): Refusal {
  return refused(invalidPatch([invalid(root.child('patch'), shown, problem)]));
}
