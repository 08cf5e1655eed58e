import { describe, expect, it } from '@jest/globals';
import { commandLines } from '../../src/exec/shell/line-parser.ts';

/** What an interactive bash takes for one line of commands (POSIX 2.10.2, complete_command). */
describe('commandLines', () => {
  it.each<[what: string, text: string, lines: readonly (readonly [number, string, boolean])[]]>([
    ['nothing', '\n  # a comment\n\n', []],
    [
      'one line a command',
      'a\nb',
      [
        [1, 'a', true],
        [2, 'b', true],
      ],
    ],
    ['a list on one line', 'a; b && c # and d\n', [[1, 'a; b && c # and d', true]]],
    [
      'a continued line',
      'a \\\n  b\nc',
      [
        [1, 'a \\\n  b', true],
        [3, 'c', true],
      ],
    ],
    [
      'an operator at the end of a line',
      'a |\n b\nc',
      [
        [1, 'a |\n b', true],
        [3, 'c', true],
      ],
    ],
    [
      'a here-document',
      'cat <<E\nx\nE\nb',
      [
        [1, 'cat <<E\nx\nE', true],
        [4, 'b', true],
      ],
    ],
    [
      'two of them',
      'cat <<A <<B\nx\nA\ny\nB\nb',
      [
        [1, 'cat <<A <<B\nx\nA\ny\nB', true],
        [6, 'b', true],
      ],
    ],
    [
      'a loop',
      'for i in 1 2\ndo echo $i\ndone\nb',
      [
        [1, 'for i in 1 2\ndo echo $i\ndone', true],
        [4, 'b', true],
      ],
    ],
    [
      'a quoted line end',
      'echo "a\nb"\nc',
      [
        [1, 'echo "a\nb"', true],
        [3, 'c', true],
      ],
    ],
    [
      'a line that is none, and the next',
      'echo )\nb',
      [
        [1, 'echo )', false],
        [2, 'b', true],
      ],
    ],
    [
      'a bracket alone',
      ')\n\nb',
      [
        [1, ')', false],
        [3, 'b', true],
      ],
    ],
    [
      'a quote that is never closed',
      'a\necho "b\nc',
      [
        [1, 'a', true],
        [2, 'echo "b\nc', false],
      ],
    ],
    [
      'a job in the background',
      'a & b\nc &',
      [
        [1, 'a & b', true],
        [2, 'c &', true],
      ],
    ],
  ])('reads %s', (_what, text, lines) => {
    expect([...commandLines(text)].map(({ line, text: command, parsed }) => [line, command, parsed.ok])).toEqual(lines);
  });

  it('refuses a text that nobody types', () => {
    expect([...commandLines('a\n'.repeat(40_000))].map(({ parsed }) => parsed.ok)).toEqual([false]);
  });
});
