import { joinLines, linesOf } from '../text.ts';
import { textFilter } from '../text-filter.ts';

/** sort [-nru] [-k N] FILE... */
export const sort = textFilter({
  name: 'sort',
  short: 'nruk:t:hVf',
  filter({ options, texts }) {
    const lines = texts.flatMap(({ text }) => linesOf(text));
    const column = Number(/^\d{1,4}/.exec(options.last('k') ?? '')?.[0] ?? 0);
    const separator = options.last('t');
    const key = (line: string): string =>
      column < 1
        ? line
        : (separator === undefined ? line.trim().split(/\s+/) : line.split(separator)).slice(column - 1).join(' ');
    const numeric = options.has('n') || options.has('h') || /n/.test(options.last('k') ?? '');
    const direction = options.has('r') || /r/.test(options.last('k') ?? '') ? -1 : 1;
    const compare = (left: string, right: string): number => {
      const [first, second] = [key(left), key(right)];
      const order = numeric ? leadingNumber(first) - leadingNumber(second) : 0;
      return direction * (order !== 0 ? order : first < second ? -1 : first > second ? 1 : 0);
    };
    const sorted = lines.sort(compare);
    return {
      stdout: joinLines(options.has('u') ? sorted.filter((line, index) => line !== sorted[index - 1]) : sorted),
    };
  },
});

function leadingNumber(text: string): number {
  return Number(/^\s*(-?\d{1,15}(?:\.\d{1,15})?)/.exec(text)?.[1] ?? 0);
}
