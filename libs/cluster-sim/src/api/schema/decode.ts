import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import { jsonKind } from '../go-text.ts';
import { decodeScalar } from './decode-scalar.ts';
import { emptyMap, keptWhenEmpty, withAlways, zeroObject, zeroOf } from './empty-values.ts';
import type { ListSchema, MapSchema, ObjectSchema, Schema } from './schema.ts';

export type DecodeResult =
  | {
      readonly ok: true;
      /**
       * As Go holds it: unknown fields and empty scalars gone, lists and maps without elements kept; the body itself where nothing
       * had to change.
       */
      readonly value: JsonObject;
      /** Whether there are lists or maps in it that are not written back: `withoutEmpties` takes them out. */
      readonly holdsEmpties: boolean;
      /** `unknown field "spec.ports[0].foo"`, in the order of the body. */
      readonly strictErrors: readonly string[];
    }
  /** A json error of Go, without the words around it. */
  | { readonly ok: false; readonly message: string };

/** sigs.k8s.io/json stops collecting there. */
const maxStrictErrors = 100;

/**
 * JSON into a typed object as sigs.k8s.io/json does (UnmarshalStrict): names of fields are case-sensitive, the first value of a
 * wrong type decides the error although reading goes on, unknown fields are collected. `kind` and `apiVersion` of the document
 * are the caller's business and pass.
 */
export function decode(schema: ObjectSchema, body: Json): DecodeResult {
  const result = decodeWith(new Decoding(), schema, body);
  // Go clients send keys sorted, which decides what is found first; the order is only worth its cost when something was found.
  return result.ok && result.strictErrors.length < 2 ? result : decodeWith(new Decoding(true), schema, body);
}

export function decodeWith(decoding: Decoding, schema: ObjectSchema, body: Json): DecodeResult {
  if (!isJsonObject(body)) {
    if (body === null) return { ok: true, value: zeroObject(schema), holdsEmpties: false, strictErrors: [] };
    decoding.mismatch(body, schema);
    return { ok: false, message: decoding.failure ?? '' };
  }
  const value = decoding.object(schema, body, true);
  const failure = decoding.abort ?? decoding.failure;
  return failure === undefined
    ? { ok: true, value, holdsEmpties: decoding.holdsEmpties, strictErrors: decoding.strictErrors }
    : { ok: false, message: failure };
}

/** The Go type of a schema as error messages print it. */
export function typeText(schema: Schema): string {
  switch (schema.type) {
    case 'object':
      return `v1.${schema.goType}`;
    case 'list':
      return `[]${typeText(schema.items)}`;
    case 'map':
      return schema.goType ?? `map[string]${typeText(schema.values)}`;
    case 'intOrString':
      return 'intstr.IntOrString';
    case 'quantity':
      return 'resource.Quantity';
    case 'time':
      return 'v1.Time';
    case 'microTime':
      return 'v1.MicroTime';
    case 'bytes':
      return '[]uint8';
    case 'raw':
      return 'interface {}';
    case 'string':
    case 'bool':
    case 'int32':
    case 'int64':
    case 'float64':
      return schema.goType ?? schema.type;
  }
}

/** One run over one body, with Go's notion of where it is: the innermost struct, and the names of the fields above. */
export class Decoding {
  readonly strictErrors: string[] = [];
  /** The first wrong type; reading goes on after it, as the unmarshallers of later fields may fail for good. */
  failure: string | undefined;
  /** A field's own unmarshaller failed: nothing after it is read. */
  abort: string | undefined;
  holdsEmpties = false;
  private readonly sortsKeys: boolean;
  private readonly fields: string[] = [];
  private struct = '';
  /** Fields, indexes and keys, as strict errors print them. */
  private readonly trail: string[] = [];

  constructor(sortsKeys = false) {
    this.sortsKeys = sortsKeys;
  }

