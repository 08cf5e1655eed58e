import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { badRequest, failure, type ApiStatus } from '@kubedrill/cluster-sim';
import { WebSocketServer, type WebSocket } from 'ws';
import { admit } from '../access-filter.ts';
import { parseRequestPath } from '../request-path.ts';
import type { ConnectBackend } from '../subresources/connector.ts';
import { wireRequest } from '../wire-request.ts';
import { statusAnswer, type WireRequest } from '../wire.ts';
import { SpdyConnection, type ByteChannel } from '../spdy/spdy-connection.ts';
import { socketChannel, webSocketChannel } from './byte-channels.ts';
import { forwardProtocol, PortForward } from './port-forward.ts';
import { serveSpdyCommand, spdyCommandProtocols, type SpdyCommandProtocol } from './spdy-command.ts';
import {
  readStreamRequest,
  type ForwardRequest,
  type ReadStreamRequest,
  type StreamRequest,
} from './stream-request.ts';
import { commandProtocols, serveCommand } from './web-socket-command.ts';

/** Connections of that kind that one cluster holds. */
const maxConnections = 200;
/** Bytes of one message of a client. */
const maxMessage = 1024 * 1024;
/** A client that does not answer twice is gone. */
const heartbeat = 30_000;

/** SPDY within a WebSocket: client-go's portforward from 1.31 on. */
const tunnelProtocol = 'SPDY/3.1+portforward.k8s.io';

const tooMany = failure(429, 'TooManyRequests', 'too many open streams, please try again later');
const unknownPath = failure(404, 'NotFound', 'the server could not find the requested resource', {});

