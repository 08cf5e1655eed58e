import { goText } from '@kubedrill/cluster-sim';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { DiscoveredResource } from '../../discovery.ts';
import { discoverQualified, pathOf, servedDocument } from '../../discovery.ts';
import type { Invocation } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { printDocuments } from '../../object-printer.ts';
import { outputFormatOf, outputText } from '../../output-format.ts';
import { findResource } from '../../resource-arguments.ts';
import { layOutTable } from '../../text-table.ts';
import { refusalText } from './raw.ts';

/** What the command line names, where that is one type that the server has and no store knows. */
export interface ServedSelection {
  readonly resource: DiscoveredResource;
  readonly names: readonly string[];
}

export function servedSelection(invocation: Invocation): ServedSelection | undefined {
  const { operands } = invocation;
  const [first = '', ...others] = operands;
  const [type = '', ...named] = first.split('/');
  if (type === 'all' || type.includes(',') || named.length > 1 || findResource(type)) return undefined;
  const resource = discoverQualified(invocation, type);
  if (!resource || (named.length > 0 && others.length > 0)) return undefined;
  return { resource, names: [...named, ...others] };
}

const asTable = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

/** Shows them as the server does. */
export function getServed(invocation: Invocation, { resource, names }: ServedSelection): void {
  const { console, flags } = invocation;
  const isEverywhere = flags.isTrue('all-namespaces');
  if (names.length > 0 && isEverywhere && resource.namespaced)
    throw new CommandError('error: a resource cannot be retrieved by name across all namespaces');
  const path = pathOf(resource, isEverywhere ? '' : invocation.namespace);
  const text = outputText(flags);
  const isTable = text === '' || text === 'wide';
  const documents = (names.length === 0 ? [path] : names.map((name) => `${path}/${name}`)).flatMap((one) =>
    answered(invocation, one, isTable ? asTable : 'application/json'),
  );
  if (isTable) printRows(invocation, resource, documents);
  else if (names.length !== 1 || documents.length > 0) {
    const format = outputFormatOf(invocation, 'reading');
    const items = documents.flatMap((document) =>
      Array.isArray(document['items']) ? objectsOf(document['items']).map((item) => typed(resource, item)) : [document],
    );
    if (format.kind !== 'table') console.stdout += printDocuments(items, format, names.length !== 1);
  }
}

function answered(invocation: Invocation, path: string, accept: string): readonly JsonObject[] {
  const { console } = invocation;
  const { code, text, warnings } = servedDocument(invocation, path, accept, 'kubectl get');
  console.warn(warnings);
  if (code >= 400) {
    console.fail(refusalText(code, text));
    return [];
  }
  const document: unknown = JSON.parse(text);
  return isJsonObject(document) ? [document] : [];
}

function objectsOf(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? (list as readonly Json[]).filter(isJsonObject) : [];
}

function typed({ group, version, kind }: DiscoveredResource, item: JsonObject): JsonObject {
  return { apiVersion: group === '' ? version : `${group}/${version}`, kind, ...item };
}

function printRows(invocation: Invocation, resource: DiscoveredResource, tables: readonly JsonObject[]): void {
  const { console, flags, namespace } = invocation;
  const [first] = tables;
  const isWide = outputText(flags) === 'wide';
  const columns = objectsOf(first?.['columnDefinitions']).map(({ name, priority }) => ({
    header: typeof name === 'string' ? name.toUpperCase() : '',
    isShown: isWide || priority === 0 || priority === undefined,
  }));
  const rows = tables
    .flatMap((table) => objectsOf(table['rows']))
    .map(({ cells }) => {
      const texts = Array.isArray(cells) ? (cells as readonly Json[]).map((cell) => goText(cell ?? '')) : [];
      return texts.filter((_, at) => columns[at]?.isShown === true);
    });
  if (rows.length > 0) {
    const header = columns.filter(({ isShown }) => isShown).map((column) => column.header);
    for (const line of layOutTable(flags.isTrue('no-headers') ? rows : [header, ...rows])) console.print(line);
  } else if (console.exitCode === 0 && !flags.isTrue('ignore-not-found')) {
    const isPlaced = resource.namespaced && !flags.isTrue('all-namespaces');
    console.note(isPlaced ? `No resources found in ${namespace} namespace.` : 'No resources found');
  }
}
