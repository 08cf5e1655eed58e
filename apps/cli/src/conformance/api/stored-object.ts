import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';

const unrecordedMetadata: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'managedFields',
  'generation',
]);
const triggerTime = 'endpoints.kubernetes.io/last-change-trigger-time';

/** The object without what FORMAT.md leaves out of `stored`. */
export function strippedObject(object: JsonObject, namespace: string): JsonObject {
  const stripped: Record<string, Json> = {};
  for (const [field, value] of Object.entries(object)) {
    if (value === undefined) continue;
    if (field === 'metadata' && isJsonObject(value)) stripped[field] = strippedMetadata(value, namespace);
    else if (field === 'status' && isJsonObject(value)) stripped[field] = strippedStatus(object['kind'], value);
    else stripped[field] = withoutReferenceUids(value) ?? null;
  }
  return stripped;
}

function strippedMetadata(metadata: JsonObject, namespace: string): JsonObject {
  const kept = Object.entries(metadata).filter(
    ([field, value]) => !unrecordedMetadata.has(field) && !(field === 'namespace' && value === namespace),
  );
  const stripped = kept.map(([field, value]): [string, Json | undefined] => [
    field,
    field === 'annotations' ? withoutTriggerTime(value) : withoutReferenceUids(value),
  ]);
  return Object.fromEntries(stripped.filter(([, value]) => value !== undefined));
}

function withoutTriggerTime(annotations: Json | undefined): Json | undefined {
  if (!isJsonObject(annotations)) return annotations;
  const kept = Object.entries(annotations).filter(([name]) => name !== triggerTime);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function strippedStatus(kind: Json | undefined, status: JsonObject): JsonObject {
  if (kind === 'Pod')
    return Object.fromEntries(Object.entries(status).filter(([field]) => field === 'phase' || field === 'qosClass'));
  return Object.fromEntries(
    Object.entries(status).map(([field, value]) => [
      field,
      field === 'conditions' && Array.isArray(value) ? value.map((condition: Json) => withoutTimes(condition)) : value,
    ]),
  );
}

function withoutTimes(condition: Json): Json {
  if (!isJsonObject(condition)) return condition;
  return Object.fromEntries(Object.entries(condition).filter(([field]) => !field.endsWith('Time')));
}

/** References (owner, target) name objects by uid too, which is a matter of chance. */
function withoutReferenceUids(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((entry: Json) => withoutReferenceUids(entry) ?? null);
  if (!isJsonObject(value)) return value;
  const isReference =
    typeof value['kind'] === 'string' && typeof value['name'] === 'string' && typeof value['uid'] === 'string';
  const fields = Object.entries(value).filter(
    ([field, entry]) => entry !== undefined && !(isReference && field === 'uid'),
  );
  return Object.fromEntries(fields.map(([field, entry]) => [field, withoutReferenceUids(entry)]));
}
