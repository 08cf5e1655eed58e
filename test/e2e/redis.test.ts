import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { SandboxView, SubmissionView } from '@kubedrill/contracts';
import { describeWithRedis, RedisServer } from '../../libs/queue/test/redis-server.ts';
import { Learner } from './learner.ts';
import { askKube, kubeconfigOf } from './sandbox-client.ts';
import { ServerProcess, temporaryFolder } from './server-process.ts';
import { rightFiles, wrongFiles } from './two-tier.ts';

describeWithRedis('API and two workers over Redis', () => {
  const data = temporaryFolder();
  let redis: RedisServer;
  let api: ServerProcess;
  let workers: ServerProcess[] = [];
  let ada: Learner;
  const files = Object.entries(rightFiles).map(([path, content]) => ({ path, content }));

  beforeAll(async () => {
    redis = await RedisServer.start();
    const environment = {
      REDIS_URL: redis.url,
      DATABASE_URL: `file:${data.path}/kubedrill.db`,
      GRADING_CONCURRENCY: '1',
    };
    api = await ServerProcess.api(environment);
    workers = await Promise.all([ServerProcess.worker(environment), ServerProcess.worker(environment)]);
    ada = await Learner.register(api.url, 'ada');
  }, 90_000);

  afterAll(async () => {
    await Promise.all([api, ...workers].map((process) => process.stop()));
    await redis.stop();
    data.remove();
  }, 60_000);

  it('grades as the one process does', async () => {
    expect((await ada.grade('two-tier', 'basic', wrongFiles)).verdict).toBe('partial');
    expect((await ada.grade('two-tier', 'basic', rightFiles)).verdict).toBe('passed');
  });

  it('grades sandboxes by their journals', async () => {
    const json = { 'content-type': 'application/json' };
    const variant = { exercise: 'two-tier', variant: 'basic' };
    const made = await ada.ask<SandboxView>('POST', '/sandboxes', { body: JSON.stringify(variant), headers: json });
    const config = await kubeconfigOf(ada, made.body.id);
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'mine' },
      spec: { selector: { app: 'mine' }, ports: [{ port: 80 }] },
    };
    const { status } = await askKube(config, '/api/v1/namespaces/default/services', { method: 'POST', body: service });
    expect(status).toBe(201);
    const sent = await ada.submitJson({ ...variant, sandbox: made.body.id });
    expect((await ada.graded(sent.body.id)).verdict).toBe('failed');
  }, 60_000);

  it('accepts submissions while Redis is down, and grades them when it is back', async () => {
    await redis.down();
    const accepted = await ada.submitJson({ exercise: 'two-tier', variant: 'basic', files });
    expect(accepted.status).toBe(202);
    expect(accepted.body.status).toBe('submitted');
    await redis.up();
    expect((await ada.graded(accepted.body.id)).verdict).toBe('passed');
  }, 60_000);

  it('loses nothing when a worker is killed while it grades', async () => {
    const sent = await Promise.all(
      Array.from({ length: 12 }, () => ada.submitJson({ exercise: 'two-tier', variant: 'basic', files })),
    );
    const [victim] = workers.splice(0, 1);
    await victim?.kill();
    const graded: readonly SubmissionView[] = await Promise.all(sent.map(({ body }) => ada.graded(body.id)));
    expect(graded.map(({ verdict }) => verdict)).toEqual(Array(12).fill('passed'));
  }, 90_000);
});
