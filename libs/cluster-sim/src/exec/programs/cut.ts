import { joinLines, linesOf } from '../text.ts';
import { textFilter } from '../text-filter.ts';

/** cut -d D -f LIST | -c LIST */
export const cut = textFilter({
  name: 'cut',
  short: 'd:f:c:b:s',
  filter({ options, texts }) {
    const lines = texts.flatMap(({ text }) => linesOf(text));
    const characters = options.last('c') ?? options.last('b');
    const ranges = parseRanges(characters ?? options.last('f') ?? '');
    if (ranges.length === 0)
      return { stdout: '', stderr: 'cut: expected a list of bytes, characters, or fields\n', exitCode: 1 };
    const separator = options.last('d') ?? '\t';
    const pick = (parts: readonly string[]): string[] =>
      parts.filter((_, index) => ranges.some(([from, to]) => index + 1 >= from && index + 1 <= to));
    const cutLine = (line: string): string[] => {
      if (characters !== undefined) return [pick([...line]).join('')];
      if (!line.includes(separator)) return options.has('s') ? [] : [line];
      return [pick(line.split(separator)).join(separator)];
    };
    return { stdout: joinLines(lines.flatMap(cutLine)) };
  },
});

function parseRanges(list: string): (readonly [number, number])[] {
  return list.split(',').flatMap((range) => {
    const match = /^(\d{0,6})(-?)(\d{0,6})$/.exec(range);
    if (!match || range === '' || range === '-') return [];
    const from = match[1] === '' ? 1 : Number(match[1]);
    return [[from, match[2] === '' ? from : match[3] === '' ? Infinity : Number(match[3])] as const];
  });
}
