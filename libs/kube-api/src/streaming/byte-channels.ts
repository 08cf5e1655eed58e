import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { ByteChannel } from '../spdy/spdy-connection.ts';

/** Bytes for a client that does not read. */
const maxUnread = 16 * 1024 * 1024;

export function socketChannel(socket: Duplex): ByteChannel {
  return {
    write(bytes) {
      if (!socket.writable) return;
      socket.write(bytes);
      if (socket.writableLength > maxUnread) socket.destroy();
    },
    close: () => socket.end(),
    onClose: (listener) => socket.once('close', listener),
  };
}

export function webSocketChannel(socket: WebSocket): ByteChannel {
  return {
    write(bytes) {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(bytes);
      if (socket.bufferedAmount > maxUnread) socket.terminate();
    },
    close: () => socket.close(),
    onClose(listener) {
      socket.once('close', listener);
      socket.on('error', () => socket.terminate());
    },
  };
}
