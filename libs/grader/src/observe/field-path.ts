import type { FieldPath } from '@kubedrill/kube-model';

/** A step of a path as an author writes it: a key, an index, or the element whose field has that value. */
type Segment =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'element'; readonly field: string; readonly value: string };

const segmentPattern = /\.?([A-Za-z_$][\w-]*)|\[(\d+)\]|\["([^"]*)"\]|\[([A-Za-z]\w*)=([^\]]*)\]/y;

export type ParsedPath =
  { readonly ok: true; readonly segments: readonly Segment[] } | { readonly ok: false; readonly at: number };

/** "spec.ports[0].port", "spec.ports[name=http].port", 'metadata.labels["app.kubernetes.io/name"]'. */
export function parseFieldPath(text: string): ParsedPath {
  const segments: Segment[] = [];
  let position = 0;
  while (position < text.length) {
    segmentPattern.lastIndex = position;
    const match = segmentPattern.exec(text);
    if (!match) return { ok: false, at: position };
    const [whole, key, index, quoted, field, value] = match;
    if (key !== undefined) segments.push({ kind: 'key', key });
    else if (index !== undefined) segments.push({ kind: 'index', index: Number(index) });
    else if (quoted !== undefined) segments.push({ kind: 'key', key: quoted });
    else segments.push({ kind: 'element', field: field ?? '', value: value ?? '' });
    position += whole.length;
  }
  return { ok: true, segments };
}

export interface FieldValue {
  /** Keys and indexes as far as they could be followed. */
  readonly path: FieldPath;
  /** undefined when the field is absent. */
  readonly value: unknown;
}

/** Follows the path; own properties only, so that no text of a learner reaches a prototype. */
export function readField(root: unknown, text: string): FieldValue {
  const parsed = parseFieldPath(text);
  if (!parsed.ok) throw new Error(`"${text}" is no field path (character ${parsed.at + 1})`);
  const path: (string | number)[] = [];
  let value: unknown = root;
  for (const segment of parsed.segments) {
    const key = keyOf(segment, value);
    if (key === undefined || !isContainer(value) || !Object.hasOwn(value, key)) {
      return { path: segment.kind === 'key' ? [...path, segment.key] : path, value: undefined };
    }
    path.push(key);
    value = (value as Readonly<Record<string | number, unknown>>)[key];
  }
  return { path, value };
}

function keyOf(segment: Segment, value: unknown): string | number | undefined {
  switch (segment.kind) {
    case 'key':
      return Array.isArray(value) ? undefined : segment.key;
    case 'index':
      return Array.isArray(value) ? segment.index : undefined;
    case 'element': {
      if (!Array.isArray(value)) return undefined;
      const index = value.findIndex((element: unknown) => hasField(element, segment.field, segment.value));
      return index < 0 ? undefined : index;
    }
  }
}

function hasField(element: unknown, field: string, value: string): boolean {
  return (
    isContainer(element) &&
    Object.hasOwn(element, field) &&
    String((element as Record<string, unknown>)[field]) === value
  );
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** ['spec', 'ports', 0, 'port'] as people write it. */
export function formatFieldPath(path: FieldPath): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(key)) text += text === '' ? key : `.${key}`;
    else text += `["${key}"]`;
  }
  return text;
}
