import { describe, expect, it } from '@jest/globals';
import { unifiedHunks } from '../src/unified-diff.ts';

const lines = (text: string): string =>
  text
    .split('')
    .map((letter) => `${letter}\n`)
    .join('');

interface DiffCase {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly hunks: string;
}

/** As GNU diff -u prints them; a letter is a line. */
const cases: readonly DiffCase[] = [
  { what: 'equal texts', before: 'abc', after: 'abc', hunks: '' },
  { what: 'a new file', before: '', after: 'ab', hunks: '@@ -0,0 +1,2 @@\n+a\n+b\n' },
  { what: 'a file that is gone', before: 'a', after: '', hunks: '@@ -1 +0,0 @@\n-a\n' },
  {
    what: 'a changed line between others',
    before: 'abcdefg',
    after: 'abcXefg',
    hunks: '@@ -1,7 +1,7 @@\n a\n b\n c\n-d\n+X\n e\n f\n g\n',
  },
  {
    what: 'changes far from each other',
    before: 'abcdefghijk',
    after: 'Xbcdefghijk!',
    hunks: '@@ -1,4 +1,4 @@\n-a\n+X\n b\n c\n d\n@@ -9,3 +9,4 @@\n i\n j\n k\n+!\n',
  },
  {
    what: 'a repeated block, as far down as it can stand',
    before: 'xyz',
    after: 'xyxyz',
    hunks: '@@ -1,3 +1,5 @@\n x\n y\n+x\n+y\n z\n',
  },
];

describe('unifiedHunks', () => {
  it.each(cases)('shows $what', ({ before, after, hunks }) => {
    expect(unifiedHunks(lines(before), lines(after))).toBe(hunks);
  });
});
