import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { BullGradingQueue } from '@kubedrill/queue';
import { createGradingSandbox } from '@kubedrill/sandbox';
import type { GradingJob, JobOutcome } from '@kubedrill/submissions';
import { describeWithRedis, RedisServer } from '../../../libs/queue/test/redis-server.ts';
import { readConfig } from '../src/config.ts';
import { SANDBOX } from '../src/grading.service.ts';
import { WorkerModule } from '../src/worker.module.ts';

jest.setTimeout(20_000);

const HEALTH_PORT = 30_871;

function job(id: string, content: string): GradingJob {
  const definition = {
    id: 'exercise',
    kind: 'drill',
    title: 'Exercise',
    summary: 'An exercise.',
    section: 'one',
    concepts: ['services'],
    variants: [{ id: 'basic', title: 'Basic', difficulty: 1, points: 10 }],
    checks: [
      {
        id: 'up',
        kind: 'resource',
        title: 'It is up',
        feedback: 'It is not up.',
        object: { kind: 'Service', name: 'web' },
        exists: true,
      },
    ],
  };
  return {
    id,
    kind: 'grading',
    exerciseDigest: 'digest',
    exercise: { format: 1, module: 'm', definition, files: {} },
    variant: 'basic',
    seed: 1,
    content: { kind: 'files', files: [{ path: 'a.yaml', content }] },
  };
}

async function statusOf(path: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${HEALTH_PORT}${path}`);
  await response.arrayBuffer();
  return response.status;
}

describeWithRedis('the worker', () => {
  let redis: RedisServer;
  let worker: INestApplicationContext;
  let queue: BullGradingQueue;
  const outcomes = new Map<string, JobOutcome>();

  beforeAll(async () => {
    redis = await RedisServer.start();
  });

  afterAll(() => redis.stop());

  beforeEach(async () => {
    const config = readConfig({
      REDIS_URL: redis.url,
      GRADING_CONCURRENCY: '2',
      HEALTH_PORT: String(HEALTH_PORT),
      LOG_LEVEL: 'silent',
    });
    const sandbox = await createGradingSandbox({
      concurrency: 2,
      timeLimitMilliseconds: 500,
      moduleUrl: new URL('./fixtures/pass-or-loop.mjs', import.meta.url).href,
    });
    const testing = await Test.createTestingModule({ imports: [WorkerModule.with(config)] })
      .overrideProvider(SANDBOX)
      .useValue(sandbox)
      .compile();
    worker = await testing.init();
    queue = new BullGradingQueue({ redisUrl: redis.url });
    outcomes.clear();
    await queue.listen({
      started: () => Promise.resolve(),
      finished: (id, outcome) => {
        outcomes.set(id, outcome);
        return Promise.resolve();
      },
    });
  });

  afterEach(async () => {
    await queue.close();
    await worker.close();
  });

  async function outcomeOf(id: string): Promise<JobOutcome> {
    for (;;) {
      const outcome = outcomes.get(id);
      if (outcome !== undefined) return outcome;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  it('grades what is queued, and ends what loops as limited', async () => {
    await queue.enqueue(job('endless', 'loop'));
    await queue.enqueue(job('fine', 'a: 1\n'));
    expect(await outcomeOf('fine')).toMatchObject({ kind: 'graded', result: { verdict: 'passed' } });
    expect(await outcomeOf('endless')).toMatchObject({
      kind: 'graded',
      result: {
        verdict: 'limited',
        points: 0,
        maxPoints: 10,
        checks: [{ id: 'up', status: 'notRun', credit: 0 }],
        limit: { bound: 'time' },
        receipt: { exercise: 'digest', variant: 'basic', seed: 1 },
      },
    });
  });

  it('says whether it is alive and takes jobs', async () => {
    expect(await statusOf('/healthz')).toBe(200);
    expect(await statusOf('/readyz')).toBe(200);
    expect(await statusOf('/other')).toBe(404);
    await redis.down();
    expect(await statusOf('/healthz')).toBe(200);
    expect(await statusOf('/readyz')).toBe(503);
    await redis.up();
  });

  it('lets what runs end when it is told to stop, and leaves the rest in the queue', async () => {
    for (const id of ['a', 'b', 'c']) await queue.enqueue(job(id, 'loop'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await worker.close();
    expect((await outcomeOf('a')).kind).toBe('graded');
    expect((await outcomeOf('b')).kind).toBe('graded');
    expect(outcomes.has('c')).toBe(false);
    expect(await queue.depth()).toBe(1);
  });
});
