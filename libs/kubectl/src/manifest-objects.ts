import { encodeGoJson, metadataFault, quote, resourceOfManifest, type FieldValidation } from '@kubedrill/cluster-sim';
import type { Json, JsonObject, Kind, RawProblem, ResourceInfo } from '@kubedrill/kube-model';
import { isJsonObject, readRawDocuments } from '@kubedrill/kube-model';
import type { Fault } from './fault.ts';
import { fault } from './fault.ts';
import type { ManifestText } from './manifest-files.ts';

/** An object of a file: cli-runtime/pkg/resource.Info. */
export interface ManifestEntry {
  readonly resource: ResourceInfo;
  /** As the manifest says. */
  readonly namespace: string;
  readonly name: string;
  readonly source: string;
  readonly object: JsonObject;
}

export interface ReadingOptions {
  /** Absent where the command does not look at schemas. */
  readonly fieldValidation?: FieldValidation | undefined;
  /** Whether the kinds need not be ones that the server has. */
  readonly isLocal: boolean;
}

/** Of each text the objects, and why some could not be read. */
export interface ReadManifests {
  readonly entries: readonly ManifestEntry[];
  readonly faults: readonly Fault[];
}

/** cli-runtime/pkg/resource/visitor.go StreamVisitor and FlattenListVisitor. */
export function readManifestObjects(texts: readonly ManifestText[], options: ReadingOptions): ReadManifests {
  const entries: ManifestEntry[] = [];
  const faults: Fault[] = [];
  for (const text of texts) {
    const read = readText(text, options);
    entries.push(...read.entries);
    faults.push(...read.faults);
  }
  return { entries, faults };
}

function readText({ source, content }: ManifestText, options: ReadingOptions): ReadManifests {
  const entries: ManifestEntry[] = [];
  const faults: Fault[] = [];
  const { values, problem } = readRawDocuments(content);
  for (const value of values) {
    const unfit = schemaFault(value, options.fieldValidation);
    // What does not pass the schema ends the reading of its file.
    if (unfit !== undefined)
      return { entries, faults: [...faults, fault(`error validating ${quote(source)}: ${unfit}`)] };
    const read = readObject(value, source, options);
    entries.push(...read.entries);
    faults.push(...read.faults);
  }
  return { entries, faults: problem ? [...faults, fault(`error parsing ${source}: ${problemText(problem)}`)] : faults };
}

function problemText({ code, reason, line }: RawProblem): string {
  if (code !== 'syntax' || reason.startsWith('invalid ') || reason.startsWith('json: ')) return reason;
  return `error converting YAML to JSON: yaml: ${line === undefined ? '' : `line ${line}: `}${reason}`;
}

/** kubectl/pkg/validation ParamVerifyingSchema: the fields themselves are the server's business. */
function schemaFault(value: Json, validation: FieldValidation | undefined): string | undefined {
  if (validation === undefined || validation === 'Ignore') return undefined;
  const errors = isJsonObject(value) ? [...typeErrors(value), ...itemErrors(value)] : ['invalid object to validate'];
  if (errors.length === 0) return undefined;
  const text = errors.length === 1 ? errors.join('') : `[${errors.join(', ')}]`;
  return `error validating data: ${text}; if you choose to ignore these errors, turn validation off with --validate=false`;
}

function typeErrors(value: JsonObject): readonly string[] {
  return (['apiVersion', 'kind'] as const).flatMap((field) => {
    const member = value[field] ?? null;
    if (member === null) return [`${field} not set`];
    return typeof member === 'string' ? [] : [`${field} isn't string type`];
  });
}

/** Lists are the client's to look at: no server validates them. */
function itemErrors({ kind, items }: JsonObject): readonly string[] {
  if (kind !== 'List' || !Array.isArray(items)) return [];
  return (items as readonly Json[]).flatMap((item) =>
    isJsonObject(item) ? typeErrors(item) : ['invalid object to validate'],
  );
}

