import { GoValue } from '../../../validation/go-quote.ts';

/** A value of the API as Go's internal types print it as JSON: field names in Go's spelling, empty fields included. */
export interface InternalField {
  /** The field of the v1 object that it comes from. */
  readonly source: string;
  /** How the value, or its absence, is written, with the indentation of its line. */
  write(value: unknown, indent: string): string;
}

export type InternalStruct = Readonly<Record<string, InternalField>>;

export function text(source: string): InternalField {
  return { source, write: (value) => encode(value ?? '') };
}

export function number(source: string): InternalField {
  return { source, write: (value) => encode(value ?? 0) };
}

export function flag(source: string): InternalField {
  return { source, write: (value) => encode(value ?? false) };
}

export function quantity(source: string): InternalField {
  return { source, write: (value) => encode(value ?? '0') };
}

/** A scalar that may be missing, or what has the same form inside and outside. */
export function json(source: string): InternalField {
  return { source, write: writeJson };
}

export function struct(source: string, fields: InternalStruct): InternalField {
  return { source, write: (value, indent) => writeStruct(fields, value ?? {}, indent) };
}

export function pointer(source: string, fields: InternalStruct): InternalField {
  return { source, write: (value, indent) => (isMissing(value) ? 'null' : writeStruct(fields, value, indent)) };
}

export function list(source: string, fields: InternalStruct): InternalField {
  return {
    source,
    write: (value, indent) => writeList(value, indent, () => fields),
  };
}

function writeList(value: unknown, indent: string, fieldsOf: (element: unknown) => InternalStruct): string {
  if (!Array.isArray(value)) return 'null';
  const elements = (value as readonly unknown[]).map((element) =>
    writeStruct(fieldsOf(element), element, `${indent} `),
  );
  return brackets('[', elements, ']', indent);
}

/** metav1.LabelSelector has one form inside and outside: what is empty is left out. */
export function labelSelector(source: string): InternalField {
  return {
    source,
    write: (value, indent) =>
      isMissing(value) ? 'null' : writeStruct(withoutEmpty(selectorFields, value), value, indent),
  };
}

const requirementFields: InternalStruct = { key: text('key'), operator: text('operator'), values: json('values') };

const selectorFields: InternalStruct = {
  matchLabels: json('matchLabels'),
  matchExpressions: {
    source: 'matchExpressions',
    write: (value, indent) => writeList(value, indent, (element) => withoutEmpty(requirementFields, element)),
  },
};

function withoutEmpty(fields: InternalStruct, value: unknown): InternalStruct {
  const object = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(fields).filter(([, { source }]) => !isEmpty(object[source])));
}

/** encoding/json MarshalIndent with one space a level. */
export function writeStruct(fields: InternalStruct, value: unknown, indent: string): string {
  const object = value as Readonly<Record<string, unknown>>;
  const members = Object.entries(fields).map(
    ([name, field]) => `${encode(name)}: ${field.write(object[field.source], `${indent} `)}`,
  );
  return brackets('{', members, '}', indent);
}

/** encoding/json Marshal: the same on one line. No text of JSON holds a line break. */
export function writeCompact(fields: InternalStruct, value: unknown): string {
  const lines = writeStruct(fields, value, '').split('\n');
  return lines.map((line) => line.trimStart().replace(keySpace, '$1')).join('');
}

/** A value in an error's text, where Kubernetes shows the struct that it keeps inside. */
export function shownInside(fields: InternalStruct, value: object): GoValue {
  return new GoValue(writeCompact(fields, value));
}

const keySpace = /^("(?:[^"\\]|\\.)*":) /;

function writeJson(value: unknown, indent: string): string {
  if (isMissing(value)) return 'null';
  if (Array.isArray(value))
    return brackets(
      '[',
      value.map((element) => writeJson(element, `${indent} `)),
      ']',
      indent,
    );
  if (typeof value !== 'object') return encode(value);
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return brackets(
    '{',
    entries.map(([key, member]) => `${encode(key)}: ${writeJson(member, `${indent} `)}`),
    '}',
    indent,
  );
}

function brackets(open: string, members: readonly string[], close: string, indent: string): string {
  return members.length === 0
    ? open + close
    : `${open}\n${members.map((member) => `${indent} ${member}`).join(',\n')}\n${indent}${close}`;
}

function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function encode(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isEmpty(value: unknown): boolean {
  return isMissing(value) || (typeof value === 'object' && Object.keys(value).length === 0);
}
