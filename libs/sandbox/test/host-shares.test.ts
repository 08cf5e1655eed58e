import { describe, expect, it } from '@jest/globals';
import { Allowance } from '../src/host/allowance.ts';
import { RequestRate } from '../src/host/request-rate.ts';

/** A clock that a test moves. */
function clock(): { now: () => number; pass: (milliseconds: number) => void } {
  let instant = 0;
  return { now: () => instant, pass: (milliseconds) => void (instant += milliseconds) };
}

describe('an allowance', () => {
  it('is spent, overdrawn once, and earned again', () => {
    const { now, pass } = clock();
    const allowance = new Allowance({ perSecond: 250, most: 1_000 }, now);
    allowance.spend(999);
    expect(allowance.wait).toBe(0);
    allowance.spend(501);
    expect(allowance.wait).toBe(2_001);
    pass(1_000);
    expect(allowance.wait).toBe(1_001);
    pass(1_001);
    expect(allowance.wait).toBe(0);
  });

  it('saves up no more than its bound', () => {
    const { now, pass } = clock();
    const allowance = new Allowance({ perSecond: 250, most: 1_000 }, now);
    pass(3_600_000);
    allowance.spend(1_250);
    expect(allowance.wait).toBe(1_001);
  });
});

describe('the rate of requests', () => {
  const enterAll = (rate: RequestRate, id: string, count: number): number => {
    let entered = 0;
    for (let request = 0; request < count; request += 1) {
      const entry = rate.enter(id);
      if (entry.kind === 'wait') continue;
      entered += 1;
      entry.leave();
    }
    return entered;
  };

  it('lets a burst and then a hundred a second through, for each sandbox by itself', () => {
    const { now, pass } = clock();
    const rate = new RequestRate(now);
    expect(enterAll(rate, 'a', 2_000)).toBe(600);
    expect(rate.enter('a')).toEqual({ kind: 'wait', seconds: 1 });
    expect(enterAll(rate, 'b', 10)).toBe(10);
    pass(2_000);
    expect(enterAll(rate, 'a', 2_000)).toBe(200);
  });

  it('bounds what is open at the same time, and gives back once', () => {
    const { now, pass } = clock();
    const rate = new RequestRate(now);
    const open = Array.from({ length: 1_200 }, () => {
      pass(10);
      return rate.enter('a');
    });
    expect(open.every(({ kind }) => kind === 'enter')).toBe(true);
    pass(10_000);
    expect(rate.enter('a').kind).toBe('wait');
    for (const entry of open.slice(0, 1))
      if (entry.kind === 'enter') for (let time = 0; time < 2; time += 1) entry.leave();
    expect(rate.enter('a').kind).toBe('enter');
    expect(rate.enter('a').kind).toBe('wait');
  });
});
