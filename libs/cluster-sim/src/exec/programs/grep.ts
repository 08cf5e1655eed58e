import { linesOf } from '../text.ts';
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
      else
        for (const hit of hits)
          stdout += `${prefix}${options.has('n') ? `${hit.number}:` : ''}${options.has('o') ? (hit.found ?? '') : hit.line}\n`;
    }
    return { stdout: options.has('q') ? '' : stdout, exitCode: matched ? 0 : 1 };
  },
});
