import { isJsonObject, type FieldPath, type Json, type JsonObject } from '@kubedrill/kube-model';
import { editDistance } from '../feedback/nearest-word.ts';
import { formatFieldPath } from '../observe/field-path.ts';

/** One change of one field of one document. */
export type ManifestEdit = {
  /** Position among all documents of the submission. */
  readonly document: number;
  readonly path: FieldPath;
} & (
  | { readonly kind: 'replace'; readonly before: Json; readonly after: Json }
  | { readonly kind: 'remove'; readonly before: Json }
  /** Of a list: at the index behind its last item. */
  | { readonly kind: 'add'; readonly after: Json }
);

/** How many characters a person would have to change, about. */
export function sizeOf(edit: ManifestEdit): number {
  switch (edit.kind) {
    case 'replace':
      return editDistance(textOf(edit.before), textOf(edit.after));
    case 'remove':
      return textOf(edit.before).length + String(edit.path.at(-1)).length;
    case 'add':
      return textOf(edit.after).length + String(edit.path.at(-1)).length + 1;
  }
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** "targetPort: 80 -> 5678", "add app: web under spec.selector", "leave out spec.selector.tier". */
export function describeEdit(edit: ManifestEdit): string {
  const key = edit.path.at(-1) ?? '';
  switch (edit.kind) {
    case 'replace':
      return `${formatFieldPath(edit.path)}: ${textOf(edit.after)} instead of ${textOf(edit.before)}`;
    case 'remove':
      return `leave out ${formatFieldPath(edit.path)}`;
    case 'add': {
      const entry = typeof key === 'number' ? textOf(edit.after) : `${key}: ${textOf(edit.after)}`;
      return `add ${entry} under ${formatFieldPath(edit.path.slice(0, -1))}`;
    }
  }
}

/** The document with the edit; the original stays as it is. Throws when the path leads nowhere. */
export function edited(document: JsonObject, edit: ManifestEdit): JsonObject {
  const changed = change(document, edit.path, edit);
  if (!isJsonObject(changed)) throw new Error('an edit has taken a whole document');
  return changed;
}

function change(value: Json, [key, ...rest]: FieldPath, edit: ManifestEdit): Json {
  if (Array.isArray(value) && typeof key === 'number') {
    const items = value as readonly Json[];
    if (rest.length > 0) return items.with(key, change(items[key] ?? null, rest, edit));
    return edit.kind === 'remove' ? items.toSpliced(key, 1) : items.toSpliced(key, 1, edit.after);
  }
  if (!isJsonObject(value) || typeof key !== 'string') throw new Error('an edit leads nowhere');
  if (rest.length > 0) return { ...value, [key]: change(value[key] ?? null, rest, edit) };
  if (edit.kind !== 'remove') return { ...value, [key]: edit.after };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
