import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';

/** Reads parts of a case file, which is not ours; what does not have the shape that FORMAT.md tells throws, and the case fails. */
export function objectOf(value: Json | undefined, what: string): JsonObject {
  if (!isJsonObject(value)) throw new Error(`${what} must be a mapping`);
  return value;
}

export function textOf(value: Json | undefined, what: string): string {
  if (typeof value !== 'string') throw new Error(`${what} must be a text`);
  return value;
}

export function numberOf(value: Json | undefined, what: string): number {
  if (typeof value !== 'number') throw new Error(`${what} must be a number`);
  return value;
}

export function listOf(value: Json | undefined, what: string): readonly Json[] {
  if (!Array.isArray(value)) throw new Error(`${what} must be a list`);
  return value as readonly Json[];
}

/** A list, or one entry that stands for a list of one. */
export function oneOrMore(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

/** Counts by name: what the recordings have instead of single observations. */
export function countsOf(value: Json | undefined, what: string): ReadonlyMap<string, number> {
  if (value === undefined) return new Map();
  return new Map(Object.entries(objectOf(value, what)).map(([name, count]) => [name, numberOf(count, what)]));
}
