import type { SpdyStream } from '../spdy/spdy-connection.ts';
import type { ConnectBackend } from '../subresources/connector.ts';
import { PodConnection } from './pod-connection.ts';
import type { ForwardRequest } from './stream-request.ts';

export const forwardProtocol = 'portforward.k8s.io';

interface Pair {
  data?: SpdyStream;
  error?: SpdyStream;
}

/** Half of a pair whose other half does not come. */
const maxUnpaired = 128;

/** Pairs of streams, one of data and one for what goes wrong: kubelet cri/streaming/portforward/httpstream.go. */
export class PortForward {
  private readonly backend: ConnectBackend;
  private readonly request: ForwardRequest;
  private readonly pairs = new Map<string, Pair>();

  constructor(backend: ConnectBackend, request: ForwardRequest) {
    this.backend = backend;
    this.request = request;
  }

  accept(stream: SpdyStream): void {
    const type = stream.headers['streamtype'];
    const port = Number(stream.headers['port']);
    if ((type !== 'data' && type !== 'error') || !Number.isInteger(port) || port < 1 || port > 65_535)
      return stream.reset();
    const id = stream.headers['requestid'] ?? String(port);
    const pair = this.pairs.get(id) ?? {};
    if (this.pairs.size >= maxUnpaired || pair[type]) return stream.reset();
    pair[type] = stream;
    this.pairs.set(id, pair);
    const { data, error } = pair;
    if (!data || !error) return;
    this.pairs.delete(id);
    this.forward(port, data, error);
  }

  private forward(port: number, data: SpdyStream, error: SpdyStream): void {
    const { target } = this.request;
    const connection = new PodConnection(this.backend, target, port, {
      write: (bytes) => data.write(bytes),
      end: () => {
        data.end();
        error.end();
      },
    });
    const failure = connection.open();
    if (failure === undefined) {
      data.onData = (bytes) => connection.receive(bytes);
      data.onEnd = () => connection.endInput();
      return;
    }
    error.write(Buffer.from(failure));
    error.end();
    data.end();
  }
}