  object(schema: ObjectSchema, body: JsonObject, isDocument = false): JsonObject {
    const outer = this.struct;
    this.struct = schema.goType;
    let copy: Record<string, Json> | undefined;
    for (const name of this.keysOf(body)) {
      if (isDocument && (name === 'kind' || name === 'apiVersion')) continue;
      const member = Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined;
      if (!member) this.unknownField(name);
      const before = body[name];
      const after = member ? this.member(name, member, before ?? null) : undefined;
      if (this.abort !== undefined) return body;
      if (after === before) continue;
      copy ??= { ...body } as Record<string, Json>;
      if (after === undefined) delete copy[name];
      else copy[name] = after;
    }
    this.struct = outer;
    return withAlways(schema, copy ?? body);
  }

  private member(name: string, schema: Schema, value: Json): Json | undefined {
    const { embeddedIn } = schema;
    if (embeddedIn !== undefined) this.fields.push(embeddedIn);
    this.fields.push(name);
    this.trail.push(this.trail.length === 0 ? name : `.${name}`);
    const decoded = this.value(schema, value);
    // A failed unmarshaller leaves the place where it failed for the error's text.
    if (this.abort === undefined) {
      this.fields.pop();
      if (embeddedIn !== undefined) this.fields.pop();
      this.trail.pop();
    }
    const kept = keptWhenEmpty(schema, decoded);
    if (schema.type !== 'list' && schema.type !== 'map') return kept;
    if (kept === decoded) return kept;
    this.holdsEmpties = true;
    return schema.type === 'map' ? emptyMap : decoded;
  }

  /** Undefined where Go would be left with its zero value. */
  value(schema: Schema, value: Json): Json | undefined {
    switch (schema.type) {
      case 'object':
        if (isJsonObject(value)) return this.object(schema, value);
        return value === null ? undefined : this.mismatch(value, schema);
      case 'map':
        if (isJsonObject(value)) return this.map(schema, value);
        return value === null ? undefined : this.mismatch(value, schema);
      case 'list':
        if (Array.isArray(value)) return this.list(schema, value as readonly Json[]);
        return value === null ? undefined : this.mismatch(value, schema);
      case 'raw':
        return value ?? undefined;
      default:
        return decodeScalar(this, schema, value);
    }
  }

  private map(schema: MapSchema, body: JsonObject): JsonObject {
    let changed: Map<string, Json> | undefined;
    for (const key of this.keysOf(body)) {
      const before = body[key] ?? null;
      this.trail.push(this.trail.length === 0 ? key : `.${key}`);
      const after = this.value(schema.values, before) ?? zeroOf(schema.values);
      if (this.abort !== undefined) return body;
      this.trail.pop();
      if (after === before) continue;
      changed ??= new Map(Object.entries(body) as [string, Json][]);
      changed.set(key, after);
    }
    return changed ? Object.fromEntries(changed) : body;
  }

  private list(schema: ListSchema, body: readonly Json[]): readonly Json[] {
    let copy: Json[] | undefined;
    for (let index = 0; index < body.length; index += 1) {
      const before = body[index] ?? null;
      this.trail.push(`[${index}]`);
      const after = this.value(schema.items, before) ?? zeroOf(schema.items);
      if (this.abort !== undefined) return body;
      this.trail.pop();
      if (after === before) continue;
      copy ??= [...body];
      copy[index] = after;
    }
    return copy ?? body;
  }

  /** A value of another kind than the field's. */
  mismatch(value: Json, schema: Schema): undefined {
    this.failure ??= this.mismatchText(jsonKind(value), typeText(schema));
  }

  /** A number that the field's type cannot hold. */
  misfit(value: number, schema: Schema): number | undefined {
    this.failure ??= this.mismatchText(`number ${value}`, typeText(schema));
    return undefined;
  }

  illegalBytes(problem: string): void {
    this.failure ??= problem;
  }

  mismatchText(kind: string, type: string): string {
    const place = this.fields.length === 0 ? 'Go value' : `Go struct field ${this.struct}.${this.fields.join('.')}`;
    return `json: cannot unmarshal ${kind} into ${place} of type ${type}`;
  }

  private keysOf(body: JsonObject): readonly string[] {
    const keys = Object.keys(body);
    return this.sortsKeys ? keys.sort() : keys;
  }

  private unknownField(name: string): void {
    if (this.strictErrors.length >= maxStrictErrors) return;
    const path = this.trail.length === 0 ? name : `${this.trail.join('')}.${name}`;
    this.strictErrors.push(`unknown field ${JSON.stringify(path)}`);
  }
}
