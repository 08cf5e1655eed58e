import { describe, expect, it } from '@jest/globals';
import * as contracts from '@kubedrill/contracts';
import { z } from 'zod';

const schemas = Object.entries<unknown>(contracts).filter(
  (entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType,
);

describe('wire shapes as JSON Schema, for OpenAPI', () => {
  it.each(schemas)('%s can be written as JSON Schema, for input and for output', (_, schema) => {
    for (const io of ['input', 'output'] as const) {
      expect(() => z.toJSONSchema(schema, { io, target: 'openapi-3.0' })).not.toThrow();
    }
  });

  it('gives every named shape a name of its own', () => {
    const names = schemas.map(([, schema]) => schema.meta()?.id).filter((id) => id !== undefined);
    expect(new Set(names).size).toBe(names.length);
  });
});
