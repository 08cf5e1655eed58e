import { compileExpression } from '../regular-expression.ts';
import { joinLines, linesOf } from '../text.ts';
import { textFilter } from '../text-filter.ts';

type Command =
  | {
      readonly kind: 'substitute';
      readonly search: ReturnType<typeof compileExpression>;
      readonly replacement: string;
      readonly global: boolean;
      readonly print: boolean;
      /** s/A/B/2: the second match. */
      readonly occurrence: number;
    }
  | { readonly kind: 'print' | 'delete'; readonly selects: (line: string, number: number, last: boolean) => boolean };

/** sed [-nEi] 's/A/B/g', 'Np', '/A/d', 'Nd': the commands that people type; others are refused. */
export const sed = textFilter({
  name: 'sed',
  short: 'nErie:',
  leadingOperands: (options) => (options.has('e') ? 0 : 1),
  rewrites: (options) => options.has('i'),
  filter({ options, operands, texts }) {
    const scripts = options.has('e') ? options.all('e') : operands;
    const commands: Command[] = [];
    for (const part of scripts.flatMap((script) => splitCommands(script))) {
      const command = parseCommand(part, options.has('E') || options.has('r'));
      if (!command) return { stdout: '', stderr: `sed: unsupported command ${part}\n`, exitCode: 1 };
      commands.push(command);
    }
    const lines = texts.flatMap(({ text }) => linesOf(text));
    const output = lines.flatMap((line, index) =>
      edit(line, index + 1, index === lines.length - 1, commands, options.has('n')),
    );
    return { stdout: joinLines(output) };
  },
});

/** `;` separates commands, except within s/.../.../. */
function splitCommands(script: string): string[] {
  const parts: string[] = [];
  let rest = script.replace(/^[\s;]+/, '');
  while (rest !== '' && parts.length < maxCommands) {
    const length = rest.startsWith('s') ? substitutionLength(rest) : rest.search(/[;\n]|$/);
    parts.push(rest.slice(0, length).trim());
    rest = rest.slice(length).replace(/^[\s;]+/, '');
  }
  return parts;
}

const maxCommands = 256;

/** Up to the third separator and the flags behind it. */
function substitutionLength(text: string): number {
  const separator = text.charAt(1);
  let seen = 1;
  let position = 2;
  for (; position < text.length && seen < 3; position += 1) {
    if (text.charAt(position) === '\\') position += 1;
    else if (text.charAt(position) === separator) seen += 1;
  }
  return position + text.slice(position).search(/[;\n]|$/);
}

function parseCommand(text: string, extended: boolean): Command | undefined {
  if (text.startsWith('s')) return parseSubstitution(text, extended);
  const found = addressed.exec(text);
  if (!found) return undefined;
  const [, from, to, action] = found;
  return {
    kind: action === 'p' ? 'print' : 'delete',
    selects: selection(from && addressOf(from, extended), to && addressOf(to, extended)),
  };
}

/** A line by its number, the last one, or what a pattern matches. */
const addressed = /^(\d{1,6}|\$|\/(?:[^/\\]|\\.)*\/)?(?:,(\d{1,6}|\$|\/(?:[^/\\]|\\.)*\/))?\s*([pd])$/s;

type Address = (line: string, number: number, last: boolean) => boolean;

function addressOf(text: string, extended: boolean): { readonly selects: Address; readonly number?: number } {
  if (text === '$') return { selects: (_line, _number, last) => last };
  if (!text.startsWith('/')) return { selects: (_line, number) => number === Number(text), number: Number(text) };
  const search = compileExpression(text.slice(1, -1), extended ? 'extended' : 'basic', false);
  return { selects: (line) => search(line, 0) !== undefined };
}

/** From the first address on, up to the second one; a number that has passed already ends it at once. */
function selection(
  from: ReturnType<typeof addressOf> | '' | undefined,
  to: ReturnType<typeof addressOf> | '' | undefined,
): Address {
  if (!from) return () => true;
  if (!to) return from.selects;
  let isInside = false;
  return (line, number, last) => {
    if (isInside) {
      isInside = !to.selects(line, number, last);
      return to.number === undefined || number <= to.number;
    }
    if (!from.selects(line, number, last)) return false;
    isInside = !last && (to.number === undefined || number < to.number);
    return true;
  };
}

function parseSubstitution(text: string, extended: boolean): Command | undefined {
  const separator = text.charAt(1);
  const parts: string[] = [''];
  for (let index = 2; index < text.length; index += 1) {
    const character = text.charAt(index);
    const last = parts.length - 1;
    if (character === '\\' && text.charAt(index + 1) === separator) {
      parts[last] += separator;
      index += 1;
    } else if (character === '\\') {
      parts[last] += character + text.charAt(index + 1);
      index += 1;
    } else if (character === separator) parts.push('');
    else parts[last] += character;
  }
  const [pattern, replacement, flags] = parts;
  if (
    parts.length !== 3 ||
    pattern === undefined ||
    replacement === undefined ||
    !/^[gpiI\d]*$/.test(flags?.trim() ?? '')
  )
    return undefined;
  const search = compileExpression(pattern, extended ? 'extended' : 'basic', /i/i.test(flags ?? ''));
  return {
    kind: 'substitute',
    search,
    replacement,
    global: (flags ?? '').includes('g'),
    print: (flags ?? '').includes('p'),
    occurrence: Number(/\d{1,4}/.exec(flags ?? '')?.[0] ?? 1),
  };
}

function edit(line: string, number: number, last: boolean, commands: readonly Command[], silent: boolean): string[] {
  const output: string[] = [];
  let current = line;
  for (const command of commands) {
    if (command.kind === 'substitute') {
      const next = substitute(current, command);
      if (command.print && next !== current) output.push(next);
      current = next;
    } else if (command.selects(current, number, last)) {
      if (command.kind === 'delete') return output;
      output.push(current);
    }
  }
  if (!silent) output.push(current);
  return output;
}

function substitute(
  line: string,
  { search, replacement, global, occurrence }: Command & { kind: 'substitute' },
): string {
  let result = '';
  let from = 0;
  for (let count = 1; from <= line.length; count += 1) {
    const match = search(line, from);
    if (!match) break;
    const matched = line.slice(match.start, match.end);
    const isMeant = count >= occurrence;
    result +=
      line.slice(from, match.start) + (isMeant ? expandReplacement(replacement, matched, match.groups) : matched);
    from = match.end;
    if (match.end === match.start) {
      result += line.charAt(from);
      from += 1;
    }
    if (isMeant && !global) break;
  }
  return result + line.slice(from);
}

function expandReplacement(replacement: string, matched: string, groups: readonly string[]): string {
  return replacement.replace(/\\([1-9])|\\(.)|&/gs, (whole, group: string | undefined, escaped: string | undefined) => {
    if (whole === '&') return matched;
    if (group !== undefined) return groups[Number(group) - 1] ?? '';
    return escaped === 'n' ? '\n' : escaped === 't' ? '\t' : (escaped ?? '');
  });
}
