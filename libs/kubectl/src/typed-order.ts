import { resourceOfManifest, type Cluster, type ObjectSchema, type Schema } from '@kubedrill/cluster-sim';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';

/** The Go type of a document. */
export type SchemaOf = (document: JsonObject) => ObjectSchema | undefined;

/** Of the kinds that the cluster has. */
export function servedSchemas({ api }: Pick<Cluster, 'api'>): SchemaOf {
  return ({ apiVersion, kind }) => {
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
    const resource = resourceOfManifest(apiVersion, kind);
    return resource && api.schemaOf(resource.kind);
  };
}

/** What kubectl holds as a Go struct, encoding/json writes in the order of its fields; maps stand sorted. */
export function inTypedOrder(object: JsonObject, { fields }: ObjectSchema): JsonObject {
  const names = Object.keys(object).filter((name) => object[name] !== undefined);
  // No schema has the fields of TypeMeta, which come first.
  const known = [...new Set([...typeMeta.filter((name) => !(name in fields)), ...Object.keys(fields)])].filter((name) =>
    names.includes(name),
  );
  const ordered = [...known, ...names.filter((name) => !known.includes(name)).sort()];
  return Object.fromEntries(ordered.map((name) => [name, inOrder(object[name] ?? null, fields[name])]));
}

const typeMeta = ['kind', 'apiVersion'];

function inOrder(value: Json, schema: Schema | undefined): Json {
  if (Array.isArray(value)) {
    const items = schema?.type === 'list' ? schema.items : undefined;
    return (value as readonly Json[]).map((item) => inOrder(item, items));
  }
  if (!isJsonObject(value)) return value;
  if (schema?.type === 'object') return inTypedOrder(value, schema);
  const values = schema?.type === 'map' ? schema.values : undefined;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, inOrder(value[name] ?? null, values)]));
}
