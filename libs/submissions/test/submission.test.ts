import { describe, expect, it } from '@jest/globals';
import { formatSubmissionPosition, parseSubmissionPosition } from '@kubedrill/submissions';
import { nextId, noon } from './contract/samples.ts';

describe('positions of submissions', () => {
  it('survive the wire', () => {
    const position = { createdAt: noon, id: nextId() };
    expect(formatSubmissionPosition(position)).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(parseSubmissionPosition(formatSubmissionPosition(position))).toEqual(position);
  });

  it.each(['', 'x', '1_', '_a', '1_a b', `${'9'.repeat(20)}_a`])('are not read from %j', (text) => {
    expect(parseSubmissionPosition(text)).toBeUndefined();
  });
});
