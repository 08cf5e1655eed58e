import { describe, expect, it } from '@jest/globals';
import { GradingRecorder } from '@kubedrill/submissions';
import { nextId, resultOf } from './contract/samples.ts';
import { openPlatform } from './platform.ts';

const graded = () => ({ kind: 'graded' as const, result: resultOf(75) });

describe('recording what the queue tells', () => {
  it('walks a submission through its life', async () => {
    const { submitted, queue, store, statuses, recorded } = await openPlatform();
    const id = await submitted();
    await queue.work(graded);
    expect(statuses(id)).toEqual(['queued', 'running', 'graded']);
    expect((await store.find(id))?.result?.points).toBe(75);
    expect(recorded).toEqual([id]);
  });

  it('records a result that is told twice once', async () => {
    const { submitted, queue, store, events, statuses, recorded, trouble } = await openPlatform();
    const id = await submitted();
    await queue.work(graded);
    const again = new GradingRecorder({
      store,
      events,
      now: () => new Date(0),
      reportTrouble: (what) => trouble.push(what),
    });
    await again.started(id);
    await again.finished(id, { kind: 'graded', result: resultOf(100) });
    await again.finished(id, { kind: 'fault', message: 'late' });
    expect(recorded).toEqual([id]);
    expect(await store.find(id)).toMatchObject({ status: 'graded', result: { points: 75 } });
    expect(statuses(id)).toEqual(['queued', 'running', 'graded']);
  });

  it('does not count a fault of the platform', async () => {
    const { submitted, queue, store, statuses, recorded } = await openPlatform();
    const id = await submitted();
    await queue.work(() => ({ kind: 'fault', message: 'no sandbox' }));
    expect(statuses(id)).toEqual(['queued', 'running', 'faulted']);
    expect(recorded).toEqual([]);
    expect(await store.find(id)).toMatchObject({ status: 'faulted', fault: 'no sandbox' });
  });

  it('reports a result of a submission that is not stored', async () => {
    const { store, events, trouble } = await openPlatform();
    const recorder = new GradingRecorder({
      store,
      events,
      now: () => new Date(0),
      reportTrouble: (what) => trouble.push(what),
    });
    await recorder.finished(nextId(), graded());
    expect(trouble).toEqual([expect.stringContaining('not stored')]);
  });
});
