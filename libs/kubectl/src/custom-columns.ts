import { goText } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { CommandError } from './invocation.ts';
import { findResults } from './json-path.ts';
import { JsonPathSyntaxError, parseTemplate, type TemplateNode } from './json-path-syntax.ts';
import { layOutTable } from './text-table.ts';

export interface CustomColumn {
  readonly header: string;
  readonly path: readonly TemplateNode[];
}

/** kubectl/pkg/cmd/get/customcolumn.go: "NAME:.metadata.name,IP:.status.podIP". */
export function readColumns(spec: string): readonly CustomColumn[] {
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0)
      throw new CommandError(`error: unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return columnOf(part.slice(0, colon), part.slice(colon + 1));
  });
}

/** One line of headers and one of paths. */
export function readColumnFile(content: string): readonly CustomColumn[] {
  const lines = content.replace(/\n$/, '').split('\n');
  const [headers, paths] = lines.map((line) => line.split(/\s+/).filter((word) => word !== ''));
  const expected = 'Expected format is one line of space separated headers, one line of space separated column specs.';
  if (!headers || content === '') throw new CommandError(`error: invalid template, missing header line. ${expected}`);
  if (!paths) throw new CommandError(`error: invalid template, missing spec line. ${expected}`);
  if (headers.length !== paths.length)
    throw new CommandError(
      `error: number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
    );
  return headers.map((header, index) => columnOf(header, paths[index] ?? ''));
}

function columnOf(header: string, text: string): CustomColumn {
  return { header, path: parsedPath(relaxedPath(text)) };
}

/** RelaxedJSONPathExpression: braces and the first dot may be missing. */
export function relaxedPath(text: string): string {
  if (text === '') return text;
  const found = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text);
  if (!found)
    throw new CommandError(
      "error: unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  return `{.${found[1] ?? found[2] ?? ''}}`;
}

function parsedPath(path: string): readonly TemplateNode[] {
  try {
    return parseTemplate(path);
  } catch (error) {
    if (error instanceof JsonPathSyntaxError) throw new CommandError(`error: ${error.message}`);
    throw error;
  }
}

export function printColumns(
  objects: readonly JsonObject[],
  columns: readonly CustomColumn[],
  noHeaders: boolean,
): string {
  const rows = objects.map((object) => columns.map((column) => cellOf(object, column)));
  const header = noHeaders ? [] : [columns.map((column) => column.header)];
  return layOutTable([...header, ...rows])
    .map((line) => `${line}\n`)
    .join('');
}

function cellOf(object: JsonObject, { path }: CustomColumn): string {
  const results = findResults(path, object, true);
  const values = results.flat().map((value) => escapeTerminal(goText(value)));
  if ((results[0] ?? []).length === 0) values.unshift('<none>');
  return values.join(',');
}

/** cli-runtime/pkg/printers/terminal.go. */
export function escapeTerminal(text: string): string {
  return text.replaceAll('\u001b', '^[').replaceAll('\r', '\\r');
}