/** Takes over the connections of exec, attach and port-forward of one cluster. */
export class Upgrades {
  private readonly backend: ConnectBackend;
  private readonly open = new Set<Duplex>();
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessage,
    handleProtocols: (offered) => commandProtocols.find((known) => offered.has(known)) ?? false,
  });

  /** The name of the tunnel's protocol is no token of HTTP, so ws is not shown it. */
  private readonly tunnels = new WebSocketServer({ noServer: true, maxPayload: maxMessage });

  constructor(backend: ConnectBackend) {
    this.backend = backend;
    this.tunnels.on('headers', (headers) => headers.push(`Sec-WebSocket-Protocol: ${tunnelProtocol}`));
  }

  /** The connection of somebody who may ask. */
  take(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const read = this.read(incoming);
    if (!read.ok) return refuse(socket, read.status);
    if (this.open.size >= maxConnections) return refuse(socket, tooMany);
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
    this.serve(read.request, incoming, socket, head);
  }

  private read(incoming: IncomingMessage): ReadStreamRequest {
    let request: WireRequest;
    try {
      request = wireRequest(incoming, new Uint8Array());
    } catch {
      return { ok: false, status: badRequest('the address of the request cannot be read') };
    }
    const path = parseRequestPath(request.path);
    const { cluster } = this.backend;
    // Whoever asks with GET, as WebSockets do, has to be allowed to create too (feature AuthorizePodWebsocketUpgradeCreatePermission).
    for (const method of new Set([request.method, 'POST'])) {
      const admission = admit(cluster.view, { ...request, method }, path);
      if (!admission.ok) return admission;
    }
    return readStreamRequest(path, request.query, cluster) ?? { ok: false, status: unknownPath };
  }

  close(): void {
    for (const socket of this.open) socket.destroy();
  }

  private serve(request: StreamRequest, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { upgrade = '' } = incoming.headers;
    const known: readonly string[] = request.kind === 'portforward' ? [tunnelProtocol] : commandProtocols;
    switch (upgrade.toLowerCase()) {
      case 'websocket':
        return this.overWebSocket(request, known, { incoming, socket, head });
      case 'spdy/3.1':
        return this.overSpdy(request, { incoming, socket, head });
      default:
        return refuse(socket, badRequest(`unable to upgrade: missing upgrade headers in request: ${upgrade}`));
    }
  }

  private overWebSocket(request: StreamRequest, known: readonly string[], { incoming, socket, head }: Opening): void {
    const offered = wordsOf(incoming.headers['sec-websocket-protocol']);
    if (offered.length > 0 && !offered.some((word) => known.includes(word)))
      return refuse(socket, noProtocol(offered, known));
    if (request.kind === 'portforward') return this.tunnel(request, { incoming, socket, head });
    this.sockets.handleUpgrade(incoming, socket, head, (client) => {
      watchOver(client);
      serveCommand(client, this.backend, request);
    });
  }

  private tunnel(request: ForwardRequest, { incoming, socket, head }: Opening): void {
    delete incoming.headers['sec-websocket-protocol'];
    this.tunnels.handleUpgrade(incoming, socket, head, (client) => {
      watchOver(client);
      this.forward(request, webSocketChannel(client), (listener) => client.on('message', listener));
    });
  }

  private overSpdy(request: StreamRequest, { incoming, socket, head }: Opening): void {
    const known: readonly string[] = request.kind === 'portforward' ? [forwardProtocol] : spdyCommandProtocols;
    const offered = wordsOf(incoming.headers['x-stream-protocol-version']);
    const protocol = known.find((word) => offered.includes(word));
    if (protocol === undefined) return refuse(socket, noProtocol(offered, known));
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n' +
        `X-Stream-Protocol-Version: ${protocol}\r\n\r\n`,
    );
    const channel = socketChannel(socket);
    const listen = (listener: (bytes: Buffer) => void): void => {
      if (head.length > 0) listener(head);
      socket.on('data', listener);
    };
    if (request.kind === 'portforward') return watchOverSocket(socket, this.forward(request, channel, listen));
    const connection = serveSpdyCommand(channel, this.backend, request, protocol as SpdyCommandProtocol);
    listen((bytes) => connection.receive(bytes));
    watchOverSocket(socket, connection);
  }

  private forward(
    request: ForwardRequest,
    channel: ByteChannel,
    listen: (listener: (bytes: Buffer) => void) => void,
  ): SpdyConnection {
    const forward = new PortForward(this.backend, request);
    const connection = new SpdyConnection(channel, (stream) => forward.accept(stream));
    channel.onClose(() => connection.abandon());
    listen((bytes) => connection.receive(bytes));
    return connection;
  }
}

interface Opening {
  readonly incoming: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

function wordsOf(header: string | readonly string[] | undefined): readonly string[] {
  return [header ?? []]
    .flat()
    .flatMap((line) => line.split(','))
    .map((word) => word.trim());
}

function noProtocol(offered: readonly string[], known: readonly string[]): ApiStatus {
  return failure(
    403,
    '',
    `unable to upgrade: unable to negotiate protocol: client supports [${offered.join(' ')}], server accepts [${known.join(' ')}]`,
  );
}

/** Ends a connection whose other end is gone without a word. */
function watchOver(client: WebSocket): void {
  let missed = 0;
  const timer = setInterval(() => {
    missed += 1;
    if (missed > 2) client.terminate();
    else client.ping();
  }, heartbeat);
  client.on('pong', () => (missed = 0));
  client.on('message', () => (missed = 0));
  client.once('close', () => clearInterval(timer));
}

/** The same for SPDY that has a socket for itself. */
function watchOverSocket(socket: Duplex, connection: SpdyConnection): void {
  const timer = setInterval(() => {
    if (!connection.ping()) socket.destroy();
  }, heartbeat);
  socket.once('close', () => clearInterval(timer));
}

/** An answer in HTTP instead of the upgrade. */
export function refuse(socket: Duplex, status: ApiStatus): void {
  const body = `${JSON.stringify(statusAnswer(status).body)}\n`;
  socket.end(
    `HTTP/1.1 ${status.code} ${status.reason || 'Error'}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
