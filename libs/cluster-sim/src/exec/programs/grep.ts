import type { Options } from '../options.ts';
import { linesOf, wholeNumber } from '../text.ts';
import { textFilter } from '../text-filter.ts';
import { findLine } from '../regular-expression.ts';

/** grep [-ivcnqoEFwhlx] PATTERN FILE... */
export const grep = textFilter({
  name: 'grep',
  short: 'ivcnqoEFGwhHlxsre:A:B:C:m:',
  long: {
    'ignore-case': 'i',
    'invert-match': 'v',
    count: 'c',
    quiet: 'q',
    'only-matching': 'o',
    'extended-regexp': 'E',
    'fixed-strings': 'F',
    'color:': 'color',
  },
  missingFileCode: 2,
  leadingOperands: (options) => (options.has('e') ? 0 : 1),
  filter({ options, operands, texts }) {
    const patterns = (options.has('e') ? options.all('e') : operands).flatMap((pattern) => pattern.split('\n'));
    if (patterns.length === 0)
      return {
        stdout: '',
        stderr: 'Usage: grep [-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...\n',
        exitCode: 2,
      };
    const style = options.has('F') ? 'fixed' : options.has('E') ? 'extended' : 'basic';
    const finders = patterns.map((pattern) =>
      findLine(pattern, style, { ignoreCase: options.has('i'), word: options.has('w'), line: options.has('x') }),
    );
    let stdout = '';
    let matched = false;
    for (const { name, text } of texts) {
      const prefix = texts.length > 1 && !options.has('h') ? `${name}:` : '';
      const hits = linesOf(text)
        .map((line, index) => ({
          line,
          number: index + 1,
          found: finders.map((find) => find(line)).find((found) => found !== undefined),
        }))
        .filter(({ found }) => (found !== undefined) !== options.has('v'));
      matched ||= hits.length > 0;
      if (options.has('c')) stdout += `${prefix}${hits.length}\n`;
      else if (options.has('l')) stdout += hits.length > 0 ? `${name}\n` : '';
      else if (options.has('o'))
        for (const hit of hits) stdout += `${prefix}${options.has('n') ? `${hit.number}:` : ''}${hit.found ?? ''}\n`;
      else stdout += linesWithContext(linesOf(text), hits, prefix, options);
    }
    return { stdout: options.has('q') ? '' : stdout, exitCode: matched ? 0 : 1 };
  },
});

/** Lines that match and, with -A, -B and -C, those around them; "--" stands between stretches. */
function linesWithContext(
  lines: readonly string[],
  hits: readonly { readonly number: number }[],
  prefix: string,
  options: Options,
): string {
  const around = wholeNumber(options.last('C')) ?? 0;
  const before = wholeNumber(options.last('B')) ?? around;
  const after = wholeNumber(options.last('A')) ?? around;
  const most = wholeNumber(options.last('m')) ?? Infinity;
  const matching = new Set(hits.slice(0, most).map(({ number }) => number));
  const shown = new Set<number>();
  for (const number of matching)
    for (let each = Math.max(1, number - before); each <= Math.min(lines.length, number + after); each += 1)
      shown.add(each);
  let text = '';
  let last = 0;
  for (const number of [...shown].sort((first, second) => first - second)) {
    if (before + after > 0 && last > 0 && number > last + 1) text += '--\n';
    const mark = matching.has(number) ? ':' : '-';
    const place = prefix === '' ? '' : `${prefix.slice(0, -1)}${mark}`;
    text += `${place}${options.has('n') ? `${number}${mark}` : ''}${lines[number - 1] ?? ''}\n`;
    last = number;
  }
  return text;
}
