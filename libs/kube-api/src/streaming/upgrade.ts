import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { badRequest, failure, type ApiStatus } from '@kubedrill/cluster-sim';
import { WebSocketServer, type WebSocket } from 'ws';
import { parseRequestPath } from '../request-path.ts';
import type { ConnectBackend } from '../subresources/connector.ts';
import { statusAnswer } from '../wire.ts';
import { readStreamRequest, type CommandRequest, type StreamRequest } from './stream-request.ts';
import { commandProtocols, serveCommand } from './web-socket-command.ts';

/** Connections of that kind that one cluster holds. */
const maxConnections = 200;
/** Bytes of one message of a client. */
const maxMessage = 1024 * 1024;
/** A client that does not answer twice is gone. */
const heartbeat = 30_000;

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

  constructor(backend: ConnectBackend) {
    this.backend = backend;
  }

  /** The connection of somebody who may ask. */
  take(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
    const read = readStreamRequest(parseRequestPath(decodeURI(pathname)), searchParams, this.backend.cluster);
    if (!read) return refuse(socket, unknownPath);
    if (!read.ok) return refuse(socket, read.status);
    if (this.open.size >= maxConnections) return refuse(socket, tooMany);
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
    this.serve(read.request, incoming, socket, head);
  }

  close(): void {
    for (const socket of this.open) socket.destroy();
  }

  private serve(request: StreamRequest, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.kind !== 'portforward' && isWebSocket(incoming)) return this.command(request, incoming, socket, head);
    refuse(socket, badRequest('Upgrade request required'));
  }

  private command(request: CommandRequest, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const offered = (incoming.headers['sec-websocket-protocol'] ?? '').split(',').map((word) => word.trim());
    if (offered[0] !== '' && !offered.some((word) => (commandProtocols as readonly string[]).includes(word)))
      return refuse(
        socket,
        badRequest(
          `unable to negotiate protocol: client supports [${offered.join(' ')}], server accepts [${commandProtocols.join(' ')}]`,
        ),
      );
    this.sockets.handleUpgrade(incoming, socket, head, (client) => {
      watchOver(client);
      serveCommand(client, this.backend, request);
    });
  }
}

function isWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
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

/** An answer in HTTP instead of the upgrade. */
export function refuse(socket: Duplex, status: ApiStatus): void {
  const body = `${JSON.stringify(statusAnswer(status).body)}\n`;
  socket.end(
    `HTTP/1.1 ${status.code} ${status.reason || 'Error'}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
