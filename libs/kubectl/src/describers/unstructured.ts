import type { Json, JsonObject, KubeObject } from '@kubedrill/kube-model';
import { isJsonObject, resources } from '@kubedrill/kube-model';
import { shownObject } from '../found-objects.ts';
import type { DescriptionContext } from './describer.ts';
import { describeEvents } from './events-table.ts';
import type { Sheet } from './sheet.ts';

const shownAbove: ReadonlySet<string> = new Set([
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
]);

/** genericDescriber: of kinds that kubectl has no describer for. */
export function describeUnstructured(sheet: Sheet, object: KubeObject, context: DescriptionContext): void {
  const { metadata } = object;
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  describeMembers(sheet, shownObject({ resource: resources[object.kind], object }), 0, '');
  describeEvents(sheet, object, context);
}

/** printUnstructuredContent. */
function describeMembers(sheet: Sheet, content: JsonObject, level: number, path: string): void {
  const names = Object.keys(content).filter((name) => content[name] !== undefined);
  for (const name of names.sort()) {
    const place = `${path}.${name}`;
    if (!shownAbove.has(place)) describeMember(sheet, labelOf(name), content[name] ?? null, level, place);
  }
}

function describeMember(sheet: Sheet, label: string, value: Json, level: number, place: string): void {
  if (isJsonObject(value)) {
    sheet.line(`${label}:`, level);
    describeMembers(sheet, value, level + 1, place);
  } else if (Array.isArray(value)) {
    sheet.line(`${label}:`, level);
    for (const element of value as readonly Json[])
      if (isJsonObject(element)) describeMembers(sheet, element, level + 1, place);
      else sheet.line(valueText(element), level + 1);
  } else sheet.field(label, valueText(value), level);
}

function valueText(value: Json): string {
  return value === null ? '<nil>' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const acronyms: ReadonlySet<string> = new Set(['API', 'URL', 'UID', 'GUID']);

/** smartLabelFor: "podIP" is "Pod IP". */
function labelOf(field: string): string {
  if (!/^[\p{L}-]*$/u.test(field)) return field;
  // fatih/camelcase: the last capital of several belongs to what follows.
  const parts = field.match(/[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|-+/g) ?? [];
  return parts
    .map((part) => {
      if (acronyms.has(part.toUpperCase())) return part.toUpperCase();
      return part.toLowerCase() === part ? part.charAt(0).toUpperCase() + part.slice(1) : part;
    })
    .join(' ');
}
