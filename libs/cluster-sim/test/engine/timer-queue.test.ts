import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TimerQueue, type Timer } from '../../src/engine/timer-queue.ts';

const timer = (at: number, key: string, inTransit = false): Timer => ({ at, controller: 0, key, inTransit });

function drain(queue: TimerQueue): readonly string[] {
  const keys: string[] = [];
  for (let next = queue.takeDue(Number.MAX_SAFE_INTEGER); next; next = queue.takeDue(Number.MAX_SAFE_INTEGER))
    keys.push(next.key);
  return keys;
}

describe('TimerQueue', () => {
  it('gives timers by time, those of one moment in the order in which they were set', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 60 }), (times) => {
        const queue = new TimerQueue();
        times.forEach((at, index) => queue.set(timer(at, `${index}`)));
        const expected = times.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at || a.index - b.index);
        expect(drain(queue)).toEqual(expected.map(({ index }) => `${index}`));
      }),
    );
  });

  it('keeps one timer for a key: the last one that was set', () => {
    const queue = new TimerQueue();
    queue.set(timer(10, 'a'));
    queue.set(timer(20, 'b'));
    queue.set(timer(30, 'a'));
    expect(queue.takeDue(15)).toBeUndefined();
    expect(drain(queue)).toEqual(['b', 'a']);
  });

  it('knows whether something is in transit', () => {
    const queue = new TimerQueue();
    queue.set(timer(10, 'a', true));
    queue.set(timer(10, 'b'));
    expect(queue.hasTransit).toBe(true);
    queue.clear(0, 'a');
    expect(queue.hasTransit).toBe(false);
    expect(queue.next()?.key).toBe('b');
  });

  it('forks: neither side sees what the other does', () => {
    const queue = new TimerQueue();
    queue.set(timer(10, 'a'));
    const fork = queue.fork();
    fork.set(timer(5, 'b'));
    queue.clear(0, 'a');
    expect([drain(queue), drain(fork)]).toEqual([[], ['b', 'a']]);
  });
});
