import type { ServedApi, ListSchema, ObjectSchema, Schema } from '@kubedrill/cluster-sim';
import { apiVersionOf, kinds, resources, type Json, type JsonObject, type ResourceInfo } from '@kubedrill/kube-model';

/**
 * OpenAPI v3 as far as clients ask for it: which parameters a kind's patch takes (kubectl validates with it) and the shape of the kinds
 * that the cluster models: apiserver/pkg/endpoints/openapi and kube-openapi's handler3.
 */
export function openApiAnswer(path: string, api: Pick<ServedApi, 'schemaOf'>): JsonObject | undefined {
  if (path === '/openapi/v3') return { paths: Object.fromEntries(served().map((name) => [name, serverUrl(name)])) };
  const asked = /^\/openapi\/v3\/(.+)$/.exec(path)?.[1];
  return asked !== undefined && served().includes(asked) ? describe(asked, api) : undefined;
}

/** "api/v1", "apis/apps/v1". */
function pathOf(resource: ResourceInfo): string {
  return resource.group === '' ? `api/${resource.version}` : `apis/${apiVersionOf(resource)}`;
}

function served(): readonly string[] {
  return [...new Set(kinds.map((kind) => pathOf(resources[kind])))].sort();
}

function serverUrl(name: string): Json {
  return { serverRelativeURL: `/openapi/v3/${name}?hash=kubedrill` };
}

function describe(name: string, api: Pick<ServedApi, 'schemaOf'>): JsonObject {
  const described = kinds.map((kind) => resources[kind]).filter((resource) => pathOf(resource) === name);
  const schemas: Record<string, Json> = {};
  const paths: Record<string, Json> = {};
  for (const resource of described) {
    const schema = api.schemaOf(resource.kind);
    addComponent(schemas, componentName(resource, schema.goType), schema, resource);
    const scope = resource.namespaced ? 'namespaces/{namespace}/' : '';
    paths[`/${name}/${scope}${resource.plural}/{name}`] = patchOperation(resource);
  }
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version: 'v1.36.2' }, paths, components: { schemas } };
}

function patchOperation(resource: ResourceInfo): Json {
  const { group, version, kind } = resource;
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name): Json => ({
    name,
    in: 'query',
    schema: { type: name === 'force' ? 'boolean' : 'string', uniqueItems: true },
  }));
  return {
    patch: { parameters, 'x-kubernetes-action': 'patch', 'x-kubernetes-group-version-kind': { group, version, kind } },
  };
}

function componentName({ group, version }: ResourceInfo, goType: string): string {
  return `io.k8s.api.${group === '' ? 'core' : (group.split('.')[0] ?? group)}.${version}.${goType}`;
}

function addComponent(
  schemas: Record<string, Json>,
  name: string,
  schema: ObjectSchema,
  resource: ResourceInfo,
  depth = 0,
): void {
  if (name in schemas) return;
  const properties: Record<string, Json> = {};
  const { group, version, kind } = resource;
  const known: Json = depth === 0 ? { 'x-kubernetes-group-version-kind': [{ group, version, kind }] } : {};
  // Entered before its fields, which may refer to it.
  schemas[name] = { type: 'object', properties, ...known };
  if (depth === 0) Object.assign(properties, { apiVersion: { type: 'string' }, kind: { type: 'string' } });
  for (const [field, part] of Object.entries(schema.fields))
    properties[field] = shapeOf(schemas, part, resource, depth + 1);
}

function shapeOf(schemas: Record<string, Json>, schema: Schema, resource: ResourceInfo, depth: number): Json {
  switch (schema.type) {
    case 'object': {
      const name = componentName(resource, schema.goType);
      addComponent(schemas, name, schema, resource, depth);
      return { allOf: [{ $ref: `#/components/schemas/${name}` }], default: {} };
    }
    case 'map':
      return { type: 'object', additionalProperties: shapeOf(schemas, schema.values, resource, depth) };
    case 'list':
      return { type: 'array', items: shapeOf(schemas, schema.items, resource, depth), ...mergeRules(schema) };
    case 'string':
      return { type: 'string' };
    case 'bool':
      return { type: 'boolean' };
    case 'int32':
    case 'int64':
      return { type: 'integer', format: schema.type };
    case 'float64':
      return { type: 'number', format: 'double' };
    case 'intOrString':
      return { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] };
    case 'quantity':
      return { oneOf: [{ type: 'string' }, { type: 'number' }] };
    case 'time':
    case 'microTime':
      return { type: 'string', format: 'date-time' };
    case 'bytes':
      return { type: 'string', format: 'byte' };
    case 'raw':
      return { type: 'object' };
  }
}

function mergeRules({ patchMergeKey, listType }: ListSchema): JsonObject {
  return {
    ...(patchMergeKey === undefined ? {} : { 'x-kubernetes-patch-strategy': 'merge' }),
    ...(patchMergeKey === undefined || patchMergeKey === '' ? {} : { 'x-kubernetes-patch-merge-key': patchMergeKey }),
    ...(listType ? { 'x-kubernetes-list-type': listType.kind } : {}),
    ...(listType?.kind === 'map' ? { 'x-kubernetes-list-map-keys': [...listType.keys] } : {}),
  };
}
