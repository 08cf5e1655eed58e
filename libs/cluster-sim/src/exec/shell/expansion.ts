import { absolutePath } from '../file-system.ts';
import type { FileSystem } from '../file-system.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { matchesPattern } from './pattern.ts';
import type { ShellState } from './shell-state.ts';
import type { Script, Word, WordPart } from './syntax.ts';

/** Ends the shell with this message, as an error of expansion does in POSIX. */
export class ExpansionError extends Error {}

export interface ExpansionContext {
  readonly state: ShellState;
  readonly files: FileSystem;
  substitute(script: Script): string;
}

/** A stretch of expanded text: quoted text is never split and has no wildcards. */
interface Piece {
  readonly text: string;
  readonly quoted: boolean;
  /** Comes from an expansion: subject to field splitting. */
  readonly split: boolean;
  /** A field of "$@" ends here. */
  readonly fieldEnd?: boolean;
}

/** More fields than this from one command line are cut off. */
const maxFields = 4_096;
const maxFieldLength = 1_048_576;

/** Words to arguments: expansion, field splitting, file names. */
export function expandWords(words: readonly Word[], context: ExpansionContext): string[] {
  const fields: string[] = [];
  for (const word of words) {
    if (isNothing(word, context)) continue;
    for (const field of splitFields(piecesOf(expandBraces(word), context), context)) {
      if (fields.length >= maxFields) return fields;
      fields.push(field);
    }
  }
  return fields;
}

/** "$@" without parameters is no field at all. */
function isNothing(word: Word, { state }: ExpansionContext): boolean {
  if (state.parameters.length > 1) return false;
  return (
    word.some((part) => part.kind === 'parameter' && part.name === '@' && part.quoted && !part.operator) &&
    word.every((part) => (part.kind === 'text' ? part.text === '' : part.kind === 'parameter' && part.name === '@'))
  );
}

/** A word that stays one: the value of an assignment, the target of a redirection. */
export function expandOne(word: Word, context: ExpansionContext): string {
  return piecesOf(word, context)
    .map(({ text }) => text)
    .join('');
}

/** A pattern of `case` or ${name#pattern}, with the indexes of the characters that were quoted. */
export function expandPattern(
  word: Word,
  context: ExpansionContext,
): { readonly pattern: string; readonly literal: ReadonlySet<number> } {
  let pattern = '';
  const literal = new Set<number>();
  for (const { text, quoted } of piecesOf(word, context)) {
    if (quoted) for (let index = 0; index < text.length; index += 1) literal.add(pattern.length + index);
    pattern += text;
  }
  return { pattern, literal };
}

/** Brace expansion belongs to bash; {1..5} is the form that scripts use, and it is cheap to have. */
function expandBraces(word: Word): Word {
  const [part] = word;
  const match =
    word.length === 1 && part?.kind === 'text' && !part.quoted
      ? /^\{(-?\d{1,6})\.\.(-?\d{1,6})\}$/.exec(part.text)
      : null;
  if (!match) return word;
  const from = Number(match[1]);
  const to = Number(match[2]);
  const count = Math.min(Math.abs(to - from) + 1, maxFields);
  const numbers = Array.from({ length: count }, (_, index) => String(from + Math.sign(to - from) * index));
  return [{ kind: 'arithmetic', expression: [{ kind: 'text', text: numbers.join(' '), quoted: true }], quoted: false }];
}

function piecesOf(word: Word, context: ExpansionContext): Piece[] {
  const pieces = word.flatMap((part, index) => expandPart(part, index === 0, context));
  let length = 0;
  for (const { text } of pieces) length += text.length;
  if (length > maxFieldLength) throw new ExpansionError('out of memory');
  return pieces;
}

function expandPart(part: WordPart, first: boolean, context: ExpansionContext): Piece[] {
  switch (part.kind) {
    case 'text':
      return [
        {
          text: first && !part.quoted ? expandTilde(part.text, context.state) : part.text,
          quoted: part.quoted,
          split: false,
        },
      ];
    case 'parameter':
      return expandParameter(part, context);
    case 'command':
      return [{ text: context.substitute(part.script).replace(/\n+$/, ''), quoted: part.quoted, split: !part.quoted }];
    case 'arithmetic':
      return [{ text: arithmeticText(part.expression, context), quoted: part.quoted, split: !part.quoted }];
  }
}

function arithmeticText(expression: Word, context: ExpansionContext): string {
  const text = expandOne(expression, context);
  // A list of numbers can only be a brace expansion.
  if (/^-?\d+( -?\d+)+$/.test(text)) return text;
  const result = evaluateArithmetic(text, context.state);
  if (!result.ok)
    throw new ExpansionError(result.reason === 'divide by zero' ? 'divide by zero' : `arithmetic syntax error`);
  return String(result.value);
}

