import type { Schema } from '@kubedrill/cluster-sim';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import type { Draw } from './draw.ts';
import { awkwardTexts, fieldWords } from './words.ts';

const maxDepth = 6;

/** A value that the decoder takes for the schema, whatever validation will say of it: reaches fields that no sound object has. */
export function typedValue(draw: Draw, schema: Schema, depth = 0): Json {
  switch (schema.type) {
    case 'string':
      return draw.pick(draw.percent(85) ? fieldWords : awkwardTexts);
    case 'bool':
      return draw.percent(50);
    case 'int32':
    case 'int64':
      return draw.pick([0, 1, 2, 80, 100, 1000, 65535, -1, 2147483647, draw.between(1, 40000)]);
    case 'float64':
      return draw.pick([0, 0.5, 1e300]);
    case 'intOrString':
      return draw.pick<Json>([80, 'http0', '50%', '0', -3, 'x'.repeat(16)]);
    case 'quantity':
      return draw.pick<Json>(['100m', '1Gi', '0', '1e3', '-1', 2, '1.5', '9223372036854775808', '0.0001']);
    case 'time':
    case 'microTime':
      return draw.pick<Json>(['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.123456Z', '1970-01-01T00:00:00Z', null]);
    case 'bytes':
      return draw.pick(['AAEC', '', 'e30=']);
    case 'raw':
      return draw.pick<Json>([{}, { 'f:spec': {} }, 'x', 1, null]);
    case 'map':
      return Object.fromEntries(
        draw.list(0, 2, () => [draw.pick(fieldWords), typedValue(draw, schema.values, depth + 1)]),
      );
    case 'list':
      return depth > maxDepth ? [] : draw.list(0, 2, () => typedValue(draw, schema.items, depth + 1));
    case 'object':
      return typedMembers(draw, schema.fields, depth);
  }
}

function typedMembers(draw: Draw, fields: Readonly<Record<string, Schema>>, depth: number): JsonObject {
  if (depth > maxDepth) return {};
  const names = Object.keys(fields);
  // A union has many members, of which one at a time is what is asked for.
  const wanted = names.length > 12 ? 1 : 3;
  const chosen = draw.shuffled(names).slice(0, draw.between(0, wanted));
  return Object.fromEntries(
    chosen.flatMap((name) => {
      const field = fields[name];
      return field ? [[name, typedValue(draw, field, depth + 1)]] : [];
    }),
  );
}
