import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountView, ExerciseHistory, InstanceView } from '@kubedrill/contracts';
import { Learner } from './learner.ts';
import { freePort, ServerProcess, temporaryFolder } from './server-process.ts';
import { rightFiles } from './two-tier.ts';

const data = temporaryFolder();
const content = path.join(data.path, 'content');
const exercise = path.join(content, 'services-and-networking/challenges/two-tier');
let environment: Record<string, string>;
let ada: Learner;
let root: Learner;
let submitted = '';
let version = '';

beforeAll(async () => {
  cpSync(path.resolve(import.meta.dirname, '../../challenges'), content, { recursive: true });
  environment = {
    DATABASE_URL: `file:${data.path}/kubedrill.db`,
    PORT: String(await freePort()),
    CONTENT_DIR: content,
    ADMIN_EMAIL: 'root@example.org',
  };
  await running(async ({ url }) => {
    ada = await Learner.register(url, 'ada');
    root = await Learner.register(url, 'root');
    const graded = await ada.grade('two-tier', 'basic', rightFiles);
    submitted = graded.id;
    version = graded.version;
  });
}, 300_000);

afterAll(() => data.remove());

async function running(act: (server: ServerProcess) => Promise<void>): Promise<void> {
  const server = await ServerProcess.api(environment);
  try {
    await act(server);
  } finally {
    await server.stop();
  }
}

const history = (): Promise<ExerciseHistory> => root.get<ExerciseHistory>('/exercises/two-tier/versions');

describe('an exercise', () => {
  it('gets no new version by a restart, and a new one when its folder changes', async () => {
    await running(async () => {
      expect((await history()).versions.map(({ digest }) => digest)).toEqual([version]);
    });
    const brief = path.join(exercise, 'brief.md');
    writeFileSync(brief, `${readFileSync(brief, 'utf8')}\nTake your time.\n`);
    await running(async () => {
      const { versions } = await history();
      expect(versions.map(({ digest, served }) => [digest === version, served])).toEqual([
        [false, true],
        [true, false],
      ]);
      expect((await ada.instance('two-tier', 'basic')).brief).toContain('Take your time.');
      const task = await ada.get<InstanceView>(`/submissions/${submitted}/instance`);
      expect(task).toMatchObject({ version, exercise: 'two-tier', variant: 'basic' });
      expect(task.brief).not.toContain('Take your time.');
    });
  }, 300_000);

  it('can be archived and restored by who may, and nobody else', async () => {
    await running(async () => {
      const refused = await ada.ask<{ detail: string }>('POST', '/exercises/two-tier/archive');
      expect([refused.status, refused.body.detail]).toEqual([
        403,
        expect.stringContaining('needs the permission exercises:author'),
      ]);
      expect((await root.ask<ExerciseHistory>('POST', '/exercises/two-tier/archive')).body.served).toBe(false);
      expect((await ada.ask('GET', '/exercises/two-tier')).status).toBe(404);
      expect((await ada.get<InstanceView>(`/submissions/${submitted}/instance`)).version).toBe(version);
      expect((await root.ask('POST', '/exercises/two-tier/restore')).status).toBe(200);
      expect((await root.ask('POST', '/exercises/two-tier/restore')).status).toBe(409);
    });
  }, 300_000);

  it('leaves its submissions as they were when it leaves the folder', async () => {
    rmSync(exercise, { recursive: true });
    await running(async () => {
      expect((await ada.ask('GET', '/exercises/two-tier')).status).toBe(404);
      const graded = await ada.graded(submitted);
      expect(graded).toMatchObject({ version, verdict: 'passed', result: { receipt: { exercise: version } } });
      expect((await ada.get<InstanceView>(`/submissions/${submitted}/instance`)).brief).not.toBe('');
      expect((await ada.progress()).variants).toMatchObject([{ exercise: 'two-tier', points: 100 }]);
    });
  }, 300_000);
});

describe('roles', () => {
  it('are given by an administrator alone', async () => {
    await running(async () => {
      const me = await ada.get<AccountView>('/auth/me');
      const send = { body: '{"role":"instructor"}', headers: { 'content-type': 'application/json' } };
      expect((await ada.ask('PUT', `/users/${me.id}/role`, send)).status).toBe(403);
      expect((await ada.ask('GET', '/users')).status).toBe(403);
      expect((await root.ask<AccountView>('PUT', `/users/${me.id}/role`, send)).body.role).toBe('instructor');
      expect((await root.get<{ items: AccountView[] }>('/users?email=ada@example.org')).items).toMatchObject([
        { name: 'ada', role: 'instructor' },
      ]);
      expect((await ada.get<ExerciseHistory>('/exercises/two-tier/versions')).versions).toHaveLength(2);
      const own = (await root.get<AccountView>('/auth/me')).id;
      expect((await root.ask('PUT', `/users/${own}/role`, send)).status).toBe(409);
    });
  }, 300_000);
});
