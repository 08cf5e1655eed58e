import { describe, expect, it } from '@jest/globals';
import { durationSchema, formatDuration } from '../../src/exercise/duration.ts';

describe('durationSchema', () => {
  it.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['500ms', 500],
  ])('reads %s', (text, milliseconds) => {
    expect(durationSchema.parse(text)).toBe(milliseconds);
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it.each(['30', 's', '-5s', '1d', ''])('refuses "%s"', (text) => {
    expect(durationSchema.safeParse(text).success).toBe(false);
  });
});
