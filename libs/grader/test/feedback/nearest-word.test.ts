import { describe, expect, it } from '@jest/globals';
import { nearestWord } from '../../src/feedback/nearest-word.ts';

const fields = ['weight', 'feedback', 'targetPort', 'title', 'service'];

describe('nearestWord', () => {
  it.each([
    ['wieght', 'weight'],
    ['targetport', 'targetPort'],
    ['servce', 'service'],
    ['titel', 'title'],
    ['completely-else', undefined],
    ['x', undefined],
  ])('finds for "%s": %s', (word, expected) => {
    expect(nearestWord(word, fields)).toBe(expected);
  });
});
