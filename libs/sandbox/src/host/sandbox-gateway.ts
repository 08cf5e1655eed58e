import { createHash, timingSafeEqual } from 'node:crypto';
import {
  Agent,
  request,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { SandboxUnavailable, type HostedSandbox } from '@kubedrill/submissions';
import { refusalDocument, refuse, type Refusal } from './kube-refusal.ts';
import type { ProcessHosts, Visit } from './process-hosts.ts';
import { RequestRate } from './request-rate.ts';

/** What the gateway has to know of a sandbox. */
export interface Admission {
  /** SHA-256 of its token, in hex. */
  readonly tokenDigest: string;
  readonly sandbox: HostedSandbox;
}

export interface SandboxGatewayOptions {
  /** Undefined: there is none, or it has ended. Called for each request. */
  readonly admission: (id: string) => Promise<Admission | undefined>;
  readonly hosts: Pick<ProcessHosts, 'visit'>;
}

const route = /^\/sandboxes\/([0-9a-f-]{36})\/k8s(\/[^?]*)?(\?.*)?$/;
/** Bytes of one request body: the API server's own limit. */
const maxBody = 3 * 1024 * 1024;
/** Milliseconds for which a connection to a host is kept that is not in use. */
const keptConnection = 30_000;
/** They speak of one connection, not of the request (RFC 9110, section 7.6.1). */
const hopHeaders = ['authorization', 'connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'te'];

type Passed =
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly retryAfter?: number; readonly detail?: string }
  | Admitted;

interface Admitted {
  readonly kind: 'admitted';
  readonly visit: Visit;
  /** "/<id>/api/v1/pods?limit=500" */
  readonly path: string;
}

/** Where a kubeconfig leads: looks at the token and the rate, and passes on to the sandbox's host, upgrades too. */
export class SandboxGateway {
  readonly #options: SandboxGatewayOptions;
  readonly #rate = new RequestRate();
  readonly #open = new Set<ServerResponse | Duplex>();
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 256, timeout: keptConnection });

  constructor(options: SandboxGatewayOptions) {
    this.#options = options;
  }

  /** Whether a request is for a sandbox. */
  static isFor(url: string | undefined): boolean {
    return url?.startsWith('/sandboxes/') ?? false;
  }

  /** Ends all that is under way. */
  close(): void {
    for (const open of this.#open) open.destroy();
    this.#agent.destroy();
  }

  answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    this.#keep(outgoing);
    this.#answer(incoming, outgoing).catch(() => refuse(outgoing, 'absent', 1));
  }

  /** exec, attach and port-forward: WebSocket and SPDY alike are bytes to who passes them on. */
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#keep(socket);
    socket.on('error', () => socket.destroy());
    this.#upgrade(incoming, socket, head).catch(() => socket.destroy());
  }

  #keep(open: ServerResponse | Duplex): void {
    this.#open.add(open);
    open.once('close', () => this.#open.delete(open));
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (Number(incoming.headers['content-length'] ?? 0) > maxBody) {
      incoming.resume();
      return refuse(outgoing.setHeader('connection', 'close'), 'tooLarge');
    }
    const passed = await this.#pass(incoming);
    if (passed.kind === 'refused') {
      incoming.resume();
      return refuse(outgoing, passed.refusal, passed.retryAfter, passed.detail);
    }
    const { visit } = passed;
    // Who has left meanwhile says so no more.
    if (outgoing.destroyed) return visit.left();
    outgoing.once('close', () => {
      visit.left();
      inner.destroy();
    });
    const inner = this.#ask(incoming, passed, withoutHopHeaders(incoming.headers));
    inner.on('error', () => {
      if (!outgoing.writableEnded) refuse(outgoing, 'absent', 1);
    });
    inner.once('response', (answer) => {
      visit.answered();
      outgoing.writeHead(answer.statusCode ?? 502, withoutHopHeaders(answer.headers));
      // A watch has a head long before it has something to say.
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      answer.once('close', () => {
        if (!answer.complete) outgoing.destroy();
      });
    });
    passBody(incoming, inner, () => refuse(outgoing.setHeader('connection', 'close'), 'tooLarge'));
  }

  async #upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const passed = await this.#pass(incoming);
    if (passed.kind === 'refused') return refuseUpgrade(socket, passed);
    const { visit } = passed;
    if (socket.destroyed) return visit.left();
    socket.once('close', () => visit.left());
    const { connection = '', upgrade = '' } = incoming.headers;
    const inner = this.#ask(incoming, passed, { ...withoutHopHeaders(incoming.headers), connection, upgrade }, false);
    inner.once('upgrade', (answer, innerSocket, innerHead) => {
      visit.answered();
      const lines = answer.rawHeaders.flatMap((name, index, all) =>
        index % 2 === 0 ? `${name}: ${all[index + 1] ?? ''}` : [],
      );
      socket.write(
        `HTTP/1.1 ${answer.statusCode ?? 101} ${answer.statusMessage ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n`,
      );
      if (innerHead.length > 0) socket.write(innerHead);
      if (head.length > 0) innerSocket.write(head);
      joined(socket, innerSocket);
    });
    // It does not want to: its answer is an ordinary one.
    inner.once('response', (answer) => {
      const type = answer.headers['content-type'] ?? 'application/json';
      socket.write(
        `HTTP/1.1 ${answer.statusCode ?? 502} ${answer.statusMessage ?? ''}\r\nconnection: close\r\ncontent-type: ${type}\r\n\r\n`,
      );
      answer.pipe(socket);
    });
    inner.once('error', () => refuseUpgrade(socket, { refusal: 'absent', retryAfter: 1 }));
    inner.end();
  }

  async #pass({ url = '', headers }: IncomingMessage): Promise<Passed> {
    const [, id, rest = '/', query = ''] = route.exec(url) ?? [];
    if (id === undefined) return { kind: 'refused', refusal: 'notFound' };
    const admission = await this.#options.admission(id);
    if (!admission || !isToken(headers.authorization, admission.tokenDigest))
      return { kind: 'refused', refusal: 'unauthorized' };
    const entry = this.#rate.enter(id);
    if (entry.kind === 'wait') return { kind: 'refused', refusal: 'busy', retryAfter: entry.seconds };
    try {
      const visit = await this.#options.hosts.visit(admission.sandbox);
      const left = (): void => {
        entry.leave();
        visit.left();
      };
      return { kind: 'admitted', visit: { ...visit, left }, path: `/${id}${rest}${query}` };
    } catch (error) {
      entry.leave();
      if (!(error instanceof SandboxUnavailable)) throw error;
      return { kind: 'refused', refusal: 'absent', retryAfter: 1, detail: error.message };
    }
  }

  #ask(
    { method = 'GET' }: IncomingMessage,
    { visit, path }: Admitted,
    headers: IncomingHttpHeaders,
    isKept = true,
  ): ClientRequest {
    return request({
      socketPath: visit.socket,
      method,
      path,
      headers,
      ...(isKept ? { agent: this.#agent } : { agent: false }),
    });
  }
}

function isToken(authorization: string | undefined, tokenDigest: string): boolean {
  const token = /^bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const [given, wanted] = [createHash('sha256').update(token).digest(), Buffer.from(tokenDigest, 'hex')];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function withoutHopHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopHeaders.includes(name)));
}

function refuseUpgrade(
  socket: Duplex,
  { refusal, retryAfter, detail }: Omit<Extract<Passed, { kind: 'refused' }>, 'kind'>,
): void {
  const { code, text } = refusalDocument(refusal, detail);
  const lines = [
    `HTTP/1.1 ${code} Refused`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
    ...(retryAfter === undefined ? [] : [`retry-after: ${retryAfter}`]),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`);
}

/** The host would close its connection under a body that is too large, and its answer would be lost. */
function passBody(incoming: IncomingMessage, inner: ClientRequest, onTooLarge: () => void): void {
  let size = 0;
  incoming.on('data', (part: Buffer) => {
    const wasTooLarge = size > maxBody;
    size += part.length;
    if (size <= maxBody || wasTooLarge) return;
    incoming.unpipe(inner).resume();
    onTooLarge();
    inner.destroy();
  });
  incoming.pipe(inner);
}

/** Each end goes when the other does. */
function joined(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.once('close', () => to.destroy());
    from.pipe(to);
  }
}
