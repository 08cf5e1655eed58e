import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { servedCluster, type ServedCluster } from '../api-client.ts';

const manifests = `
{apiVersion: v1, kind: Pod, metadata: {name: box}, spec: {containers: [{name: c, image: busybox, command: [sleep, "3600"]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: shell}, spec: {restartPolicy: Never, containers: [{name: c, image: busybox, stdin: true, stdinOnce: true, tty: true}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: broken}, spec: {containers: [{name: c, image: "nginx:no-such-tag"}]}}
`;

let served: ServedCluster;

beforeAll(async () => {
  served = await servedCluster(manifests);
});

afterAll(() => served.close());

interface Heard {
  /** By channel. */
  readonly text: Readonly<Record<number, string>>;
  readonly protocol: string;
  readonly code: number;
}

type Say = (channel: number, text: string) => void;

/** Opens a session and hears it to its end; `speak` is told of everything that has been heard so far. */
function session(
  path: string,
  protocol: string,
  speak: (say: Say, stdout: string) => void = () => undefined,
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const url = `wss://127.0.0.1:${served.port}/api/v1/namespaces/default/pods/${path}`;
    const headers = { authorization: `Bearer ${served.token}` };
    const socket = new WebSocket(url, [protocol], { ca: served.certificate, headers });
    const isBase64 = protocol.includes('base64');
    const text: Record<number, string> = {};
    const say: Say = (channel, content) => {
      const bytes = Buffer.from(content);
      socket.send(isBase64 ? `${channel}${bytes.toString('base64')}` : Buffer.concat([Buffer.from([channel]), bytes]));
    };
    socket.on('message', (data: Buffer) => {
      const channel = isBase64 ? Number(data.toString().slice(0, 1)) : (data[0] ?? -1);
      const content = isBase64 ? Buffer.from(data.toString().slice(1), 'base64') : data.subarray(1);
      text[channel] = (text[channel] ?? '') + content.toString();
      speak(say, text[1] ?? '');
    });
    socket.on('close', (code) => resolve({ text, protocol: socket.protocol, code }));
    socket.on('error', reject);
  });
}

const outputs = 'stdout=true&stderr=true';
const echo = `box/exec?${outputs}&command=echo&command=hi`;
const fails = `box/exec?${outputs}&command=sh&command=-c&command=${encodeURIComponent('echo oops >&2; exit 3')}`;
const success = { metadata: {}, status: 'Success' };

describe('exec over a WebSocket', () => {
  it.each(['v5.channel.k8s.io', 'v4.channel.k8s.io', 'v4.base64.channel.k8s.io'])('speaks %s', async (protocol) => {
    const heard = await session(echo, protocol);
    expect(heard).toMatchObject({ protocol, code: 1000, text: { 1: 'hi\n' } });
    expect(JSON.parse(heard.text[3] ?? '')).toEqual(success);
  });

  it.each(['channel.k8s.io', 'base64.channel.k8s.io'])('says in %s what has gone wrong in words', async (protocol) => {
    expect((await session(echo, protocol)).text[3]).toBeUndefined();
    expect((await session(fails, protocol)).text[3]).toMatch(/exit code 3$/);
  });

  it('tells the exit code', async () => {
    const { text } = await session(fails, 'v4.channel.k8s.io');
    expect(text[2]).toBe('oops\n');
    expect(JSON.parse(text[3] ?? '')).toMatchObject({
      status: 'Failure',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '3' }] },
    });
  });

  it.each([
    [
      'a command that the image has not',
      'box/exec?stdout=1&command=nosuch',
      /exec: "nosuch": executable file not found in \$PATH: unknown$/,
    ],
    [
      'a container that does not run',
      'broken/exec?stdout=1&command=ls',
      /unable to upgrade connection: container not found \("c"\)$/,
    ],
  ])('cannot start %s', async (_, path, message) => {
    const { text } = await session(path, 'v5.channel.k8s.io');
    expect(JSON.parse(text[3] ?? '')).toMatchObject({
      reason: 'InternalError',
      message: expect.stringMatching(message),
    });
  });

  it('hands input on, to its end', async () => {
    let isSent = false;
    const { text } = await session(`box/exec?stdin=1&${outputs}&command=wc&command=-l`, 'v5.channel.k8s.io', (say) => {
      if (isSent) return;
      isSent = true;
      say(0, 'one\ntwo\n');
      say(255, '\0');
    });
    expect(text[1]).toBe('2\n');
  });

  it('takes its time', async () => {
    const start = performance.now();
    await session('box/exec?stdout=1&command=sleep&command=4', 'v5.channel.k8s.io');
    // Twenty times as fast as real time.
    expect(performance.now() - start).toBeGreaterThan(150);
  });

  it.each([
    ['a Pod that is not there', 'none/exec?stdout=1&command=ls', 'v5.channel.k8s.io', 404],
    ['a container that is not there', 'box/exec?container=x&stdout=1&command=ls', 'v5.channel.k8s.io', 400],
    ['nothing to run', 'box/exec?stdout=1', 'v5.channel.k8s.io', 400],
    ['no stream at all', 'box/exec?command=ls', 'v5.channel.k8s.io', 400],
    ['a protocol that it does not know', 'box/exec?stdout=1&command=ls', 'v9.channel.k8s.io', 403],
  ])('refuses %s', async (_, path, protocol, code) => {
    await expect(session(path, protocol)).rejects.toThrow(`Unexpected server response: ${code}`);
  });

  it('wants an upgrade', async () => {
    const answer = await served.send(`/api/v1/namespaces/default/pods/${echo}`);
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('Upgrade request required') });
  });

  it('closes on a channel that there is not, and on frames that are broken', async () => {
    const sleeps = 'box/exec?stdin=1&stdout=1&command=sleep&command=3600';
    const { code } = await session(sleeps, 'v5.channel.k8s.io', (say) => say(9, 'x'));
    expect(code).toBe(1008);
    expect(await brokenFrame(sleeps)).toBe(1002);
  });

  it('ends a session that gets more input than it holds', async () => {
    let isSent = false;
    const { text } = await session(`box/exec?stdin=1&${outputs}&command=wc`, 'v5.channel.k8s.io', (say) => {
      if (isSent) return;
      isSent = true;
      for (let part = 0; part < 3; part += 1) say(0, 'x'.repeat(500_000));
    });
    expect(text[3]).toContain('as much input as it holds');
  });
});

