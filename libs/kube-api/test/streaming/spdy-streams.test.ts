import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatFrame, FrameReader, type Frame } from '../../src/spdy/frames.ts';
import { HeaderPacker, type Headers } from '../../src/spdy/header-block.ts';
import { servedCluster, type ServedCluster } from '../api-client.ts';

const manifests = `
{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: c, image: nginx}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: redis}, spec: {containers: [{name: c, image: redis}]}}
`;
const pods = '/api/v1/namespaces/default/pods';
const tunnel = 'SPDY/3.1+portforward.k8s.io';
let served: ServedCluster;

beforeAll(async () => {
  served = await servedCluster(manifests);
});

afterAll(() => served.close());

/** The client's end of a connection: what it has heard, by stream. */
class Client {
  readonly heard = new Map<number, string>();
  readonly ended = new Set<number>();
  readonly others: Frame[] = [];
  private readonly reader = new FrameReader();
  private readonly packer = new HeaderPacker();
  private readonly write: (bytes: Buffer) => void;

  constructor(write: (bytes: Buffer) => void) {
    this.write = write;
  }

  receive(bytes: Buffer): void {
    const frames = this.reader.push(bytes);
    if (typeof frames === 'string') throw new Error(frames);
    for (const frame of frames) {
      if (frame.type !== 'data') this.others.push(frame);
      else {
        this.heard.set(frame.stream, (this.heard.get(frame.stream) ?? '') + frame.payload.toString());
        if (frame.isLast) this.ended.add(frame.stream);
      }
    }
  }

  async open(stream: number, headers: Headers): Promise<void> {
    this.write(formatFrame({ type: 'synStream', stream, isLast: false, block: await this.packer.pack(headers) }));
  }

  send(stream: number, text: string, isLast = false): void {
    this.write(formatFrame({ type: 'data', stream, isLast, payload: Buffer.from(text) }));
  }

  raw(bytes: Buffer): void {
    this.write(bytes);
  }

  async until(condition: () => boolean): Promise<void> {
    for (let round = 0; round < 200 && !condition(); round += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(condition()).toBe(true);
  }
}

/** Upgrades a connection to SPDY/3.1; the status line where that is refused. */
function upgraded(
  path: string,
  protocol: string,
  moreHeaders = '',
): Promise<{ readonly client: Client; readonly head: string; readonly socket: TLSSocket }> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: served.port, ca: served.certificate }, () => {
      socket.write(
        `POST ${pods}/${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${served.token}\r\nConnection: Upgrade\r\n` +
          `Upgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${protocol}\r\n${moreHeaders}\r\n`,
      );
    });
    const client = new Client((bytes) => socket.write(bytes));
    socket.once('data', (data: Buffer) => {
      const end = data.indexOf('\r\n\r\n') + 4;
      const answer = { client, head: data.subarray(0, end).toString(), socket };
      if (!answer.head.startsWith('HTTP/1.1 101')) return resolve(answer);
      if (data.length > end) client.receive(data.subarray(end));
      socket.on('data', (more: Buffer) => client.receive(more));
      resolve(answer);
    });
    socket.on('error', reject);
  });
}

/** The tunnel's protocol has a name that WebSocket clients in JavaScript refuse to send, so its frames are made here. */
function tunnelled(path: string): Promise<Client> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: served.port, ca: served.certificate }, () => {
      socket.write(
        `GET ${pods}/${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${served.token}\r\nConnection: Upgrade\r\n` +
          'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n' +
          `Sec-WebSocket-Protocol: ${tunnel}\r\n\r\n`,
      );
    });
    const client = new Client((bytes) => socket.write(Buffer.concat([maskedHead(bytes.length), bytes])));
    let pending = Buffer.alloc(0);
    let isOpen = false;
    socket.on('data', (data: Buffer) => {
      pending = Buffer.concat([pending, data]);
      if (!isOpen) {
        const end = pending.indexOf('\r\n\r\n') + 4;
        const head = pending.subarray(0, end).toString();
        if (!head.includes(`Sec-WebSocket-Protocol: ${tunnel}`)) return reject(new Error(head));
        pending = pending.subarray(end);
        isOpen = true;
        resolve(client);
      }
      while (pending.length >= 4) {
        const short = (pending[1] ?? 0) & 0x7f;
        const [start, length] = short === 126 ? [4, pending.readUInt16BE(2)] : [2, short];
        if (pending.length < start + length) return;
        client.receive(pending.subarray(start, start + length));
        pending = pending.subarray(start + length);
      }
    });
    socket.on('error', reject);
  });
}

