import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AcceptedSubmission, NextExercise, SubmissionEvent } from '@kubedrill/contracts';
import { Learner } from './learner.ts';
import { ServerProcess, temporaryFolder } from './server-process.ts';
import { rightFiles, wrongFiles } from './two-tier.ts';

interface NextList {
  readonly items: readonly NextExercise[];
}

const data = temporaryFolder();
let server: ServerProcess;
let ada: Learner;

beforeAll(async () => {
  server = await ServerProcess.api({ DATABASE_URL: `file:${data.path}/kubedrill.db` });
  ada = await Learner.register(server.url, 'ada');
}, 60_000);

afterAll(async () => {
  await server.stop();
  data.remove();
});

describe('a learner', () => {
  it('takes an instance, and gets the same one again', async () => {
    const instance = await ada.instance('two-tier', 'rolling-port');
    expect(instance.brief).not.toContain('${');
    expect(instance.checks.map(({ title }) => title).join()).not.toContain('${');
    expect(await ada.instance('two-tier', 'rolling-port')).toEqual(instance);
  });

  it('submits a wrong manifest and is told what, where and why', async () => {
    const graded = await ada.grade('two-tier', 'basic', wrongFiles);
    expect(graded.verdict).toBe('partial');
    const failed = graded.result?.checks.find(({ id }) => id === 'web-reads-api');
    expect(failed?.status).toBe('failed');
    expect(failed?.feedback?.observed).toContain('refused');
    expect(failed?.feedback?.hops?.length).toBeGreaterThan(1);
    expect(failed?.feedback?.source).toMatchObject({
      file: 'api.yaml',
      field: expect.stringContaining('Service default/api') as unknown,
    });
    const line = failed?.feedback?.source?.line ?? 0;
    expect(wrongFiles['api.yaml']?.split('\n')[line - 1]).toBe(failed?.feedback?.source?.excerpt);
  });

  it('submits the right manifests and gets full marks', async () => {
    const graded = await ada.grade('two-tier', 'basic', rightFiles);
    expect(graded.result?.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(graded).toMatchObject({ verdict: 'passed', score: 1, points: 100 });
  });

  it('sees progress and stands on the leaderboards', async () => {
    const progress = await ada.progress();
    expect(progress.variants).toEqual([
      expect.objectContaining({
        exercise: 'two-tier',
        variant: 'basic',
        bestScore: 1,
        points: 100,
        attempts: 2,
        passed: true,
      }),
    ]);
    for (const period of ['all', 'week']) {
      const board = await ada.leaderboard('global', period);
      expect(board.items).toEqual([
        expect.objectContaining({ rank: 1, points: 100, user: expect.objectContaining({ name: 'ada' }) as unknown }),
      ]);
      expect(board.own?.rank).toBe(1);
    }
  });

  it('is told what to do next', async () => {
    const { items } = await ada.get<NextList>('/progress/next?limit=50');
    const two = items.find(({ exercise }) => exercise === 'two-tier');
    expect(two).toMatchObject({ why: 'harder', variant: { id: 'rolling-port' }, missing: [] });
    expect(items[0]).toMatchObject({ kind: 'drill', why: 'ready', missing: [] });
    expect(items[0]?.teaches.length).toBeGreaterThan(0);
    expect((await ada.get<NextList>('/progress/next')).items).toEqual(items.slice(0, 5));
    expect((await ada.ask('GET', '/progress/next?limit=0')).status).toBe(400);
    expect((await ada.get<{ text: string }>('/sections/two-tier')).text).toContain('](exercise:two-tier)');
  });

  it('uploads YAML itself, with the exercise in the query', async () => {
    const text = Object.values(rightFiles).join('\n---\n');
    const accepted = await ada.ask<AcceptedSubmission>('POST', '/submissions?exercise=two-tier&variant=basic', {
      body: text,
      headers: { 'content-type': 'application/yaml' },
    });
    expect(accepted.status).toBe(202);
    expect((await ada.graded(accepted.body.id)).verdict).toBe('passed');
  });

  it('uploads files as a form', async () => {
    const form = new FormData();
    form.set('exercise', 'two-tier');
    form.set('variant', 'basic');
    for (const [name, text] of Object.entries(rightFiles)) form.append('files', new Blob([text]), name);
    const accepted = await ada.ask<AcceptedSubmission>('POST', '/submissions', { body: form });
    expect(accepted.status).toBe(202);
    expect((await ada.graded(accepted.body.id)).verdict).toBe('passed');
  });

  it('follows a submission by server-sent events until it is graded', async () => {
    const { body } = await ada.submitJson({
      exercise: 'two-tier',
      variant: 'basic',
      files: Object.entries(rightFiles).map(([path, content]) => ({ path, content })),
    });
    const stream = await ada.ask<string>('GET', `/submissions/${body.id}/events`);
    expect(stream.type).toContain('text/event-stream');
    const events = [...stream.body.matchAll(/^data: (.*)$/gm)].map(
      ([, data]) => JSON.parse(data ?? '') as SubmissionEvent,
    );
    expect(events.at(-1)).toMatchObject({ id: body.id, status: 'graded' });
  });

  it('gets one submission for one Idempotency-Key, and none for another body with it', async () => {
    const files = [{ path: 'api.yaml', content: rightFiles['api.yaml'] }];
    const send = (content: unknown) =>
      ada.submitJson<{ id?: string }>(
        { exercise: 'two-tier', variant: 'basic', files: content },
        { 'idempotency-key': 'once' },
      );
    const [first, second] = await Promise.all([send(files), send(files)]);
    expect(first.status).toBe(202);
    expect(second.body.id).toBe(first.body.id);
    expect((await send([{ path: 'api.yaml', content: 'kind: Other' }])).status).toBe(422);
  });

  it('can have graded again only what the platform failed at', async () => {
    const { items } = await ada.get<{ items: { id: string }[] }>('/submissions');
    expect((await ada.ask('POST', `/submissions/${items[0]?.id}/retry`)).status).toBe(409);
    expect((await ada.ask('POST', '/submissions/00000000-0000-4000-8000-000000000000/retry')).status).toBe(404);
  });

  it('cannot see what another learner submitted', async () => {
    const { items } = await ada.get<{ items: { id: string }[] }>('/submissions');
    const eve = await Learner.register(server.url, 'eve');
    for (const route of [`/submissions/${items[0]?.id}`, `/submissions/${items[0]?.id}/events`]) {
      expect((await eve.ask('GET', route)).status).toBe(404);
    }
    expect((await eve.get<{ items: unknown[] }>('/submissions')).items).toEqual([]);
  });
});
