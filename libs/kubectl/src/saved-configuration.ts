import { encodeGoJson, lastAppliedAnnotation } from '@kubedrill/cluster-sim';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { goStruct } from './go-syntax.ts';
import { inTypedOrder, type SchemaOf } from './typed-order.ts';

/** kubectl/pkg/util/apply.go GetOriginalConfiguration. */
export function savedConfiguration({ metadata }: JsonObject): string | undefined {
  const annotations = isJsonObject(metadata) && isJsonObject(metadata.annotations) ? metadata.annotations : {};
  const saved = annotations[lastAppliedAnnotation];
  return typeof saved === 'string' ? saved : undefined;
}

/** GetModifiedConfiguration without its annotation; other annotations stand, even if there are none. */
export function withoutConfiguration(object: JsonObject): JsonObject {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const { [lastAppliedAnnotation]: _, ...annotations } = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  return { ...object, metadata: { ...metadata, annotations } };
}

/** CreateOrUpdateAnnotation: the object with itself in the annotation, where that is asked for or there already. */
export function withConfiguration(object: JsonObject, isAsked: boolean): JsonObject {
  if (!isAsked && savedConfiguration(object) === undefined) return object;
  const configuration = withoutConfiguration(object);
  const metadata = isJsonObject(configuration.metadata) ? configuration.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  const saved = { ...annotations, [lastAppliedAnnotation]: `${encodeGoJson(configuration)}\n` };
  return { ...object, metadata: { ...metadata, annotations: saved } };
}

/** --save-config of what kubectl made up itself, and holds as a Go struct. */
export function withTypedConfiguration(object: JsonObject, schemaOf: SchemaOf): JsonObject {
  const schema = schemaOf(object);
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  const configuration = goStruct(schema ? inTypedOrder(object, schema) : object);
  const saved = { ...annotations, [lastAppliedAnnotation]: `${configuration}\n` };
  return { ...object, metadata: { ...metadata, annotations: saved } };
}

/** apply.go pruneNullsFromMap: nulls mean nothing in a new object, at any depth. */
export function withoutNulls(object: JsonObject): JsonObject {
  const members = Object.entries(object).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNullMembers(member ?? null)]));
}

function withoutNullMembers(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutNullMembers);
  return isJsonObject(value) ? withoutNulls(value) : value;
}
