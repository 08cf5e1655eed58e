import { describe, expect, it } from '@jest/globals';
import { ReadCache } from '../src/read-cache.ts';

describe('a read cache', () => {
  let now = 0;
  const open = (capacity = 2) => {
    const reads: string[] = [];
    const cache = new ReadCache<string>({ capacity, milliseconds: 10 }, () => now);
    const get = (key: string, value: string | undefined = key) =>
      cache.get(key, () => {
        reads.push(key);
        return value === 'fails' ? Promise.reject(new Error(key)) : Promise.resolve(value === '' ? undefined : value);
      });
    return { cache, get, reads };
  };

  it('reads once for all who ask together', async () => {
    const { get, reads } = open();
    expect(await Promise.all([get('a'), get('a'), get('a')])).toEqual(['a', 'a', 'a']);
    expect(reads).toEqual(['a']);
  });

  it('reads anew when the time is over, and when it was cleared', async () => {
    const { cache, get, reads } = open();
    await get('a');
    now += 9;
    expect(await get('a', 'changed')).toBe('a');
    now += 1;
    expect(await get('a', 'changed')).toBe('changed');
    cache.clear();
    expect(await get('a', 'again')).toBe('again');
    expect(reads).toHaveLength(3);
  });

  it('does not keep what was being read when it was cleared', async () => {
    const { cache, get } = open();
    const early = get('a', 'old');
    cache.clear();
    expect(await get('a', 'new')).toBe('new');
    expect(await early).toBe('old');
    expect(await get('a', 'newer')).toBe('new');
  });

  it('remembers neither what is not there nor what failed', async () => {
    const { get } = open();
    expect(await get('a', '')).toBeUndefined();
    await expect(get('a', 'fails')).rejects.toThrow('a');
    expect(await get('a')).toBe('a');
  });

  it('lets the least recently used go', async () => {
    const { get, reads } = open();
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key);
    expect(reads).toEqual(['a', 'b', 'c', 'b']);
  });
});
