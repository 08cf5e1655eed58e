import { z } from 'zod';

/** A strict object of which an author must fill in exactly one of the named fields. */
export function exactlyOneOf<T extends z.ZodObject>(schema: T, fields: readonly (keyof z.infer<T> & string)[]): T {
  return schema.refine(
    (value: Record<string, unknown>) => fields.filter((field) => value[field] !== undefined).length === 1,
    { error: `give exactly one of ${fields.join(', ')}` },
  );
}
