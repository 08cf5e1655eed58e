import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import { goText, goType } from '../go-text.ts';
import type { ListSchema, MapSchema, ObjectSchema, ScalarSchema, Schema } from '../schema/schema.ts';
import { goQuote } from '../validation/go-quote.ts';
import { declared } from './field-set.ts';
import { listElement, listKeys } from './list-element.ts';
import { elementText, encodeElement, field } from './path-element.ts';
import { namesOf } from './typed-value.ts';

interface Problem {
  readonly path: string;
  readonly message: string;
}

/** What stored objects may have and configurations not: elements with the same key. */
export type Repetition = 'refused' | 'allowed';

/** What keeps a value from being of the schema's type: structured-merge-diff/typed/validate.go. Undefined: nothing. */
export function typeErrors(schema: Schema, value: Json, repetition: Repetition = 'refused'): string | undefined {
  const problems = check(schema, value, repetition);
  const texts = problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  if (texts.length < 2) return texts[0];
  return ['errors:', ...texts.map((text) => `  ${text}`)].join('\n');
}

function check(schema: Schema, value: Json, repetition: Repetition): readonly Problem[] {
  switch (schema.type) {
    case 'object':
    case 'map':
      if (value === null) return [];
      return isJsonObject(value)
        ? checkMembers(schema, value, repetition)
        : problem(`expected map, got ${shown(value)}`);
    case 'list':
      if (value === null) return [];
      return Array.isArray(value)
        ? checkItems(schema, value as readonly Json[], repetition)
        : problem(`expected list, got ${shown(value)}`);
    case 'raw':
      return [];
    default: {
      const message = value === null ? undefined : scalarMessage(schema, value);
      return message === undefined ? [] : problem(message);
    }
  }
}

/** Go's order of members is random; here it is alphabetical. The first unknown one ends the look at its siblings. */
function checkMembers(schema: ObjectSchema | MapSchema, value: JsonObject, repetition: Repetition): readonly Problem[] {
  const problems: Problem[] = [];
  for (const name of [...namesOf(value)].sort()) {
    const prefix = elementText(field(name));
    const memberSchema = schema.type === 'map' ? schema.values : declared(schema, name);
    if (!memberSchema) return [...problems, { path: prefix, message: 'field not declared in schema' }];
    problems.push(...below(prefix, check(memberSchema, value[name] ?? null, repetition)));
  }
  return problems;
}

function checkItems(schema: ListSchema, items: readonly Json[], repetition: Repetition): readonly Problem[] {
  const keys = listKeys(schema);
  if (!keys) return items.flatMap((item, index) => below(`[${index}]`, check(schema.items, item, repetition)));
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const result = listElement(keys, item);
    if (!result.ok) return [...problems, ...problem(`element ${index}: ${result.message}`)];
    const prefix = elementText(result.element);
    const text = encodeElement(result.element);
    if (repetition === 'refused' && seen.has(text)) problems.push(...problem(`duplicate entries for key ${prefix}`));
    seen.add(text);
    problems.push(...below(prefix, check(schema.items, item, repetition)));
  }
  return problems;
}

function problem(message: string): readonly Problem[] {
  return [{ path: '', message }];
}

function below(prefix: string, problems: readonly Problem[]): readonly Problem[] {
  return problems.map(({ path, message }) => ({ path: prefix + path, message }));
}

function scalarMessage(schema: ScalarSchema, value: Json): string | undefined {
  switch (schema.type) {
    case 'int32':
    case 'int64':
    case 'float64':
      return typeof value === 'number' ? undefined : `expected numeric (int or float), got ${goType(value)}`;
    case 'string':
    case 'bytes':
      return typeof value === 'string'
        ? undefined
        : `expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`;
    case 'bool':
      return typeof value === 'boolean' ? undefined : `expected boolean, got ${shown(value)}`;
    case 'intOrString':
    case 'quantity':
    case 'time':
    case 'microTime':
      return typeof value === 'object' ? `expected any scalar, got ${shown(value)}` : undefined;
    case 'raw':
      return undefined;
  }
}

/** %v of a pointer to the struct that holds the value. */
function shown(value: Json): string {
  return `&{${goText(value)}}`;
}

/** %#v */
function goSyntax(value: Json | undefined): string {
  if (value === undefined || value === null) return 'interface {}(nil)';
  if (typeof value === 'string') return goQuote(value);
  if (typeof value !== 'object') return String(value);
  if (!isJsonObject(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  const members = [...namesOf(value)].sort().map((name) => `${goQuote(name)}:${goSyntax(value[name])}`);
  return `map[string]interface {}{${members.join(', ')}}`;
}