function readObject(value: Json, source: string, options: ReadingOptions): ReadManifests {
  const undecoded = decodingFault(value);
  if (undecoded !== undefined || !isJsonObject(value))
    return { entries: [], faults: [fault(`unable to decode ${quote(source)}: ${undecoded ?? ''}`)] };
  if (Array.isArray(value.items)) return readList(typedItems(value, value.items as readonly Json[]), source, options);
  const entry = entryOf(value, source, options);
  if (entry) return { entries: [entry], faults: [] };
  const { name, namespace } = placeOf(value);
  const message = `resource mapping not found for name: ${quote(name)} namespace: ${quote(namespace)} from ${quote(source)}: ${noMatch(value)}\nensure CRDs are installed first`;
  return { entries: [], faults: [fault(message)] };
}

/** UnstructuredList: items of a ConfigMapList need not say what they are. */
function typedItems({ apiVersion, kind }: JsonObject, items: readonly Json[]): readonly Json[] {
  const itemKind = typeof kind === 'string' ? kind.replace(/List$/, '') : '';
  if (itemKind === '' || itemKind === kind || typeof apiVersion !== 'string') return items;
  return items.map((item) =>
    isJsonObject(item) && (item.kind ?? '') === '' && (item.apiVersion ?? '') === ''
      ? { ...item, apiVersion, kind: itemKind }
      : item,
  );
}

function readList(items: readonly Json[], source: string, options: ReadingOptions): ReadManifests {
  const entries: ManifestEntry[] = [];
  const faults: Fault[] = [];
  for (const item of items) {
    const undecoded = decodingFault(item) ?? versionFault(item);
    const entry = undecoded === undefined && isJsonObject(item) ? entryOf(item, source, options) : undefined;
    if (isJsonObject(item) && Array.isArray(item.items)) {
      const nested = readList(item.items as readonly Json[], source, options);
      entries.push(...nested.entries);
      faults.push(...nested.faults);
    } else if (entry) entries.push(entry);
    else faults.push(fault(undecoded ?? (isJsonObject(item) ? `unable to recognize ${noMatch(item)}` : '')));
  }
  return { entries, faults: faults.length > 0 ? [{ kind: 'several', faults }] : [] };
}

/** unstructured.UnstructuredJSONScheme, and what kubectl puts around it. */
function decodingFault(value: Json): string | undefined {
  if (!isJsonObject(value)) {
    const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    return `json: cannot unmarshal ${kind} into Go value of type unstructured.detector`;
  }
  if (typeof value.kind !== 'string' || value.kind === '')
    return `Object 'Kind' is missing in '${encodeGoJson(value)}'`;
  return metadataFault(value);
}

/** unstructuredscheme's typer, which only items of lists meet. */
function versionFault(value: Json): string | undefined {
  const isThere = isJsonObject(value) && typeof value.apiVersion === 'string' && value.apiVersion !== '';
  if (isThere) return undefined;
  return `unable to get type info from the object "*unstructured.Unstructured": Object 'apiVersion' is missing in 'object has no apiVersion field'`;
}

function entryOf(object: JsonObject, source: string, { isLocal }: ReadingOptions): ManifestEntry | undefined {
  const { apiVersion = '', kind } = object as { readonly apiVersion?: string; readonly kind: string };
  const { name, namespace } = placeOf(object);
  const resource =
    apiVersion === ''
      ? withoutVersion(resourceOfManifest('v1', kind))
      : (resourceOfManifest(apiVersion, kind) ?? (isLocal ? unservedResource(apiVersion, kind) : undefined));
  return resource && { resource, namespace, name, source, object };
}

/** What no request can be sent to. */
function withoutVersion(resource: ResourceInfo | undefined): ResourceInfo | undefined {
  return resource && { ...resource, version: '' };
}

/** Of a kind that only kubectl sees. */
export function unservedResource(apiVersion: string, kind: string): ResourceInfo {
  const [version = '', group = ''] = apiVersion.split('/').toReversed();
  const singular = kind.toLowerCase();
  return { kind: kind as Kind, group, version, plural: singular, singular, shortNames: [], namespaced: true };
}

function placeOf({ metadata }: JsonObject): { readonly name: string; readonly namespace: string } {
  const { name, namespace } = isJsonObject(metadata) ? metadata : {};
  return {
    name: typeof name === 'string' ? name : '',
    namespace: typeof namespace === 'string' ? namespace : '',
  };
}

function noMatch({ apiVersion, kind }: JsonObject): string {
  return `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion ?? '')}`;
}
