import { z } from 'zod';
import { formatVersion } from './exercise-version.ts';
import { exerciseFileSchema, moduleFileSchema } from './format.ts';

type SchemaNode = z.core.JSONSchema.BaseSchema;

/** The JSON Schema of exercise.yaml, for editors: completion and checks while typing. */
export function exerciseJsonSchema(): SchemaNode {
  const schema = z.toJSONSchema(exerciseFileSchema, {
    io: 'input',
    reused: 'ref',
    override: ({ jsonSchema, path }) => {
      if (path[1] !== 'variants' && path[1] !== 'parameters') allowPlaceholder(jsonSchema);
    },
  });
  return { $id: `urn:kubedrill:exercise:${formatVersion}`, title: 'exercise.yaml', ...schema };
}

export function moduleJsonSchema(): SchemaNode {
  const schema = z.toJSONSchema(moduleFileSchema, { io: 'input' });
  return { $id: `urn:kubedrill:module:${formatVersion}`, title: 'module.yaml', ...schema };
}

/** Where a number, one of a list of words or a text of some form is wanted, an author may write a parameter or a text with one. */
function allowPlaceholder(schema: SchemaNode): void {
  const isNumber = schema.type === 'integer' || schema.type === 'number' || schema.type === 'boolean';
  const isFormed = schema.type === 'string' && (schema.pattern !== undefined || schema.format !== undefined);
  if (!isNumber && !isFormed && schema.enum === undefined) return;
  const { description, ...plain } = schema;
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, {
    anyOf: [plain, { type: 'string', pattern: '\\$\\{[a-z][A-Za-z0-9]*\\}' }],
    ...(description === undefined ? {} : { description }),
  });
}