/** A binary message of a client, masked with zeros. */
function maskedHead(length: number): Buffer {
  if (length < 126) return Buffer.from([0x82, 0x80 | length, 0, 0, 0, 0]);
  return Buffer.from([0x82, 0x80 | 126, length >> 8, length & 0xff, 0, 0, 0, 0]);
}

async function pair(client: Client, port: number, first = 1): Promise<void> {
  await client.open(first, { streamtype: 'error', port: String(port), requestid: String(first) });
  await client.open(first + 2, { streamtype: 'data', port: String(port), requestid: String(first) });
}

describe.each([
  ['SPDY', async (path: string) => (await upgraded(path, 'portforward.k8s.io')).client],
  ['SPDY within a WebSocket', tunnelled],
])('port-forward over %s', (_, open) => {
  it('serves HTTP', async () => {
    const client = await open('web/portforward');
    await pair(client, 80);
    client.send(3, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /nope HTTP/1.1\r\nConnection: close\r\n\r\n');
    await client.until(() => client.ended.has(3));
    const heard = client.heard.get(3) ?? '';
    expect(heard).toMatch(/^HTTP\/1\.1 200 OK\r\nServer: nginx/);
    expect(heard).toContain('Welcome to nginx!');
    expect(heard).toContain('HTTP/1.1 404 Not Found\r\n');
    expect(client.heard.get(1)).toBe('');
  });

  it('hands on what is not HTTP', async () => {
    const client = await open('redis/portforward');
    await pair(client, 6379);
    client.send(3, 'PING\r\n');
    await client.until(() => client.heard.get(3) === '+PONG\r\n');
  });

  it('says what keeps a connection from being made, and goes on', async () => {
    const client = await open('web/portforward');
    await pair(client, 81);
    await client.until(() => client.ended.has(1));
    expect(client.heard.get(1)).toMatch(
      /^error forwarding port 81 to pod \w{64}, uid : .*dial tcp4 127\.0\.0\.1:81: connect: connection refused/,
    );
    await pair(client, 80, 5);
    client.send(7, 'hostName\n');
    await client.until(() => client.ended.has(7));
    expect(client.heard.get(7)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  });
});

describe('exec over SPDY', () => {
  const path = (command: string): string =>
    `web/exec?stdin=1&stdout=1&stderr=1&command=sh&command=-c&command=${encodeURIComponent(command)}`;

  it('has a stream for each purpose', async () => {
    const { client, head } = await upgraded(path('cat; echo oops >&2; exit 3'), 'v4.channel.k8s.io');
    expect(head).toMatch(/^HTTP\/1\.1 101 [\s\S]*X-Stream-Protocol-Version: v4\.channel\.k8s\.io/);
    for (const [index, streamtype] of ['error', 'stdin', 'stdout', 'stderr'].entries())
      await client.open(2 * index + 1, { streamtype });
    client.send(3, 'typed', true);
    await client.until(() => client.ended.has(1));
    expect([client.heard.get(5), client.heard.get(7)]).toEqual(['typed', 'oops\n']);
    expect(JSON.parse(client.heard.get(1) ?? '')).toMatchObject({ reason: 'NonZeroExitCode' });
    await client.until(() => client.others.some(({ type }) => type === 'goAway'));
  });

  it('answers pings, resets streams that it does not want, and gives up on broken frames', async () => {
    const { client, socket } = await upgraded(path('cat'), 'v4.channel.k8s.io');
    client.raw(formatFrame({ type: 'ping', id: 1 }));
    await client.open(1, { streamtype: 'sideways' });
    await client.until(() => client.others.some(({ type }) => type === 'rstStream'));
    expect(client.others).toContainEqual({ type: 'ping', id: 1 });
    const isClosed = new Promise((resolve) => socket.once('close', resolve));
    client.raw(Buffer.from('8002000600000004', 'hex'));
    client.raw(Buffer.alloc(4));
    await isClosed;
    expect(client.others).toContainEqual(expect.objectContaining({ type: 'goAway', status: 1 }));
  });

  it('is for those who may', async () => {
    const { head } = await upgraded(path('ls'), 'v4.channel.k8s.io', 'Impersonate-User: alice\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 403 /);
  });

  it.each([
    ['an address that cannot be read', '%zz/exec?stdout=1&command=ls', 'v4.channel.k8s.io', 404],
    ['protocols that it does not know', path('ls'), 'v9.channel.k8s.io', 403],
    ['a Pod that is not there', 'none/exec?stdout=1&command=ls', 'v4.channel.k8s.io', 404],
  ])('refuses %s', async (_, refused, protocol, code) => {
    expect((await upgraded(refused, protocol)).head).toMatch(new RegExp(`^HTTP/1.1 ${code} `));
  });
});
