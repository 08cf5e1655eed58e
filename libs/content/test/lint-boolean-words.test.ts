import { describe, expect, it } from '@jest/globals';
import { lintBooleanWords } from '../src/lint-boolean-words.ts';

describe('words that YAML 1.1 takes for booleans', () => {
  it.each<[what: string, text: string, found: readonly string[]]>([
    ['a value', 'lonely: yes\n', ['1:1 yes']],
    ['a key', 'on: push\n', ['1:1 on']],
    ['items of a list', 'pick: [y, no, Off]\n', ['1:8 y', '1:11 no', '1:15 Off']],
    ['in a later document', 'a: 1\n---\nb:\n  - n\n', ['4:5 n']],
    ['in braces', 'labels: { "app": web, lonely: yes }\n', ['1:23 yes']],
    ['not in quotes', 'a: "yes"\nb: \'on\'\n"off": 1\n', []],
    ['not in a block', 'a: |\n  yes\n  no\n', []],
    ['not what says it plainly', 'a: true\nb: False\nc: [true]\n', []],
    ['not inside of other words', 'a: yes, please\nb: only\n', []],
    ['not in what is no YAML', 'a: [yes\n', []],
  ])('%s', (_what, text, found) => {
    const issues = lintBooleanWords(new Map([['a.yaml', text]]));
    expect(issues.map(({ line, column, message }) => `${line}:${column} ${message.split(' ')[0]}`)).toEqual(found);
  });

  it('leaves other files alone', () => {
    expect(lintBooleanWords(new Map([['brief.md', 'on: yes']]))).toEqual([]);
  });
});
