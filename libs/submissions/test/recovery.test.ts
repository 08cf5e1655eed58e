import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { nextId, resultOf } from './contract/samples.ts';
import { openPlatform } from './platform.ts';

const graded = () => ({ kind: 'graded' as const, result: resultOf(75) });
const fault = () => ({ kind: 'fault' as const, message: 'no sandbox' });

describe('recovery', () => {
  it('queues everything unfinished after a restart, and each is graded once', async () => {
    const { submitted, queue, recovery, recorded } = await openPlatform();
    const ids: string[] = [];
    for (let index = 0; index < 230; index++) ids.push(await submitted());
    await queue.work(graded);
    await queue.work(fault);
    queue.lose();
    expect(await recovery.recoverAll()).toEqual({ queued: 229, complete: true });
    while ((await queue.work(graded)) !== undefined);
    expect(recorded.toSorted()).toEqual(ids);
  });

  it('changes nothing about jobs that the queue has still', async () => {
    const { submitted, queue, recovery, statuses } = await openPlatform();
    const id = await submitted();
    await recovery.recoverAll();
    expect(queue.jobs).toHaveLength(1);
    expect(statuses(id)).toEqual(['queued']);
  });

  it('stops at the first failure while the queue is down', async () => {
    const { submitted, queue, recovery, trouble } = await openPlatform();
    queue.down = true;
    await submitted();
    await submitted();
    expect(await recovery.recoverAll()).toEqual({ queued: 0, complete: false });
    expect(trouble).toHaveLength(3);
  });

  it('leaves to themselves, between restarts, what is on its way and what has faulted', async () => {
    const { submitted, queue, recovery, pass, statuses } = await openPlatform();
    const faulted = await submitted();
    await queue.work(fault);
    await submitted();
    queue.lose();
    queue.down = true;
    const waiting = await submitted();
    queue.down = false;
    expect(await recovery.recoverOverdue()).toEqual({ queued: 0, complete: true });
    pass(2_000);
    expect(await recovery.recoverOverdue()).toEqual({ queued: 1, complete: true });
    expect(statuses(waiting)).toEqual(['queued']);
    pass(120_000);
    expect(await recovery.recoverOverdue()).toEqual({ queued: 2, complete: true });
    expect(statuses(faulted)).toEqual(['queued', 'running', 'faulted']);
  });

  it('retries by hand', async () => {
    const { submitted, queue, recovery, statuses } = await openPlatform();
    const id = await submitted();
    await queue.work(fault);
    expect(await recovery.retry(id)).toBe('queued');
    await queue.work(graded);
    expect(statuses(id)).toEqual(['queued', 'running', 'faulted', 'submitted', 'queued', 'running', 'graded']);
    expect(await recovery.retry(id)).toBe('alreadyGraded');
    expect(await recovery.retry(nextId())).toBe('unknown');
    queue.down = true;
    expect(await recovery.retry(await submitted())).toBe('unavailable');
  });

  it('runs by itself until the queue is back', async () => {
    const { submitted, queue, recovery, store } = await openPlatform({
      interval: 1,
      longestInterval: 5,
      lostAfter: 1_000,
    });
    queue.down = true;
    const id = await submitted();
    recovery.start();
    await delay(20);
    expect((await store.find(id))?.status).toBe('submitted');
    queue.down = false;
    while ((await store.find(id))?.status !== 'queued') await delay(1);
    await recovery.stop();
    expect(queue.jobs.map((job) => job.id)).toEqual([id]);
  });
});
