import type { WebSocket } from 'ws';
import type { ConnectBackend } from '../subresources/connector.ts';
import { endStatus, endText, terminalSize } from './command-status.ts';
import { RemoteCommand } from './remote-command.ts';
import type { CommandRequest } from './stream-request.ts';

/** The best first: apimachinery/pkg/util/remotecommand/constants.go, streaming/pkg/httpstream/wsstream. */
export const commandProtocols = [
  'v5.channel.k8s.io',
  'v4.channel.k8s.io',
  'v4.base64.channel.k8s.io',
  'channel.k8s.io',
  'base64.channel.k8s.io',
] as const;

export type CommandProtocol = (typeof commandProtocols)[number] | '';

const channels = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;

/** Bytes for a client that does not read. */
const maxUnread = 16 * 1024 * 1024;

const normalClosure = 1000;
const policyViolation = 1008;

/** One command over channels of one WebSocket: the first byte of a message says which. */
export function serveCommand(socket: WebSocket, backend: ConnectBackend, request: CommandRequest): void {
  const protocol = socket.protocol as CommandProtocol;
  const isBase64 = protocol.includes('base64');
  const hasStatus = protocol.startsWith('v4') || protocol.startsWith('v5');
  const send = (channel: number, text: string): void => {
    const content = Buffer.from(text);
    if (isBase64) socket.send(`${channel}${content.toString('base64')}`);
    else socket.send(Buffer.concat([Buffer.from([channel]), content]));
    if (socket.bufferedAmount > maxUnread) socket.close(policyViolation, 'output is not read');
  };
  const command = new RemoteCommand(backend, request, {
    stdout: (text) => send(channels.stdout, text),
    stderr: (text) => send(channels.stderr, text),
    end(end) {
      const text = hasStatus ? endStatus(end, request) : endText(end, request);
      if (text !== '') send(channels.error, text);
      socket.close(normalClosure);
    },
  });
  socket.on('message', (data: Buffer) => {
    const message = isBase64 ? decoded(data) : data;
    const [channel, ...rest] = [message[0], message.subarray(1)] as const;
    const [content] = rest;
    switch (channel) {
      case channels.stdin:
        return command.input(content);
      case channels.resize: {
        const size = terminalSize(content.toString());
        return size && command.resize(size);
      }
      case channels.close:
        return protocol === 'v5.channel.k8s.io' && content[0] === channels.stdin ? command.endInput() : undefined;
      default:
        return socket.close(policyViolation, 'unknown channel');
    }
  });
  socket.once('close', () => command.abandon());
  // A broken frame: ws has told the client what was wrong with it, and closes.
  socket.on('error', () => command.abandon());
  // An empty message tells the client that the connection stands.
  send(request.stdout ? channels.stdout : request.stderr ? channels.stderr : channels.error, '');
  command.start();
}

function decoded(data: Buffer): Buffer {
  const text = data.toString('latin1');
  return Buffer.concat([Buffer.from([Number(text.slice(0, 1))]), Buffer.from(text.slice(1), 'base64')]);
}
