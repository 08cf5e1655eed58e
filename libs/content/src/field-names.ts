import { exerciseJsonSchema, moduleJsonSchema } from './json-schema.ts';

let known: ReadonlySet<string> | undefined;

/** Every field name of the format, whatever its place: what a mistyped one is compared with. */
export function fieldNames(): ReadonlySet<string> {
  known ??= new Set([...namesIn(exerciseJsonSchema()), ...namesIn(moduleJsonSchema())]);
  return known;
}

function* namesIn(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema as Record<string, unknown>)) {
    if (key === 'properties' && typeof value === 'object' && value !== null) yield* Object.keys(value);
    yield* namesIn(value);
  }
}