function expandTilde(text: string, state: ShellState): string {
  if (text !== '~' && !text.startsWith('~/')) return text;
  return (state.get('HOME') ?? '/root') + text.slice(1);
}

function expandParameter(part: WordPart & { kind: 'parameter' }, context: ExpansionContext): Piece[] {
  const { name, quoted, operator, argument = [] } = part;
  const { state } = context;
  const value = state.get(name);
  if (name === '@' && quoted && operator === undefined) {
    const fields = state.parameters.slice(1);
    return fields.map((text, index) => ({ text, quoted: true, split: false, fieldEnd: index < fields.length - 1 }));
  }
  if (operator === undefined && value === undefined && state.options.has('u'))
    throw new ExpansionError(`${name}: parameter not set`);
  const text = operator === undefined ? (value ?? '') : applyOperator(name, value, operator, argument, context);
  return [{ text, quoted, split: !quoted }];
}

function applyOperator(
  name: string,
  value: string | undefined,
  operator: NonNullable<(WordPart & { kind: 'parameter' })['operator']>,
  argument: Word,
  context: ExpansionContext,
): string {
  const absent = value === undefined || (operator.startsWith(':') && value === '');
  switch (operator) {
    case 'length':
      return String((value ?? '').length);
    case ':-':
    case '-':
      return absent ? expandOne(argument, context) : value;
    case ':=':
    case '=': {
      if (!absent) return value;
      const assigned = expandOne(argument, context);
      context.state.set(name, assigned);
      return assigned;
    }
    case ':+':
    case '+':
      return absent ? '' : expandOne(argument, context);
    case ':?':
    case '?':
      if (absent) throw new ExpansionError(`${name}: ${expandOne(argument, context) || 'parameter not set'}`);
      return value;
    case '#':
    case '##':
    case '%':
    case '%%':
      return trim(value ?? '', operator, argument, context);
  }
}

function trim(value: string, operator: '#' | '##' | '%' | '%%', argument: Word, context: ExpansionContext): string {
  const { pattern, literal } = expandPattern(argument, context);
  // Every length is tried against the pattern: keep the product small.
  const limit = Math.min(value.length, 2_048);
  const fromStart = operator.startsWith('#');
  const longest = operator.length === 2;
  for (let step = 0; step <= limit; step += 1) {
    const length = longest ? limit - step : step;
    const candidate = fromStart ? value.slice(0, length) : value.slice(value.length - length);
    if (matchesPattern(candidate, pattern, literal))
      return fromStart ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}

function splitFields(pieces: readonly Piece[], context: ExpansionContext): string[] {
  const separators = context.state.get('IFS') ?? ' \t\n';
  const fields: { text: string; literal: Set<number>; wildcard: boolean }[] = [];
  let current: (typeof fields)[number] | undefined;
  const extend = (text: string, quoted: boolean): void => {
    current ??= { text: '', literal: new Set(), wildcard: false };
    if (quoted) for (let index = 0; index < text.length; index += 1) current.literal.add(current.text.length + index);
    else if (/[*?[]/.test(text)) current.wildcard = true;
    current.text += text;
  };
  const end = (): void => {
    if (current) fields.push(current);
    current = undefined;
  };
  for (const { text, quoted, split, fieldEnd } of pieces) {
    if (!split) {
      if (quoted || text !== '') extend(text, quoted);
    } else {
      for (const run of runsOf(text, separators)) {
        if (run === undefined) end();
        else extend(run, false);
      }
    }
    if (fieldEnd) end();
  }
  end();
  return fields.flatMap(({ text, literal, wildcard }) => (wildcard ? fileNames(text, literal, context) : [text]));
}

/** Text between separators; undefined stands for a separator. */
function runsOf(text: string, separators: string): (string | undefined)[] {
  const runs: (string | undefined)[] = [];
  let run = '';
  for (const character of text) {
    if (!separators.includes(character)) run += character;
    else {
      if (run !== '') runs.push(run);
      runs.push(undefined);
      run = '';
    }
  }
  if (run !== '') runs.push(run);
  return runs;
}

/** The files of one directory that match in the last component; the pattern itself when there are none. */
function fileNames(text: string, literal: ReadonlySet<number>, { state, files }: ExpansionContext): string[] {
  const slash = text.lastIndexOf('/');
  const prefix = text.slice(0, slash + 1);
  const pattern = text.slice(slash + 1);
  const shifted = new Set([...literal].map((index) => index - slash - 1));
  const directory = absolutePath(prefix === '' ? '.' : prefix, state.workingDirectory);
  const found = files.list(directory).filter((name) => !name.startsWith('.') && matchesPattern(name, pattern, shifted));
  return found.length > 0 ? found.map((name) => prefix + name) : [text];
}
