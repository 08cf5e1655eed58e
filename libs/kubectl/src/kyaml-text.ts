import type { Json } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { memberNames } from './go-syntax.ts';

/** sigs.k8s.io/yaml/kyaml: YAML in braces, every text quoted. */
export function formatKyaml(value: Json): string {
  return `---\n${node(value, 0)}\n`;
}

function node(value: Json, depth: number): string {
  if (typeof value === 'string') return quoted(value, depth + 1);
  if (Array.isArray(value)) return sequence(value as readonly Json[], depth);
  return isJsonObject(value) ? mapping(value, depth) : JSON.stringify(value);
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}

/** Collections stand right behind the bracket, anything else on lines of its own. */
function sequence(list: readonly Json[], depth: number): string {
  if (list.length === 0) return '[]';
  const isCuddled = list.every((element) => typeof element === 'object' && element !== null);
  if (isCuddled) return `[${list.map((element) => node(element, depth)).join(', ')}]`;
  const lines = list.map((element) => `${indent(depth + 1)}${node(element, depth + 1)},\n`);
  return `[\n${lines.join('')}${indent(depth)}]`;
}

function mapping(object: Readonly<Record<string, Json | undefined>>, depth: number): string {
  const names = memberNames(object);
  if (names.length === 0) return '{}';
  const lines = names.map((name) => `${indent(depth + 1)}${key(name)}: ${node(object[name] ?? null, depth + 1)},\n`);
  return `{\n${lines.join('')}${indent(depth)}}`;
}

function key(name: string): string {
  return /^[\p{L}\p{N}_]([\p{L}\p{N}_./-]*[\p{L}\p{N}_])?$/u.test(name) && !isAmbiguous(name)
    ? name
    : `"${escaped(name).replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`;
}

/** Reads as something other than a text. */
function isAmbiguous(text: string): boolean {
  const bare = text.replaceAll('_', '');
  return (
    /^(null|true|y|yes|on|false|n|no|off|t|f|nan|inf|infinity)$/i.test(text) ||
    /^(0x[\da-f]+|0o[0-7]+|0b[01]+|\d+(\.\d*)?(e\d+)?)$/i.test(bare) ||
    /^\d{4}-\d{1,2}-\d{1,2}$/.test(text)
  );
}

/** A text of several lines is folded where they end. */
function quoted(text: string, depth: number): string {
  if (!text.includes('\n')) return `"${escaped(text)}"`;
  const lines = text.split('\n');
  const last = lines.length - 1;
  const shown = lines.flatMap((line, at) => {
    if (at === last && line === '') return [];
    const start = /^\s/.test(line) ? '\\' : ' ';
    return [`${indent(depth)}${start}${escaped(line)}${at === last ? '' : '\\n'}\\\n`];
  });
  return `"\\\n${shown.join('')}${indent(depth)}"`;
}

const named: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0000': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '\v': '\\v',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function escaped(text: string): string {
  return text.replace(/["\\\p{C}\p{Zl}\p{Zp}\u00a0]/gu, (character) => {
    if (character === '\n' || character === '\t') return character;
    const code = character.codePointAt(0) ?? 0;
    const hexadecimal = code.toString(16);
    const numbered =
      code < 0x80
        ? `\\x${hexadecimal.padStart(2, '0')}`
        : code < 0x10000
          ? `\\u${hexadecimal.padStart(4, '0')}`
          : `\\U${hexadecimal.padStart(8, '0')}`;
    return named[character] ?? numbered;
  });
}
