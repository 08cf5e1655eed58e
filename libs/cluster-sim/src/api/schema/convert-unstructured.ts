import type { Json } from '@kubedrill/kube-model';
import { jsonKind } from '../go-text.ts';
import { decodeWith, Decoding, typeText, type DecodeResult } from './decode.ts';
import type { ObjectSchema, Schema } from './schema.ts';

/**
 * A map into a typed object as apimachinery's runtime.DefaultUnstructuredConverter does, which strategic merge patches go
 * through: other words than the JSON decoder's, the first failure ends it, unknown fields are sorted.
 */
export function convertUnstructured(schema: ObjectSchema, body: Json): DecodeResult {
  const result = decodeWith(new Conversion(), schema, body);
  return result.ok && result.strictErrors.length > 1
    ? { ...result, strictErrors: [...result.strictErrors].sort() }
    : result;
}

class Conversion extends Decoding {
  override mismatch(value: Json, schema: Schema): undefined {
    this.abort ??= mismatchText(value, schema);
  }

  override misfit(value: number, schema: Schema): number | undefined {
    // Go's conversion of integers drops the upper bits.
    if (Number.isInteger(value)) return schema.type === 'int32' ? value | 0 : value;
    this.abort ??= `cannot convert float64 to ${typeText(schema)}`;
    return undefined;
  }

  override illegalBytes(problem: string): void {
    this.abort ??= `error decoding from json: ${problem}`;
  }

  override mismatchText(kind: string, type: string): string {
    return `json: cannot unmarshal ${kind} into Go value of type ${type}`;
  }
}

function mismatchText(value: Json, schema: Schema): string {
  switch (schema.type) {
    case 'map':
      return `cannot restore map from ${reflectKind(value)}`;
    case 'list':
    case 'bytes':
      return `cannot restore slice from ${reflectKind(value)}`;
    case 'object':
      return `cannot restore struct from: ${reflectKind(value)}`;
    default:
      // An integer can become a string in Go, only not here; nothing else converts at all.
      return schema.type === 'string' && Number.isInteger(value)
        ? `cannot convert int64 to ${typeText(schema)}`
        : `unrecognized type: ${schema.type}`;
  }
}

/** reflect.Kind of decoded JSON. */
function reflectKind(value: Json): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  const kind = jsonKind(value);
  return kind === 'array' ? 'slice' : kind === 'object' ? 'map' : kind;
}
