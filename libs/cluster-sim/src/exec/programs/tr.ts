import { unescape } from '../escapes.ts';
import { fail, succeed } from '../program.ts';
import type { Program } from '../program.ts';

const classes: ReadonlyMap<string, string> = new Map([
  ['[:upper:]', 'A-Z'],
  ['[:lower:]', 'a-z'],
  ['[:digit:]', '0-9'],
  ['[:alpha:]', 'A-Za-z'],
  ['[:alnum:]', '0-9A-Za-z'],
  ['[:space:]', ' \t\n\r\v\f'],
]);

/** tr [-cds] SET1 [SET2] */
export const tr: Program = {
  name: 'tr',
  readsInput: true,
  run(argv, stdin) {
    const options = argv
      .slice(1)
      .filter((argument) => /^-[cCds]+$/.test(argument))
      .join('');
    const [first, second] = argv.slice(1).filter((argument) => !/^-[cCds]+$/.test(argument));
    if (first === undefined) return fail(1, 'tr: missing operand\n');
    const from = members(first);
    const to = members(second ?? '');
    const complement = /c/i.test(options);
    const squeezed = new Set(options.includes('s') ? (to.length > 0 ? to : from) : []);
    const positions = new Map(from.map((character, index) => [character, index] as const));
    let output = '';
    for (const character of stdin) {
      const position = positions.get(character);
      const selected = (position !== undefined) !== complement;
      if (selected && options.includes('d')) continue;
      const index = complement ? to.length - 1 : Math.min(position ?? 0, to.length - 1);
      const mapped = selected && to.length > 0 ? (to[index] ?? character) : character;
      if (squeezed.has(mapped) && output.endsWith(mapped)) continue;
      output += mapped;
    }
    return succeed(output);
  },
};

function members(set: string): string[] {
  const text = unescape(
    set.replace(/\[:\w+:\]/g, (name) => classes.get(name) ?? name),
    false,
  ).text;
  const result: string[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const first = text.charCodeAt(index);
    const last = text.charCodeAt(index + 2);
    if (text.charAt(index + 1) === '-' && index + 2 < text.length && last >= first && last - first < 256) {
      for (let code = first; code <= last; code += 1) result.push(String.fromCharCode(code));
      index += 2;
    } else result.push(text.charAt(index));
  }
  return result;
}
