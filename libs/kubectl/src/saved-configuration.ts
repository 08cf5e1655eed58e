import { encodeGoJson, lastAppliedAnnotation } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';

/** kubectl/pkg/util/apply.go CreateOrUpdateAnnotation: the object with itself in the annotation, where that is asked for or there already. */
export function withConfiguration(object: JsonObject, isAsked: boolean): JsonObject {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const { [lastAppliedAnnotation]: saved, ...annotations } = isJsonObject(metadata.annotations)
    ? metadata.annotations
    : {};
  if (!isAsked && saved === undefined) return object;
  const configuration = `${encodeGoJson({ ...object, metadata: { ...metadata, annotations } })}\n`;
  const extended = { ...annotations, [lastAppliedAnnotation]: configuration };
  return { ...object, metadata: { ...metadata, annotations: extended } };
}
