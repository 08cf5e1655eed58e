import type { Json } from '@kubedrill/kube-model';
import { parseQuantity } from '../quantity.ts';
import { base64Error } from './base64.ts';
import type { Decoding } from './decode.ts';
import { jsonKind } from '../go-text.ts';
import type { ScalarSchema } from './schema.ts';
import { parseTime } from './timestamp.ts';

const int32Limit = 2 ** 31;
/** Beyond it JavaScript's numbers are no longer exact; what a course writes stays below. */
const int64Limit = 2 ** 63;

/** A scalar by its Go type; undefined for null and after a failure. */
export function decodeScalar(decoding: Decoding, schema: ScalarSchema, value: Json): Json | undefined {
  // A pointer becomes nil: no unmarshaller is asked.
  if (value === null && schema.empty === 'kept') return undefined;
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' ? value : wrongType(decoding, schema, value);
    case 'bool':
      return typeof value === 'boolean' ? value : wrongType(decoding, schema, value);
    case 'int32':
      return integer(decoding, schema, value, int32Limit);
    case 'int64':
      return integer(decoding, schema, value, int64Limit);
    case 'float64':
      return typeof value === 'number' ? value : wrongType(decoding, schema, value);
    case 'bytes':
      return bytes(decoding, schema, value);
    case 'intOrString':
      return intOrString(decoding, value);
    case 'quantity':
      return quantity(decoding, value);
    case 'time':
    case 'microTime':
      return time(decoding, schema, value);
    case 'raw':
      return value ?? undefined;
  }
}

function wrongType(decoding: Decoding, schema: ScalarSchema, value: Json): undefined {
  return value === null ? undefined : decoding.mismatch(value, schema);
}

function integer(decoding: Decoding, schema: ScalarSchema, value: Json, limit: number): Json | undefined {
  if (typeof value !== 'number') return wrongType(decoding, schema, value);
  if (Number.isInteger(value) && value >= -limit && value < limit) return value;
  return decoding.misfit(value, schema);
}

function bytes(decoding: Decoding, schema: ScalarSchema, value: Json): Json | undefined {
  if (typeof value !== 'string') return wrongType(decoding, schema, value);
  const problem = base64Error(value);
  if (problem === undefined) return value;
  decoding.illegalBytes(problem);
  return undefined;
}

/** util/intstr UnmarshalJSON: anything that is no string is read as int32. */
function intOrString(decoding: Decoding, value: Json): Json {
  if (typeof value === 'string') return value;
  if (value === null) return 0;
  if (typeof value === 'number' && Number.isInteger(value) && value >= -int32Limit && value < int32Limit) return value;
  decoding.abort = decoding.mismatchText(typeof value === 'number' ? `number ${value}` : jsonKind(value), 'int32');
  return 0;
}

/** api/resource Quantity.UnmarshalJSON: numbers are taken as their text. */
function quantity(decoding: Decoding, value: Json): Json | undefined {
  if (value === null) return '0';
  const parsed = parseQuantity(typeof value === 'string' ? value : JSON.stringify(value));
  if (parsed.ok) return parsed.quantity.text;
  decoding.abort = parsed.message;
  return undefined;
}

function time(decoding: Decoding, schema: ScalarSchema, value: Json): Json | undefined {
  if (value === null) return undefined;
  if (typeof value !== 'string') {
    decoding.abort = decoding.mismatchText(jsonKind(value), 'string');
    return undefined;
  }
  const parsed = parseTime(value, schema.type === 'microTime');
  if (parsed.ok) return parsed.text;
  decoding.abort = parsed.message;
  return undefined;
}
