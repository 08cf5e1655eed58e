import { describe, expect, it } from '@jest/globals';
import { EmbeddedGradingQueue } from '../src/index.ts';
import { describeGradingQueue, job } from './queue-contract.ts';

describeGradingQueue('embedded', async (options) => {
  const queue = new EmbeddedGradingQueue(options);
  return { queue, worker: queue };
});

describe('the embedded queue', () => {
  it('refuses what is beyond its capacity', async () => {
    const queue = new EmbeddedGradingQueue({ concurrency: 1, capacity: 2 });
    await queue.enqueue(job('a'));
    await queue.enqueue(job('b'));
    await expect(queue.enqueue(job('c'))).rejects.toThrow('full: 2 jobs');
    await queue.enqueue(job('a'));
    expect(await queue.depth()).toBe(2);
  });

  it('refuses jobs once it is closed', async () => {
    const queue = new EmbeddedGradingQueue({ concurrency: 1 });
    await queue.close();
    expect(await queue.isReady()).toBe(false);
    await expect(queue.enqueue(job('a'))).rejects.toThrow('closed');
  });
});
