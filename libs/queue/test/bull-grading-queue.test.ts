import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BullGradingQueue, BullGradingWorker } from '../src/index.ts';
import { describeGradingQueue, gate, graded, job, QUICK_RETRY, Recorder, until } from './queue-contract.ts';
import { describeWithRedis, RedisServer } from './redis-server.ts';

jest.setTimeout(20_000);

describeWithRedis('BullMQ', () => {
  let redis: RedisServer;
  let prefixes = 0;

  beforeAll(async () => {
    redis = await RedisServer.start();
  });

  afterAll(async () => {
    await redis?.stop();
  });

  describeGradingQueue('in Redis', async (options) => {
    const common = { ...options, redisUrl: redis.url, prefix: `contract-${prefixes++}` };
    return { queue: new BullGradingQueue(common), worker: new BullGradingWorker(common) };
  });

  describe('the queue in Redis', () => {
    let ends: { close(): Promise<void> }[] = [];

    function open(): { readonly queue: BullGradingQueue; newWorker(lockMilliseconds?: number): BullGradingWorker } {
      const common = { redisUrl: redis.url, prefix: `redis-${prefixes++}`, retry: QUICK_RETRY };
      const queue = new BullGradingQueue({ ...common, answerMilliseconds: 500 });
      ends.push(queue);
      const newWorker = (lockMilliseconds?: number): BullGradingWorker => {
        const worker = new BullGradingWorker({ ...common, concurrency: 2, lockMilliseconds, closeMilliseconds: 50 });
        ends.unshift(worker);
        return worker;
      };
      return { queue, newWorker };
    }

    afterEach(async () => {
      for (const end of ends) await end.close();
      ends = [];
    });

    it('shares the jobs among workers', async () => {
      const { queue, newWorker } = open();
      const recorder = new Recorder();
      const taken = [0, 0];
      await queue.listen(recorder);
      for (const index of taken.keys()) {
        await newWorker().start(async ({ id }) => {
          taken[index] = (taken[index] ?? 0) + 1;
          await new Promise((resolve) => setTimeout(resolve, 5));
          return graded(id);
        });
      }
      for (let n = 0; n < 20; n++) await queue.enqueue(job(`job-${n}`));
      await recorder.heard(20);
      expect(new Set(recorder.outcomes.map(({ id }) => id)).size).toBe(20);
      expect(Math.min(...taken)).toBeGreaterThan(0);
    });

    it('gives the job of a worker that is gone to another', async () => {
      const { queue, newWorker } = open();
      const recorder = new Recorder();
      const hold = gate();
      let taken = false;
      await queue.listen(recorder);
      await queue.enqueue(job('orphan'));
      const lost = newWorker(300);
      await lost.start(async ({ id }) => {
        taken = true;
        await hold.opened;
        return graded(id);
      });
      await until(() => taken, 'the first worker to take the job');
      // Its grace is over before the job is: it gives the job up.
      await lost.close();
      await newWorker(300).start(async ({ id }) => graded(id));
      await recorder.heard(1);
      hold.open();
      expect(recorder.outcomes).toEqual([{ id: 'orphan', outcome: graded('orphan') }]);
    });

    it('rejects at once while Redis is down, and goes on by itself when it is back', async () => {
      const { queue, newWorker } = open();
      const recorder = new Recorder();
      await queue.listen(recorder);
      const worker = newWorker();
      expect(await worker.isReady()).toBe(false);
      await worker.start(async ({ id }) => graded(id));
      expect(await worker.isReady()).toBe(true);
      await queue.enqueue(job('before'));
      await recorder.heard(1);

      await redis.down();
      const asked = Date.now();
      await expect(queue.enqueue(job('during'))).rejects.toThrow();
      expect(Date.now() - asked).toBeLessThan(700);
      expect(await queue.isReady()).toBe(false);
      expect(await worker.isReady()).toBe(false);

      await redis.up();
      await until(() => queue.isReady(), 'the queue to be ready again');
      await queue.enqueue(job('after'));
      await recorder.heard(2);
      expect(recorder.outcomes.map(({ id }) => id)).toEqual(['before', 'after']);
    });

    it('keeps jobs and outcomes while Redis restarts', async () => {
      const { queue, newWorker } = open();
      await queue.enqueue(job('kept'));
      await redis.down();
      await redis.up();
      const recorder = new Recorder();
      await newWorker().start(async ({ id }) => graded(id));
      await until(() => queue.isReady(), 'the queue to be ready again');
      await until(async () => (await queue.depth()) === 0, 'the job to be done');
      await redis.down();
      await redis.up();
      await queue.listen(recorder);
      await recorder.heard(1);
      expect(recorder.outcomes).toEqual([{ id: 'kept', outcome: graded('kept') }]);
    });

    it('rejects when there never was a Redis', async () => {
      const queue = new BullGradingQueue({ redisUrl: 'redis://127.0.0.1:1', answerMilliseconds: 200 });
      const asked = Date.now();
      await expect(queue.enqueue(job('a'))).rejects.toThrow();
      expect(Date.now() - asked).toBeLessThan(400);
      expect(await queue.isReady()).toBe(false);
      await queue.close();
    });
  });
});
