import { linesOf } from '../text.ts';
import { textFilter } from '../text-filter.ts';

/** cat [-n] FILE... */
export const cat = textFilter({
  name: 'cat',
  short: 'nuvetA',
  filter({ options, texts }) {
    const text = texts.map((entry) => entry.text).join('');
    if (!options.has('n')) return { stdout: text };
    return {
      stdout: linesOf(text)
        .map((line, index) => `${String(index + 1).padStart(6)}\t${line}\n`)
        .join(''),
    };
  },
});