describe('a terminal', () => {
  const sh = `box/exec?stdin=1&stdout=1&tty=1&command=sh`;
  /** Types the next line whenever the shell asks for one. */
  function typing(lines: readonly string[]): (say: Say, stdout: string) => void {
    let typed = 0;
    return (say, stdout) => {
      if (stdout.split('/ # ').length - 1 <= typed) return;
      const line = lines[typed];
      typed += 1;
      if (line !== undefined) say(0, line);
    };
  }

  it('shows what is typed, and edits it', async () => {
    const { text } = await session(sh, 'v5.channel.k8s.io', typing(['ecx\x7fho a\r', 'false\r', 'exit\r']));
    expect(text[1]).toBe('/ # ecx\b \bho a\r\na\r\n/ # false\r\n/ # exit\r\n');
    expect(JSON.parse(text[3] ?? '')).toMatchObject({ details: { causes: [{ message: '1' }] } });
  });

  it('ends what runs with Ctrl-C, and the shell with Ctrl-D', async () => {
    let isInterrupted = false;
    const type = typing(['sleep 3600\r', 'echo $?\r', '\x04']);
    const { text } = await session(sh, 'v5.channel.k8s.io', (say, stdout) => {
      type(say, stdout);
      if (isInterrupted || !stdout.includes('3600\r\n')) return;
      isInterrupted = true;
      say(0, '\x03');
    });
    expect(text[1]).toBe('/ # sleep 3600\r\n^C\r\n/ # echo $?\r\n130\r\n/ # ');
    expect(JSON.parse(text[3] ?? '')).toEqual(success);
  });

  it('knows its size', async () => {
    const type = typing(['stty size\r', 'exit\r']);
    const { text } = await session(sh, 'v5.channel.k8s.io', (say, stdout) => {
      say(4, '{"Width":120,"Height":40}');
      type(say, stdout);
    });
    expect(text[1]).toContain('40 120\r\n');
  });

  it('is what a container waits for that has one', async () => {
    const attach = 'shell/attach?stdin=1&stdout=1&tty=1';
    const { text } = await session(attach, 'v5.channel.k8s.io', typing(['hostname\r', 'exit 5\r']));
    expect(text[1]).toBe('/ # hostname\r\nshell\r\n/ # exit 5\r\n');
    const logs = await served.send('/api/v1/namespaces/default/pods/shell/log');
    expect(logs.text).toContain('shell\n');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const pod = await served.send('/api/v1/namespaces/default/pods/shell');
    expect(pod.text).toMatch(/"terminated":\{"exitCode":5/);
  });
});

/** A frame with a reserved bit, which no extension has asked for; the close code that comes back. */
function brokenFrame(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: served.port, ca: served.certificate }, () => {
      socket.write(
        `GET /api/v1/namespaces/default/pods/${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${served.token}\r\n` +
          'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
          'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n',
      );
      setTimeout(() => socket.write(Buffer.from([0xf2, 0x80, 0, 0, 0, 0])), 100);
    });
    let received = Buffer.alloc(0);
    socket.on('data', (data: Buffer) => (received = Buffer.concat([received, data])));
    socket.on('close', () => {
      const at = received.lastIndexOf(0x88);
      resolve(received.readUInt16BE(at + 2));
    });
    socket.on('error', reject);
  });
}
