import type { Json } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';

/** As sigs.k8s.io/yaml writes JSON: keys sorted, lists as far left as their key, texts quoted only where they must be. */
export function formatYaml(value: Json): string {
  return block(value, 0);
}

function block(value: Json, depth: number): string {
  const indent = '  '.repeat(depth);
  if (Array.isArray(value))
    return (value as readonly Json[]).map((element) => `${indent}- ${listElement(element, depth)}`).join('');
  if (!isJsonObject(value)) return `${indent}${scalar(value, depth)}\n`;
  return Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort(naturally)
    .map((key) => `${indent}${scalar(key, depth)}:${member(value[key] ?? null, depth)}`)
    .join('');
}

/** What follows "- ": an object starts on the same line. */
function listElement(value: Json, depth: number): string {
  return isCollection(value) && !isEmpty(value) ? block(value, depth + 1).trimStart() : `${flat(value, depth + 1)}\n`;
}

function member(value: Json, depth: number): string {
  if (!isCollection(value) || isEmpty(value)) return ` ${flat(value, depth + 1)}\n`;
  return `\n${block(value, Array.isArray(value) ? depth : depth + 1)}`;
}

function isCollection(value: Json): boolean {
  return Array.isArray(value) || isJsonObject(value);
}

function isEmpty(value: Json): boolean {
  return Array.isArray(value) ? value.length === 0 : isJsonObject(value) && Object.keys(value).length === 0;
}

function flat(value: Json, depth: number): string {
  if (Array.isArray(value)) return '[]';
  return isJsonObject(value) ? '{}' : scalar(value, depth);
}

/** go-yaml's keyList: digits compare as numbers, letters come after other characters. */
function naturally(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const [x = '', y = ''] = [a[at], b[at]];
    if (x === y) continue;
    const [isLetter, isOtherLetter] = [isLetterOf(x), isLetterOf(y)];
    if (isLetter !== isOtherLetter) return isLetter ? 1 : -1;
    const [number, other] = [leadingNumber(left.slice(at)), leadingNumber(right.slice(at))];
    if (number !== undefined && other !== undefined && number !== other) return number - other;
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

function isLetterOf(character: string): boolean {
  return /\p{L}/u.test(character);
}

function leadingNumber(text: string): number | undefined {
  const digits = /^\d+/.exec(text);
  return digits ? Number(digits[0]) : undefined;
}

function scalar(value: Json, depth: number): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (value.includes('\n') && /^[\P{C}\n\t]*$/u.test(value)) return literal(value, depth);
  if (!/^\P{C}*$/u.test(value) || isAmbiguous(value)) return JSON.stringify(value);
  return isPlain(value) ? value : `'${value.replaceAll("'", "''")}'`;
}

function literal(text: string, depth: number): string {
  const indent = '  '.repeat(depth);
  const chomp = text.endsWith('\n\n') || text === '\n' ? '+' : text.endsWith('\n') ? '' : '-';
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  return `|${hint}${chomp}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`;
}

/** Reads as something other than text in YAML 1.1. */
function isAmbiguous(text: string): boolean {
  return (
    text === '' ||
    /^(~|null|Null|NULL|y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|<<)$/.test(
      text,
    ) ||
    /^[-+]?(\d[\d_]*|0x[\da-fA-F_]+|0b[01_]+|0o?[0-7_]+)$/.test(text) ||
    /^[-+]?(\.\d+|\d[\d_]*(\.\d*)?)([eE][-+]?\d+)?$/.test(text) ||
    /^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/.test(text) ||
    /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.\d*)?$/.test(text) ||
    /^\d{4}-\d\d?-\d\d?([Tt ].*)?$/.test(text)
  );
}

function isPlain(text: string): boolean {
  return !(
    /^[[\]{},#&*!|>'"%@`]/.test(text) ||
    /^[-?:]( |$)/.test(text) ||
    /^(---|\.\.\.)/.test(text) ||
    /: |:$| #|^\s|\s$/.test(text)
  );
}
