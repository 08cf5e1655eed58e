import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HostedSandbox } from '@kubedrill/submissions';
import { ProcessHosts, SandboxGateway, type Admission } from '../src/index.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'kubedrill-hosts-'));
const trouble: string[] = [];
const hosts = new ProcessHosts({
  folder: path.join(folder, 'journals'),
  hosts: 2,
  memoryLimitMebibytes: 256,
  reportTrouble: (what, error) => void trouble.push(`${what}: ${String(error)}`),
});
const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const tokenOf = (id: string): string => `token-of-${id}`;
const sandboxes = new Map<string, HostedSandbox>();
const admission = (id: string): Promise<Admission | undefined> => {
  const sandbox = sandboxes.get(id);
  return Promise.resolve(sandbox && { sandbox, tokenDigest: createHash('sha256').update(tokenOf(id)).digest('hex') });
};
const gateway = new SandboxGateway({ admission, hosts });
const server = createServer((incoming, outgoing) => gateway.answer(incoming, outgoing));
server.on('upgrade', (incoming, socket, head) => gateway.upgrade(incoming, socket, head));
let serial = 0;

function newSandbox(): HostedSandbox {
  const id = idOf(serial++);
  const sandbox: HostedSandbox = {
    id,
    startedAt: Math.floor(Date.now() / 1000) * 1000,
    speed: 1,
    origin: { kind: 'bare', seed: 7, nodes: 2, proxyMode: 'iptables' },
  };
  sandboxes.set(id, sandbox);
  return sandbox;
}

const port = (): number => (server.address() as AddressInfo).port;

interface Options {
  readonly method?: string;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
  readonly token?: string;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: {
    readonly metadata: { readonly uid: string; readonly resourceVersion: string };
    readonly message: string;
  };
}

function ask({ id }: { readonly id: string }, to: string, options: Options = {}): Promise<Answer> {
  const { method = 'GET', body, headers = {}, token = tokenOf(id) } = options;
  return new Promise((resolve, reject) => {
    const all = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers };
    const outgoing = request(
      { port: port(), path: `/sandboxes/${id}/k8s${to}`, method, headers: all, agent: false },
      (incoming) => {
        let text = '';
        incoming.on('data', (part: Buffer) => (text += part.toString()));
        incoming.on('end', () => {
          const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Answer['body'];
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: json });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const maps = '/api/v1/namespaces/default/configmaps';
const map = (name: string): string => JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

beforeAll(async () => {
  await hosts.ready();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}, 60_000);

afterAll(async () => {
  gateway.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await hosts.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a sandbox behind the gateway', () => {
  it('answers as its API server, and nobody sees what happens in another', async () => {
    const [one, other] = [newSandbox(), newSandbox()];
    expect((await ask(one, '/version')).body).toMatchObject({
      gitVersion: expect.stringMatching(/^v1\.36/) as unknown,
    });
    expect((await ask(one, maps, { method: 'POST', body: map('mine') })).status).toBe(201);
    expect((await ask(one, `${maps}/mine`)).status).toBe(200);
    expect((await ask(other, `${maps}/mine`)).status).toBe(404);
  });

  it.each<[what: string, options: Options]>([
    ['no token', { headers: { authorization: '' } }],
    ['a wrong token', { token: 'x' }],
    ["another sandbox's token", { token: tokenOf(idOf(999)) }],
    ['Basic', { headers: { authorization: 'Basic YTpi' } }],
  ])('refuses %s with 401', async (_what, options) => {
    const { status, body } = await ask(newSandbox(), '/api', options);
    expect([status, body.message]).toEqual([401, 'Unauthorized']);
  });

  it('says 401, not 404, of sandboxes that do not exist: nobody learns which do', async () => {
    expect((await ask({ id: idOf(77_777) }, '/api')).status).toBe(401);
  });

  it.each<[what: string, body: Buffer, headers: Record<string, string>, status: number]>([
    ['an announced oversized body', Buffer.alloc(4 * 1024 * 1024, 'x'), {}, 413],
    ['an oversized body in pieces', Buffer.alloc(4 * 1024 * 1024, 'x'), { 'transfer-encoding': 'chunked' }, 413],
    [
      'broken protobuf',
      Buffer.from('k8s\0\x0a\xff\xff'),
      { 'content-type': 'application/vnd.kubernetes.protobuf' },
      400,
    ],
    ['broken JSON', Buffer.from('{"kind":'), {}, 400],
  ])('refuses %s and goes on', async (_what, body, headers, status) => {
    const sandbox = newSandbox();
    expect((await ask(sandbox, maps, { method: 'POST', body, headers })).status).toBe(status);
    expect((await ask(sandbox, maps, { method: 'POST', body: map('next') })).status).toBe(201);
  });

  it('is the same again from its journal after its host was killed, and after a write was cut off', async () => {
    const sandbox = newSandbox();
    const made = await ask(sandbox, maps, { method: 'POST', body: map('kept') });
    await hosts.close();
    appendFileSync(path.join(folder, 'journals', `${sandbox.id}.jsonl`), '{"at":17');
    const again = new ProcessHosts({
      folder: path.join(folder, 'journals'),
      hosts: 1,
      memoryLimitMebibytes: 256,
      reportTrouble: () => undefined,
    });
    await again.ready();
    try {
      expect((await again.open(sandbox)).position).toBe(1);
      const [entry] = await again.journal(sandbox.id, 1);
      expect(entry).toMatchObject({ do: 'request', request: { verb: 'create', kind: 'ConfigMap' } });
      const second = createServer((incoming, outgoing) =>
        new SandboxGateway({ admission, hosts: again }).answer(incoming, outgoing),
      );
      await new Promise<void>((resolve) => second.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(second.address() as AddressInfo).port}/sandboxes/${sandbox.id}/k8s${maps}/kept`;
      const seen = (await (
        await fetch(url, { headers: { authorization: `Bearer ${tokenOf(sandbox.id)}` } })
      ).json()) as Answer['body'];
      expect(seen).toEqual(made.body);
      second.closeAllConnections();
      second.close();
    } finally {
      await again.close();
    }
  }, 60_000);
});
