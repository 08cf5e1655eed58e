import { z } from 'zod';
import { parseFieldPath } from '../observe/field-path.ts';

/** A regular expression, refused where it is written rather than where it runs. */
export const patternSchema = z.string().min(1).refine(isPattern, { error: 'is no regular expression' });

/** spec.ports[0].port, spec.ports[name=http].port, metadata.labels["a.b/c"]. */
export const fieldPathSchema = z
  .string()
  .min(1)
  .refine((text) => parseFieldPath(text).ok, {
    error: 'is no field path: write spec.ports[0].port or metadata.labels["a.b/c"]',
  });

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}
