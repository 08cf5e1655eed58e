import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { DiscoveredResource } from '../../discovery.ts';
import { CommandError } from '../../invocation.ts';
import { indented, wrapped } from './word-wrap.ts';

/** kubectl/pkg/explain/v2/templates/plaintext.tmpl: what an OpenAPI document says of a resource or one of its fields. */
export function explanation(
  document: JsonObject,
  resource: DiscoveredResource,
  fields: readonly string[],
  isRecursive: boolean,
): string {
  const schemas = new Schemas(document);
  const { group, version, plural } = resource;
  const kind = kindOf(document, resource);
  if (!kind) throw new CommandError(`error: GVR (${group}/${version}, Resource=${plural}) not found in OpenAPI schema`);
  const schema = schemas.ofKind(kind);
  const header = `${group === '' ? '' : `GROUP:      ${group}\n`}KIND:       ${textOf(kind, 'kind')}\nVERSION:    ${textOf(kind, 'version')}\n\n`;
  if (!schema)
    throw new CommandError(`error: GVK ${JSON.stringify(kind)} not found in OpenAPI schema`, { stdout: header });
  const shown = new Explanation(schemas, isRecursive).output(schema, fields, new Set());
  if (shown === '')
    throw new CommandError(`error: field ${JSON.stringify(fields.at(-1) ?? '')} does not exist`, { stdout: header });
  return `${header}${shown}\n`;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** The kind that a path of the resource speaks of. */
function kindOf(document: JsonObject, { group, version, plural }: DiscoveredResource): JsonObject | undefined {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const paths = memberOf(document, 'paths');
  for (const path of [plural, `${plural}/{name}`].flatMap((tail) => [
    `${root}/${tail}`,
    `${root}/namespaces/{namespace}/${tail}`,
  ]))
    for (const method of methods) {
      const kind = memberOf(memberOf(paths, path), method)?.['x-kubernetes-group-version-kind'];
      if (isJsonObject(kind)) return kind;
    }
  return undefined;
}

function memberOf(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const member = object?.[name];
  return isJsonObject(member) ? member : undefined;
}

function textOf(object: JsonObject, name: string): string {
  const text = object[name];
  return typeof text === 'string' ? text : '';
}

const referencePrefix = '#/components/schemas/';

/** The schemas of a document, by reference. */
class Schemas {
  private readonly named: JsonObject;

  constructor(document: JsonObject) {
    this.named = memberOf(memberOf(document, 'components'), 'schemas') ?? {};
  }

  ofKind(kind: JsonObject): JsonObject | undefined {
    const names = ['group', 'version', 'kind'];
    return Object.values(this.named)
      .filter(isJsonObject)
      .find((schema) => {
        const kinds = schema['x-kubernetes-group-version-kind'];
        return (
          Array.isArray(kinds) &&
          kinds.filter(isJsonObject).some((one) => names.every((name) => textOf(one, name) === textOf(kind, name)))
        );
      });
  }

  resolved(schema: JsonObject): JsonObject {
    const reference = textOf(schema, '$ref');
    return memberOf(this.named, reference.slice(referencePrefix.length)) ?? schema;
  }

  find(reference: string): JsonObject | undefined {
    return memberOf(this.named, reference.slice(referencePrefix.length));
  }
}

/** Schemas inside of a schema: of its elements, its values, its alternatives. */
function inner(schema: JsonObject): readonly JsonObject[] {
  const alternatives = schema['allOf'];
  const others = [schema['items'], schema['additionalProperties']].filter(isJsonObject);
  return [...(Array.isArray(alternatives) ? alternatives.filter(isJsonObject) : []), ...others];
}

/** How wide a line is, and how far in a description stands. */
const width = 76;
const listWidth = 78;
const margin = 4;

/** No schema is as deep as that. */
const maxDepth = 40;

class Explanation {
  private readonly schemas: Schemas;
  private readonly isRecursive: boolean;

  constructor(schemas: Schemas, isRecursive: boolean) {
    this.schemas = schemas;
    this.isRecursive = isRecursive;
  }

  /** '' where there is no such field. */
  output(schema: JsonObject, fields: readonly string[], history: ReadonlySet<string>): string {
    const reference = textOf(schema, '$ref');
    const resolved = this.schemas.resolved(schema);
    const [first, ...rest] = fields;
    if (first === undefined) return this.described(resolved);
    if (reference !== '' && history.has(reference)) return '';
    const property = memberOf(memberOf(resolved, 'properties'), first);
    if (property) {
      const heading = rest.length > 0 ? '' : this.fieldHeading(first, property);
      return heading + this.output(property, rest, new Set());
    }
    const seen = new Set([...history, reference]);
    const { items, additionalProperties, allOf } = resolved;
    if (isJsonObject(items)) return this.output(items, fields, seen);
    if (isJsonObject(additionalProperties)) return this.output(additionalProperties, fields, seen);
    const alternatives = Array.isArray(allOf) ? allOf.filter(isJsonObject) : [];
    for (const alternative of alternatives) {
      const shown = this.output(alternative, fields, seen);
      if (shown !== '') return shown;
    }
    return '';
  }

  private fieldHeading(name: string, schema: JsonObject): string {
    const values = enumOf(schema);
    const listed = values.length === 0 ? '' : `ENUM:${values.map((value) => `\n    ${value}`).join('')}`;
    return `FIELD: ${name} <${this.typeGuess(schema)}>\n${listed}\n\n`;
  }

  private described(schema: JsonObject): string {
    const description = this.description(schema, 0) || '<empty>';
    const list = this.fieldList(schema, 1, new Set());
    return (
      `DESCRIPTION:\n${indented(wrapped(description, width), margin)}\n` +
      externalDocs(schema, 0) +
      (list === '' ? '' : `FIELDS:\n${list}`)
    );
  }

  private description(schema: JsonObject, depth: number): string {
    if (depth > maxDepth) return '';
    const resolved = this.schemas.resolved(schema);
    const own = textOf(resolved, 'description');
    const others = inner(resolved).map((one) => this.description(one, depth + 1));
    return `${own === '' ? '' : `${own}\n`}${others.join('')}`;
  }

  private fieldList(schema: JsonObject, level: number, history: ReadonlySet<string>): string {
    const reference = textOf(schema, '$ref');
    if ((reference !== '' && history.has(reference)) || level > maxDepth) return '';
    const seen = new Set([...history, reference]);
    const resolved = this.schemas.resolved(schema);
    const properties = memberOf(resolved, 'properties') ?? {};
    const own = Object.keys(properties)
      .sort()
      .map((name) => {
        const property = memberOf(properties, name) ?? {};
        const detail = this.fieldDetail(resolved, name, property, level);
        return detail + (this.isRecursive ? this.fieldList(property, level + 1, seen) : '');
      });
    return [...own, ...inner(resolved).map((one) => this.fieldList(one, level, seen))].join('');
  }

  private fieldDetail(schema: JsonObject, name: string, property: JsonObject, level: number): string {
    const indent = level * 2;
    const required = Array.isArray(schema['required']) && (schema['required'] as readonly Json[]).includes(name);
    const line = `${indented(name, indent)}\t<${this.typeGuess(property)}>${required ? ' -required-' : ''}`;
    const values = enumOf(property);
    const shown = values.slice(0, mostValues).join(', ') + (values.length > mostValues ? ', ....' : '');
    const listed = values.length === 0 ? '' : `\n${indented('', indent)}enum: ${shown}`;
    if (this.isRecursive) return `${line}${listed}\n`;
    const description = textOf(property, 'description') || '<no description>';
    return `${line}${listed}\n${indented(wrapped(description, listWidth - indent), indent + 2)}\n${externalDocs(property, indent + 2)}\n`;
  }

  private typeGuess(schema: JsonObject): string {
    const { items, additionalProperties, allOf, properties } = schema;
    if (isJsonObject(items)) return `[]${this.typeGuess(items)}`;
    if (isJsonObject(additionalProperties)) return `map[string]${this.typeGuess(additionalProperties)}`;
    const [only] = Array.isArray(allOf) ? (allOf as readonly Json[]) : [];
    if (isJsonObject(only) && !properties && (allOf as readonly Json[]).length === 1) return this.typeGuess(only);
    const reference = textOf(schema, '$ref');
    const type = textOf(schema, 'type');
    if (reference === '') return type === 'object' || type === '' ? 'Object' : type;
    const referred = this.schemas.find(reference);
    const referredType = referred ? textOf(referred, 'type') : '';
    if (referredType !== '' && referredType !== 'object') return referredType;
    return reference.split('/').at(-1)?.split('.').at(-1) || 'Object';
  }
}

/** How many values of a field a list shows. */
const mostValues = 4;

function enumOf(schema: JsonObject): readonly string[] {
  const values = schema['enum'];
  return Array.isArray(values) ? values.map((value) => (value === '' ? '""' : String(value))) : [];
}

function externalDocs(schema: JsonObject, indent: number): string {
  const docs = memberOf(schema, 'externalDocs');
  if (!docs) return '';
  const description = textOf(docs, 'description');
  const url = textOf(docs, 'url');
  return (
    `\n${indented('EXTERNAL DOCS:', indent)}\n` +
    (description === '' ? '' : `${indented(wrapped(description, width - indent), indent + margin)}\n`) +
    (url === '' ? '' : `${indented(`URL: ${url}`, indent + margin)}\n`)
  );
}
