import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { FoundObject } from './found-objects.ts';
import { shownObject } from './found-objects.ts';
import type { Flags } from './flags.ts';
import { CommandError } from './invocation.ts';
import { evaluateJsonPath, JsonPathError } from './json-path.ts';
import { JsonPathSyntaxError } from './json-path-syntax.ts';
import { formatYaml } from './yaml-text.ts';
import { typeText } from './resource-arguments.ts';

/** What `-o` asks for; a table has no printer of its own here. */
export type OutputFormat =
  | { readonly kind: 'table'; readonly isWide: boolean }
  | { readonly kind: 'name' | 'json' | 'yaml' }
  | { readonly kind: 'jsonpath'; readonly template: string };

const formats =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml';

export function outputFormatOf(flags: Flags): OutputFormat {
  const text = flags.text('output');
  if (text === '' || text === 'wide') return { kind: 'table', isWide: text === 'wide' };
  if (text === 'name' || text === 'json' || text === 'yaml') return { kind: text };
  const equals = text.indexOf('=');
  if (text.startsWith('jsonpath=') && equals > 0) return { kind: 'jsonpath', template: text.slice(equals + 1) };
  if (text === 'jsonpath') throw new CommandError('error: template format specified but no template given');
  throw new CommandError(
    `error: unable to match a printer suitable for the output format "${text}", allowed formats are: ${formats}`,
  );
}

/** Everything but tables. Several objects stand in a List, except for their names. */
export function printObjects(
  found: readonly FoundObject[],
  format: Exclude<OutputFormat, { kind: 'table' }>,
  isList: boolean,
): string {
  if (format.kind === 'name')
    return found.map(({ resource, object }) => `${typeText(resource)}/${object.metadata.name}\n`).join('');
  const shown = found.map((one) => withoutManagedFields(shownObject(one)));
  const [first] = shown;
  const value: Json =
    !isList && first ? first : { apiVersion: 'v1', items: shown, kind: 'List', metadata: { resourceVersion: '' } };
  switch (format.kind) {
    case 'json':
      return `${formatJson(value)}\n`;
    case 'yaml':
      return formatYaml(value);
    case 'jsonpath':
      return printPath(format.template, value);
  }
}

function printPath(template: string, value: Json): string {
  try {
    return evaluateJsonPath(template, value);
  } catch (error) {
    if (error instanceof JsonPathSyntaxError)
      throw new CommandError(`error: error parsing jsonpath ${template}, ${error.message}`);
    if (error instanceof JsonPathError)
      throw new CommandError(`error: error executing jsonpath ${JSON.stringify(template)}: ${error.message}`);
    throw error;
  }
}

function withoutManagedFields(object: JsonObject): JsonObject {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const kept = Object.entries(metadata).filter(([name]) => name !== 'managedFields');
  return { ...object, metadata: Object.fromEntries(kept) };
}

/** Go's encoding of a map: keys sorted, four blanks. */
function formatJson(value: Json): string {
  return JSON.stringify(sorted(value), undefined, 4);
}

function sorted(value: Json | undefined): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (!isJsonObject(value)) return value ?? null;
  const keys = Object.keys(value)
    .sort()
    .filter((key) => value[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}
