import { SpdyConnection, type ByteChannel, type SpdyStream } from '../spdy/spdy-connection.ts';
import type { ConnectBackend } from '../subresources/connector.ts';
import { endStatus, endText, terminalSize } from './command-status.ts';
import { RemoteCommand } from './remote-command.ts';
import type { CommandRequest } from './stream-request.ts';

/** The best first: apimachinery/pkg/util/remotecommand/constants.go. */
export const spdyCommandProtocols = [
  'v4.channel.k8s.io',
  'v3.channel.k8s.io',
  'v2.channel.k8s.io',
  'channel.k8s.io',
] as const;

export type SpdyCommandProtocol = (typeof spdyCommandProtocols)[number];

/** How long the client may take to open its streams: cri/streaming's DefaultStreamCreationTimeout. */
const streamCreationTimeout = 30_000;

/** One command over streams of one SPDY connection, each named by its header. */
export function serveSpdyCommand(
  channel: ByteChannel,
  backend: ConnectBackend,
  request: CommandRequest,
  protocol: SpdyCommandProtocol,
): SpdyConnection {
  const streams = new Map<string, SpdyStream>();
  const hasStatus = protocol === 'v4.channel.k8s.io';
  const wanted = ['error', ...(['stdin', 'stdout', 'stderr'] as const).filter((name) => request[name])];
  if (request.tty && (hasStatus || protocol === 'v3.channel.k8s.io')) wanted.push('resize');
  const command = new RemoteCommand(backend, request, {
    stdout: (text) => streams.get('stdout')?.write(Buffer.from(text)),
    stderr: (text) => streams.get('stderr')?.write(Buffer.from(text)),
    end(end) {
      const text = hasStatus ? endStatus(end, request) : endText(end, request);
      if (text !== '') streams.get('error')?.write(Buffer.from(text));
      for (const stream of streams.values()) stream.end();
      connection.close();
    },
  });
  const late = setTimeout(() => connection.close(), streamCreationTimeout);
  const connection = new SpdyConnection(channel, (stream) => {
    const type = stream.headers['streamtype'] ?? '';
    if (!wanted.includes(type) || streams.has(type)) return stream.reset();
    streams.set(type, stream);
    if (type === 'stdin') {
      stream.onData = (bytes) => command.input(bytes);
      stream.onEnd = () => command.endInput();
    }
    if (type === 'resize')
      stream.onData = (bytes) => {
        const size = terminalSize(bytes.toString());
        if (size) command.resize(size);
      };
    if (streams.size < wanted.length) return;
    clearTimeout(late);
    command.start();
  });
  channel.onClose(() => {
    clearTimeout(late);
    command.abandon();
    connection.abandon();
  });
  return connection;
}
