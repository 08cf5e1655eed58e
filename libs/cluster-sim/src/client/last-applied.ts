import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { encodeGoJson } from './go-json.ts';
import type { ManifestObject } from './manifest-object.ts';

/**
 * Where the manifest that was applied last is kept. 'annotation': in the object, as kubectl does. 'outside': in the map that
 * the caller keeps, so that objects stay without the annotation; the caller drops the entry of a deleted object.
 */
export type LastAppliedPlace =
  { readonly kind: 'annotation' } | { readonly kind: 'outside'; readonly manifests: Map<string, JsonObject> };

export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

export function lastAppliedKey(object: ManifestObject): string {
  return `${object.resource.kind}/${object.namespace}/${object.name}`;
}

/** The object as it is sent: with itself, as it was before, in the annotation (util.GetModifiedConfiguration). */
export function withLastApplied(object: ManifestObject, place: LastAppliedPlace): JsonObject {
  if (place.kind === 'outside') return object.value;
  const metadata = isJsonObject(object.value.metadata) ? object.value.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  const others = Object.fromEntries(Object.entries(annotations).filter(([name]) => name !== lastAppliedAnnotation));
  const configuration = { ...object.value, metadata: { ...metadata, annotations: others } };
  const text = `${encodeGoJson(configuration)}\n`;
  return { ...object.value, metadata: { ...metadata, annotations: { ...others, [lastAppliedAnnotation]: text } } };
}

/** undefined: the annotation does not hold JSON. An object that was never applied has applied nothing. */
export function readLastApplied(
  object: ManifestObject,
  live: JsonObject,
  place: LastAppliedPlace,
): JsonObject | undefined {
  if (place.kind === 'outside') return place.manifests.get(lastAppliedKey(object)) ?? {};
  const metadata = isJsonObject(live.metadata) ? live.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  const text = annotations[lastAppliedAnnotation];
  if (typeof text !== 'string' || text === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

export function recordLastApplied(object: ManifestObject, place: LastAppliedPlace): void {
  if (place.kind === 'outside') place.manifests.set(lastAppliedKey(object), object.value);
}
