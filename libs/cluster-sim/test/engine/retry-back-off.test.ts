import { describe, expect, it } from '@jest/globals';
import { RetryBackOff } from '../../src/engine/retry-back-off.ts';

describe('RetryBackOff', () => {
  it('doubles the pause from 5 ms up to 1000 s', () => {
    const backOff = new RetryBackOff();
    const pauses: number[] = [];
    for (let now = 0; pauses.length < 20; now += pauses.at(-1) ?? 0) pauses.push(backOff.retryAt('a', now) - now);
    expect(pauses.slice(0, 4)).toEqual([5, 10, 20, 40]);
    expect(pauses.slice(16)).toEqual([327_680, 655_360, 1_000_000, 1_000_000]);
  });

  it('does not put off a retry that is pending', () => {
    const backOff = new RetryBackOff();
    expect([0, 1, 2, 5].map((now) => backOff.retryAt('a', now))).toEqual([5, 5, 5, 45]);
  });

  it('begins anew for a key that has succeeded, and knows keys apart', () => {
    const backOff = new RetryBackOff();
    backOff.retryAt('a', 0);
    expect(backOff.retryAt('b', 10)).toBe(15);
    expect(backOff.retryAt('a', 10)).toBe(20);
    backOff.forget('a');
    expect(backOff.retryAt('a', 30)).toBe(35);
  });

  it('forks: neither side sees what the other does', () => {
    const backOff = new RetryBackOff();
    backOff.retryAt('a', 0);
    const fork = backOff.fork();
    fork.forget('a');
    expect([backOff.retryAt('a', 10), fork.retryAt('a', 10)]).toEqual([20, 15]);
  });
});
