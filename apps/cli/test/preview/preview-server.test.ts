import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { watchFolder } from '../../src/preview/content-watch.ts';
import { Preview, type PreviewState } from '../../src/preview/preview.ts';
import { PreviewServer } from '../../src/preview/preview-server.ts';

const root = mkdtempSync(join(tmpdir(), 'preview-'));
const module = 'services-and-networking';
const drill = `${module}/drills/fix-the-target-port`;
const server = new PreviewServer(new Preview(root, 'fix-the-target-port'));
const unwatch: (() => void)[] = [];
let base = '';

beforeAll(async () => {
  const course = resolve(import.meta.dirname, '../../../../challenges');
  for (const path of [`${module}/module.yaml`, `${module}/sections`, drill])
    cpSync(join(course, path), join(root, path), { recursive: true });
  server.server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  base = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  unwatch.push(watchFolder(root, () => server.changed()));
});

afterAll(() => {
  for (const end of unwatch) end();
  server.close();
  rmSync(root, { recursive: true });
});

const state = async (): Promise<PreviewState> => (await (await fetch(`${base}/state`)).json()) as PreviewState;

async function submitted(
  body: unknown,
  type = 'application/json',
): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await fetch(`${base}/submissions`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

/** fetch does not let anybody set the host. */
async function statusFor(host: string): Promise<number | undefined> {
  const asked = request(`${base}/state`, { headers: { host } }).end();
  const [answer] = (await once(asked, 'response')) as [{ readonly statusCode?: number; resume(): void }];
  answer.resume();
  return answer.statusCode;
}

describe('the preview of an exercise', () => {
  it('is a page', async () => {
    const answer = await fetch(base);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await answer.text()).toContain('<h2>Brief</h2>');
  });

  it('shows what a learner sees, and what the authors wrote to be tried', async () => {
    const { view, examples, issues } = await state();
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(view?.briefHtml).toMatch(/^<h1>/);
    expect(examples.map(({ name }) => name)).toContain('solution number');
  });

  it('grades', async () => {
    const { view, examples } = await state();
    const [solution] = examples;
    const graded = await submitted({ variant: view?.variant, seed: view?.seed, content: solution?.content });
    expect(graded).toMatchObject({ status: 200, body: { kind: 'graded', result: { verdict: 'passed' } } });
  });

  it.each([
    ['what is no submission', { variant: 'basic' }, 'application/json', 400],
    ['what another site could send', {}, 'text/plain', 415],
    ['more than a megabyte', { text: 'x'.repeat(1024 * 1024) }, 'application/json', 413],
  ])('refuses %s', async (_, body, type, status) => {
    expect((await submitted(body, type)).status).toBe(status);
  });

  it('answers to this machine alone', async () => {
    expect(await statusFor('evil.example')).toBe(403);
    expect(await statusFor('localhost:80')).toBe(200);
  });

  it('says when something was saved, and shows it', async () => {
    const events = await fetch(`${base}/events`);
    const reader = events.body?.getReader();
    await reader?.read();
    writeFileSync(join(root, drill, 'brief.md'), '# Another text\n');
    const saved = await reader?.read();
    expect(new TextDecoder().decode(saved?.value as Uint8Array | undefined)).toContain('event: changed');
    expect((await state()).view?.briefHtml).toBe('<h1>Another text</h1>');
    await reader?.cancel();
  });

  it('says what is wrong with what cannot be read', async () => {
    writeFileSync(join(root, drill, 'exercise.yaml'), 'id: fix-the-target-port\nkind: dril\n');
    server.changed();
    const { view, issues } = await state();
    expect(view).toBeUndefined();
    expect(issues.map(({ message }) => message).join('\n')).toContain('kind');
  });
});
