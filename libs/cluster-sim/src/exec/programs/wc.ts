import { byteLength, linesOf } from '../text.ts';
import { textFilter } from '../text-filter.ts';

/** wc [-lwc] FILE... */
export const wc = textFilter({
  name: 'wc',
  short: 'lwcmL',
  filter({ options, texts }) {
    const wanted = ['l', 'w', 'c'].filter((letter) => options.has(letter) || (letter === 'c' && options.has('m')));
    const columns = wanted.length === 0 ? ['l', 'w', 'c'] : wanted;
    const rows = texts.map(({ name, text }) => ({
      name: name === '-' ? '' : name,
      counts: columns.map((column) => count(column, text)),
    }));
    if (rows.length > 1)
      rows.push({
        name: 'total',
        counts: columns.map((_, index) => rows.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0)),
      });
    const width = columns.length === 1 ? 0 : 9;
    return {
      stdout: rows
        .map(
          ({ name, counts }) =>
            `${counts.map((number) => String(number).padStart(width)).join(' ')}${name === '' ? '' : ` ${name}`}\n`,
        )
        .join(''),
    };
  },
});

function count(column: string, text: string): number {
  if (column === 'l') return text.split('\n').length - 1;
  if (column === 'w')
    return linesOf(text).reduce((sum, line) => sum + line.split(/\s+/).filter((word) => word !== '').length, 0);
  return byteLength(text);
}
