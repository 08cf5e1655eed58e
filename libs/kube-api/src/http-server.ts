import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { failure } from '@kubedrill/cluster-sim';
import { wireRequest } from './wire-request.ts';
import { refuse, Upgrades } from './streaming/upgrade.ts';
import type { Certificate } from './certificate.ts';
import type { KubeApi } from './kube-api.ts';
import { statusAnswer, type StreamAnswer, type WatchAnswer, type WireAnswer, type WireRequest } from './wire.ts';

export interface ServeOptions {
  readonly api: KubeApi;
  /** 0: any free port. */
  readonly port: number;
  /** The bearer token that every request has to carry. kubectl sends tokens over TLS only. */
  readonly token: string;
  readonly certificate: Certificate;
  /** How fast the cluster's clock runs, as a multiple of real time. */
  readonly speed?: number;
}

export interface KubeApiServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Bytes of one request body: the API server's own limit. */
const maxBody = 3 * 1024 * 1024;
/** Bytes of a watch that wait for a client which does not read. */
const maxUnread = 16 * 1024 * 1024;
/** How often the cluster's clock follows real time. */
const tick = 20;
/** The longest that a watch without a time of its own lasts. */
const longestWatch = 30 * 60 * 1000;
const unauthorized = failure(401, 'Unauthorized', 'Unauthorized');
const tooLarge = failure(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${maxBody}`);

/** Serves the API on the loopback interface; real time drives the cluster's clock. */
export async function serveKubeApi({ api, port, token, certificate, speed = 1 }: ServeOptions): Promise<KubeApiServer> {
  const server = createServer({ ...certificate }, (incoming, outgoing) => {
    // Who leaves in the middle of a request gets no answer.
    respond(api, token, incoming, outgoing).catch(() => outgoing.destroy());
  });
  const upgrades = new Upgrades(api);
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isKnown(incoming, token)) upgrades.take(incoming, socket, head);
    else refuse(socket, unauthorized);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const passed = Math.floor((now - last) * speed);
    last += passed / speed;
    api.passTime(passed);
  }, tick);
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      upgrades.close();
      return closed(server, timer);
    },
  };
}

async function closed(server: Server, timer: NodeJS.Timeout): Promise<void> {
  clearInterval(timer);
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

function isKnown({ headers }: IncomingMessage, token: string): boolean {
  return headers.authorization === `Bearer ${token}`;
}

async function respond(
  api: KubeApi,
  token: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  if (!isKnown(incoming, token)) return write(outgoing, statusAnswer(unauthorized));
  await answerOver(api, incoming, outgoing);
}

/** Answers a request of somebody who may ask, whatever connection it came over. Rejects when he leaves in the middle of it. */
export async function answerOver(api: KubeApi, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await readAll(incoming);
  if (!body) {
    // What is still coming is thrown away, and the connection with it.
    incoming.resume();
    outgoing.setHeader('connection', 'close');
    return write(outgoing, statusAnswer(tooLarge));
  }
  const answer = answered(api, wireRequest(incoming, body));
  if (answer.kind === 'watch') sendEvents(outgoing, answer);
  else if (answer.kind === 'stream') sendText(outgoing, answer);
  else write(outgoing, answer);
}

function answered(api: KubeApi, request: WireRequest): WireAnswer {
  try {
    return api.answer(request);
  } catch (error) {
    // A fault of the simulation must not take the other clients' streams along.
    const why = error instanceof Error ? error.message : String(error);
    return statusAnswer(failure(500, 'InternalError', `Internal error occurred: ${why}`));
  }
}

function readAll(incoming: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    incoming.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= maxBody) parts.push(part);
      else resolve(undefined);
    });
    incoming.once('end', () => resolve(Buffer.concat(parts)));
    incoming.once('error', reject);
  });
}

function write(outgoing: ServerResponse, answer: Exclude<WireAnswer, WatchAnswer | StreamAnswer>): void {
  if (answer.kind === 'text') {
    outgoing.writeHead(answer.code, { 'content-type': 'text/plain; charset=utf-8' }).end(answer.text);
    return;
  }
  if (answer.kind === 'proxied') {
    outgoing.writeHead(answer.code, { ...answer.headers }).end(answer.text);
    return;
  }
  for (const warning of answer.warnings) outgoing.appendHeader('warning', `299 - ${quoted(warning)}`);
  outgoing
    .writeHead(answer.code, { 'content-type': answer.contentType ?? 'application/json' })
    .end(`${JSON.stringify(answer.body)}\n`);
}

/** A quoted string of RFC 9110. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll(/[\r\n]/g, ' ')}"`;
}

function sendText(outgoing: ServerResponse, { contentType, start }: StreamAnswer): void {
  outgoing.writeHead(200, { 'content-type': contentType, 'transfer-encoding': 'chunked' });
  outgoing.flushHeaders();
  const stop = start(
    (text) => {
      outgoing.write(text);
      if (outgoing.writableLength > maxUnread) outgoing.destroy();
    },
    () => outgoing.end(),
  );
  outgoing.once('close', stop);
}

function sendEvents(outgoing: ServerResponse, { start, timeoutSeconds }: WatchAnswer): void {
  outgoing.writeHead(200, { 'content-type': 'application/json', 'transfer-encoding': 'chunked' });
  outgoing.flushHeaders();
  const stop = start((event) => {
    outgoing.write(`${JSON.stringify(event)}\n`);
    // Who does not read what it asked for has to list again.
    if (outgoing.writableLength > maxUnread) outgoing.destroy();
  });
  const end = setTimeout(() => outgoing.end(), Math.min((timeoutSeconds ?? Infinity) * 1000, longestWatch));
  outgoing.once('close', () => {
    clearTimeout(end);
    stop();
  });
}
