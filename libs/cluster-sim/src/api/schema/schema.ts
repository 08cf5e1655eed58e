/**
 * The shape of a kind as the API server decodes it: what strict decoding, pruning, defaulting of lists, strategic merge and
 * server-side apply need to know about each field. Declared per kind in `kinds/<kind>/schema.ts`.
 */
export type Schema = ScalarSchema | ObjectSchema | MapSchema | ListSchema;

/**
 * What becomes of a field that is empty ("", 0, false, no elements, absent) when the object is written back.
 * Without it (omitempty): empty scalars, lists and maps are left out, objects are kept as they were sent.
 * 'kept' (a Go pointer with omitempty): an empty scalar that was sent is kept, an absent one stays absent.
 * 'always' (no omitempty, or a struct by value): written even when it was not sent; scalars as their zero value, objects as {} with
 * what they always write, lists and maps as null, times as null.
 */
export type EmptyValue = 'kept' | 'always';

interface FieldSchema {
  readonly empty?: EmptyValue;
  /** The Go struct without a name of its own in JSON that the field is in: decoding errors name it like a field. */
  readonly embeddedIn?: string;
}

/**
 * Scalars by the Go type behind them, which decides the text of a decoding error. 'raw' accepts any JSON.
 * intOrString and quantity and time have their own unmarshallers.
 */
export interface ScalarSchema extends FieldSchema {
  readonly type:
    | 'string'
    | 'bool'
    | 'int32'
    | 'int64'
    | 'float64'
    | 'intOrString'
    | 'quantity'
    | 'time'
    | 'microTime'
    | 'bytes'
    | 'raw';
  /** The name of a Go type of its own, as decoding errors print it: "v1.DNSPolicy". */
  readonly goType?: string;
}

export interface ObjectSchema extends FieldSchema {
  readonly type: 'object';
  /** The Go struct, as decoding errors name it: "ServicePort". */
  readonly goType: string;
  /** Strategic merge: a patch lists the members that stay (patchStrategy retainKeys), as for unions. */
  readonly retainKeys?: true;
  /** Strategic merge: a patch replaces the struct (patchStrategy replace). */
  readonly replaced?: true;
  /** Server-side apply: the struct has one owner as a whole (structType=atomic). */
  readonly atomic?: true;
  readonly fields: Readonly<Record<string, Schema>>;
}

export interface MapSchema extends FieldSchema {
  readonly type: 'map';
  /** As of scalars: "v1.ResourceList"; absent for map[string]string. */
  readonly goType?: string;
  /** As of objects (mapType=atomic). */
  readonly atomic?: true;
  readonly values: Schema;
}

export interface ListSchema extends FieldSchema {
  readonly type: 'list';
  readonly items: Schema;
  /** Strategic merge: elements are merged by this key; absent: the list is replaced. '' for lists of scalars merged as sets. */
  readonly patchMergeKey?: string;
  /** Server-side apply: 'map' with its keys and their defaults, 'set', or 'atomic' (the default). */
  readonly listType?:
    | {
        readonly kind: 'map';
        readonly keys: readonly string[];
        readonly defaults?: Readonly<Record<string, string>>;
      }
    | { readonly kind: 'set' }
    | { readonly kind: 'atomic' };
}

export const string: ScalarSchema = { type: 'string' };
export const bool: ScalarSchema = { type: 'bool' };
export const int32: ScalarSchema = { type: 'int32' };
export const int64: ScalarSchema = { type: 'int64' };
export const intOrString: ScalarSchema = { type: 'intOrString' };
export const quantity: ScalarSchema = { type: 'quantity' };
export const time: ScalarSchema = { type: 'time' };
export const microTime: ScalarSchema = { type: 'microTime' };
export const bytes: ScalarSchema = { type: 'bytes' };
export const raw: ScalarSchema = { type: 'raw' };

/** A Go pointer: an empty value that was sent is kept. */
export function pointer<S extends Schema>(schema: S): S {
  return { ...schema, empty: 'kept' };
}

/** Written even when it is empty or absent. */
export function always<S extends Schema>(schema: S): S {
  return { ...schema, empty: 'always' };
}

/** A string, number or map of a Go type of its own. */
export function named<S extends ScalarSchema | MapSchema>(goType: string, schema: S): S {
  return { ...schema, goType };
}

export function object(goType: string, fields: Readonly<Record<string, Schema>>): ObjectSchema {
  return { type: 'object', goType, fields };
}

/** The fields of a struct that another one embeds. */
export function embedded({ goType, fields }: ObjectSchema): ObjectSchema['fields'] {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { ...field, embeddedIn: goType }]));
}

/** A struct or map with one owner as a whole. */
export function atomic<S extends ObjectSchema | MapSchema>(schema: S): S {
  return { ...schema, atomic: true };
}

export function map(values: Schema): MapSchema {
  return { type: 'map', values };
}

export function list(items: Schema, merging: Pick<ListSchema, 'patchMergeKey' | 'listType'> = {}): ListSchema {
  return { type: 'list', items, ...merging };
}
