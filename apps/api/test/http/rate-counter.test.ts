import { describe, expect, it } from '@jest/globals';
import { RateCounter } from '../../src/http/rate-counter.ts';

describe('a rate counter', () => {
  it('blocks beyond the limit until the window is over', async () => {
    let now = 1_000_000;
    const counter = new RateCounter(() => now);
    const hit = (key = 'ada') => counter.increment(key, 60_000, 2);
    expect(await hit()).toEqual({ totalHits: 1, timeToExpire: 60, isBlocked: false, timeToBlockExpire: 0 });
    now += 10_000;
    expect(await hit()).toMatchObject({ totalHits: 2, isBlocked: false });
    expect(await hit()).toEqual({ totalHits: 3, timeToExpire: 50, isBlocked: true, timeToBlockExpire: 50 });
    expect(await hit('ben')).toMatchObject({ totalHits: 1, isBlocked: false });
    now += 50_000;
    expect(await hit()).toMatchObject({ totalHits: 1, isBlocked: false });
  });

  it('forgets the windows that are over, and the oldest when too many are open', async () => {
    let now = 0;
    const counter = new RateCounter(() => now);
    for (let index = 0; index < 100_000; index++) void counter.increment(`k${index}`, 1_000, 1);
    void counter.increment('one more', 1_000, 1);
    expect(await counter.increment('k1', 1_000, 5)).toMatchObject({ totalHits: 2 });
    expect(await counter.increment('k0', 1_000, 5)).toMatchObject({ totalHits: 1 });
    now = 500;
    expect(await counter.increment('k99999', 1_000, 5)).toMatchObject({ totalHits: 2 });
  });
});
