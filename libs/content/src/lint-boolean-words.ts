import { isJsonObject, parseManifests, type FieldPath, type Json, type ManifestDocument } from '@kubedrill/kube-model';
import type { ContentIssue } from './content-issue.ts';
import type { Folder } from './folder.ts';

const word = '(y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)';
const asKey = new RegExp(`^${word}\\s*:(?=\\s|$)`);
const asItem = new RegExp(`^${word}(?=\\s|[,\\]}]|$)`);
const asField = new RegExp(`^(?:"[^"]*"|'[^']*'|[^\\s"':][^:]*):\\s+${word}(?=\\s|[,\\]}]|$)`);

/**
 * kubectl reads YAML 1.1, in which `on`, `off`, `yes`, `no`, `y` and `n` without quotes are booleans (go-yaml v2, resolve.go). Hardly
 * anybody means that. What is no YAML at all is told elsewhere.
 */
export function lintBooleanWords(files: Folder): readonly ContentIssue[] {
  return [...files].flatMap(([file, text]) => {
    if (!file.endsWith('.yaml')) return [];
    const lines = text.split('\n');
    return parseManifests([{ path: file, content: text }]).documents.flatMap((document) =>
      placesIn(document.value, []).flatMap((place) => issueAt(document, place, file, lines)),
    );
  });
}

interface Place {
  readonly path: FieldPath;
  readonly form: RegExp;
  readonly means: string;
}

/** Where a boolean stands, or a key that a boolean has become. */
function placesIn(value: Json | undefined, path: FieldPath): readonly Place[] {
  if (Array.isArray(value))
    return value.flatMap((item: Json, index) => [
      ...(typeof item === 'boolean' ? [{ path: [...path, index], form: asItem, means: String(item) }] : []),
      ...placesIn(item, [...path, index]),
    ]);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, field]) => {
    const at = [...path, key];
    return [
      ...(key === 'true' || key === 'false' ? [{ path: at, form: asKey, means: key }] : []),
      ...(typeof field === 'boolean' ? [{ path: at, form: asField, means: String(field) }] : []),
      ...placesIn(field, at),
    ];
  });
}

function issueAt(
  document: ManifestDocument,
  { path, form, means }: Place,
  file: string,
  lines: readonly string[],
): readonly ContentIssue[] {
  const { line, column } = document.locate(path);
  const [, found] = form.exec(lines[line - 1]?.slice(column - 1) ?? '') ?? [];
  if (found === undefined) return [];
  const message = `${found} without quotes is read as ${means}: write "${found}" or ${means}`;
  return [{ severity: 'warning', file, line, column, message }];
}
