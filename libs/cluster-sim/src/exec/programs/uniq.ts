import { joinLines, linesOf } from '../text.ts';
import { textFilter } from '../text-filter.ts';

/** uniq [-cdu] FILE: of neighbouring equal lines only one. */
export const uniq = textFilter({
  name: 'uniq',
  short: 'cdui',
  filter({ options, texts }) {
    const runs: { line: string; count: number }[] = [];
    for (const line of texts.flatMap(({ text }) => linesOf(text))) {
      const last = runs.at(-1);
      if (last?.line === line) last.count += 1;
      else runs.push({ line, count: 1 });
    }
    const shown = runs.filter(({ count }) => (!options.has('d') || count > 1) && (!options.has('u') || count === 1));
    return {
      stdout: joinLines(
        shown.map(({ line, count }) => (options.has('c') ? `${String(count).padStart(7)} ${line}` : line)),
      ),
    };
  },
});
