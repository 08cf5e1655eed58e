import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Batcher } from '../src/batcher.ts';

describe('a batcher', () => {
  it('handles together what comes while it is busy', async () => {
    const batches: number[][] = [];
    const batcher = new Batcher<number, number>(
      async (items) => {
        batches.push([...items]);
        await delay(1);
        return items.map((item) => item * 2);
      },
      { batch: 3, waiting: 100 },
    );
    const outcomes = await Promise.all([1, 2, 3, 4, 5, 6].map((item) => batcher.submit(item)));
    expect(outcomes).toEqual([2, 4, 6, 8, 10, 12]);
    expect(batches).toEqual([[1], [2, 3, 4], [5, 6]]);
  });

  it('gathers what comes shortly after a batch', async () => {
    const batches: number[][] = [];
    const batcher = new Batcher<number, number>((items) => Promise.resolve((batches.push([...items]), items)), {
      pace: 30,
    });
    await batcher.submit(1);
    const second = batcher.submit(2);
    await delay(1);
    await Promise.all([second, batcher.submit(3)]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('refuses more than its bound, and goes on', async () => {
    const batcher = new Batcher<number, number>(async (items) => (await delay(1), items), { batch: 2, waiting: 2 });
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map((item) => batcher.submit(item)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    expect(await batcher.submit(5)).toBe(5);
  });

  it('tries a batch that failed item by item', async () => {
    const handle = (items: readonly number[]) =>
      items.includes(3) ? Promise.reject(new Error('three')) : Promise.resolve(items);
    const batcher = new Batcher<number, number>(handle);
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map((item) => batcher.submit(item)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });
});
