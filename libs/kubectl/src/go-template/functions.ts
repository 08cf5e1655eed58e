import { goText, goType, utf8 } from '@kubedrill/cluster-sim';
import type { Json } from '@kubedrill/kube-model';
import { decodeBase64, isJsonObject } from '@kubedrill/kube-model';
import { goPrint, goPrintf } from './printing.ts';

/** Undefined: no value, as of a key that is not there. */
export type Value = Json | undefined;

/** A function that refuses its arguments; text/template puts the function's name before it. */
export class FunctionError extends Error {}

/** text/template/funcs.go builtins, and those that kubectl adds (cli-runtime/pkg/printers/template.go). */
const functions: Readonly<Record<string, (values: readonly Value[]) => Value>> = {
  base64decode: ([text]) => decoded(text),
  eq: (values) => equalsAny(values),
  exists: ([first, ...keys]) => exists(first, keys),
  ge: ([left, right]) => !less(left, right),
  gt: ([left, right]) => !less(left, right) && !equal(left, right),
  html: (values) => escapeHtml(goPrint(values)),
  index: ([first, ...keys]) => keys.reduce<Value>(indexed, first),
  js: (values) => escapeScript(goPrint(values)),
  le: ([left, right]) => less(left, right) || equal(left, right),
  len: ([value]) => lengthOf(value),
  lt: ([left, right]) => less(left, right),
  ne: ([left, right]) => !equal(left, right),
  not: ([value]) => !isTrue(value),
  print: (values) => goPrint(values),
  printf: ([format, ...values]) => goPrintf(textOf(format), values),
  println: (values) => `${values.map(goText).join(' ')}\n`,
  slice: ([value, ...bounds]) => sliced(value, bounds),
  urlquery: (values) => encodeURIComponent(goPrint(values)).replaceAll('%20', '+'),
};

/** These evaluate no more arguments than they have to, so the evaluation itself knows them. */
const lazyFunctions: readonly string[] = ['and', 'or'];

export const functionNames: ReadonlySet<string> = new Set([...Object.keys(functions), ...lazyFunctions]);

/** How many arguments there must be. */
const argumentCounts: Readonly<Record<string, readonly [least: number, most: number]>> = {
  base64decode: [1, 1],
  eq: [1, Infinity],
  exists: [1, Infinity],
  ge: [2, 2],
  gt: [2, 2],
  index: [1, Infinity],
  le: [2, 2],
  len: [1, 1],
  lt: [2, 2],
  ne: [2, 2],
  not: [1, 1],
  printf: [1, Infinity],
  slice: [1, Infinity],
};

export function argumentCountFault(name: string, given: number): string | undefined {
  const [least, most] = argumentCounts[name] ?? [0, Infinity];
  if (given >= least && given <= most) return undefined;
  return most === Infinity
    ? `wrong number of args for ${name}: want at least ${least} got ${given}`
    : `wrong number of args for ${name}: want ${least} got ${given}`;
}

export function callFunction(name: string, values: readonly Value[]): Value {
  return functions[name]?.(values);
}

/** text/template's truth: everything that is not empty. */
export function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isJsonObject(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

function textOf(value: Value): string {
  if (typeof value !== 'string') throw new FunctionError(`wrong type for value; expected string; got ${goType(value)}`);
  return value;
}

function decoded(value: Value): string {
  const text = textOf(value);
  const plain = decodeBase64(text);
  if (plain === undefined) {
    const at = /[^A-Za-z\d+/=]/.exec(text)?.index ?? text.length - (text.length % 4);
    throw new FunctionError(`base64 decode failed: illegal base64 data at input byte ${at}`);
  }
  return plain;
}

function lengthOf(value: Value): number {
  if (typeof value === 'string') return utf8(value).length;
  if (Array.isArray(value)) return value.length;
  if (isJsonObject(value)) return Object.keys(value).length;
  throw new FunctionError(
    value === undefined || value === null ? 'len of nil pointer' : `len of type ${goType(value)}`,
  );
}

function indexed(value: Value, key: Value): Value {
  if (value === undefined || value === null) throw new FunctionError('index of untyped nil');
  if (isJsonObject(value)) {
    if (typeof key !== 'string')
      throw new FunctionError(`value has type ${goType(key).replace('64', '')}; should be string`);
    return Object.hasOwn(value, key) ? value[key] : undefined;
  }
  if (!Array.isArray(value) && typeof value !== 'string')
    throw new FunctionError(`can't index item of type ${goType(value)}`);
  if (typeof key !== 'number') throw new FunctionError(`cannot index slice/array with type ${goType(key)}`);
  if (key < 0 || key >= value.length) throw new FunctionError(`index out of range: ${key}`);
  return typeof value === 'string' ? (utf8(value)[key] ?? 0) : (value as readonly Json[])[key];
}

function exists(value: Value, keys: readonly Value[]): boolean {
  let current = value;
  for (const key of keys) {
    if (current === undefined || current === null) return false;
    if (isJsonObject(current) && typeof key === 'string')
      current = Object.hasOwn(current, key) ? current[key] : undefined;
    else if (Array.isArray(current) && typeof key === 'number' && key >= 0 && key < current.length)
      current = (current as readonly Json[])[key];
    else return false;
  }
  return current !== undefined;
}

function sliced(value: Value, bounds: readonly Value[]): Value {
  if (typeof value !== 'string' && !Array.isArray(value))
    throw new FunctionError(`can't slice item of type ${goType(value)}`);
  const [from = 0, to = value.length] = bounds as readonly number[];
  if (from < 0 || from > value.length) throw new FunctionError(`index out of range: ${from}`);
  if (to < 0 || to > value.length) throw new FunctionError(`index out of range: ${to}`);
  if (from > to) throw new FunctionError(`invalid slice index: ${from} > ${to}`);
  return value.slice(from, to) as Json;
}

function basicType(value: Value): string {
  if (value === undefined || value === null || typeof value === 'object')
    throw new FunctionError('invalid type for comparison');
  return goType(value);
}

/** Literals and lengths are int, which is what numbers are mostly compared with. */
function incompatible(left: Value, right: Value): FunctionError {
  const [one, other] = [left, right].map((value) => goType(value).replace('int64', 'int'));
  return new FunctionError(`incompatible types for comparison: ${one} and ${other}`);
}

function equalsAny([first, ...others]: readonly Value[]): boolean {
  if (others.length === 0) throw new FunctionError('missing argument for comparison');
  return others.some((other) => equal(first, other));
}

function equal(left: Value, right: Value): boolean {
  if (left === undefined || left === null || right === undefined || right === null)
    return (left ?? null) === (right ?? null);
  if (typeof left === 'object' || typeof right === 'object')
    throw new FunctionError(`non-comparable type ${goText(left)}: ${goType(left)}`);
  if (goType(left) !== goType(right)) throw incompatible(left, right);
  return left === right;
}

function less(left: Value, right: Value): boolean {
  const kind = basicType(left);
  if (kind !== basicType(right)) throw incompatible(left, right);
  if (kind === 'bool') throw new FunctionError('invalid type for comparison');
  return (left as string) < (right as string);
}

const htmlEscapes: Readonly<Record<string, string>> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

function escapeHtml(text: string): string {
  return text.replace(/["'&<>]/g, (character) => htmlEscapes[character] ?? character);
}

function escapeScript(text: string): string {
  return text
    .replace(/[\\'"]/g, (character) => `\\${character}`)
    .replace(/[<>&=]/g, (character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
}
