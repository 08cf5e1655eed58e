import { formatFrame, FrameReader, type Frame } from './frames.ts';
import { HeaderPacker, HeaderUnpacker, type Headers } from './header-block.ts';

/** The bytes below, whether they are a socket's or come in messages of a WebSocket. */
export interface ByteChannel {
  write(bytes: Buffer): void;
  close(): void;
  onClose(listener: () => void): void;
}

/** One stream that the client has opened. */
export interface SpdyStream {
  readonly headers: Headers;
  onData: (bytes: Buffer) => void;
  /** The client sends no more. */
  onEnd: () => void;
  write(bytes: Buffer): void;
  /** Nothing more is sent; the client may go on. */
  end(): void;
  reset(): void;
}

/** Streams of one connection. */
const maxStreams = 512;
/** RST_STREAM's REFUSED_STREAM and CANCEL; GOAWAY's OK and PROTOCOL_ERROR. */
const refused = 3;
const cancel = 5;
const goAwayOk = 0;
const goAwayFault = 1;
/** Pings that a client may leave without an answer. */
const maxUnanswered = 2;
/** Bytes of one data frame. */
const maxData = 32 * 1024;

type OwnStream = SpdyStream & { isEnded: boolean };

/** The server's end of a SPDY/3.1 connection: takes streams, opens none. */
export class SpdyConnection {
  private readonly channel: ByteChannel;
  private readonly accept: (stream: SpdyStream) => void;
  private readonly reader = new FrameReader();
  private readonly packer = new HeaderPacker();
  private readonly unpacker = new HeaderUnpacker();
  private readonly streams = new Map<number, OwnStream>();
  private lastStream = 0;
  private isClosed = false;
  /** Pings since the client was last heard. */
  private unanswered = 0;
  private lastPing = 0;
  /** Frames are dealt with in their order, although unpacking headers takes a turn. */
  private work: Promise<void> = Promise.resolve();

  constructor(channel: ByteChannel, accept: (stream: SpdyStream) => void) {
    this.channel = channel;
    this.accept = accept;
  }

  receive(bytes: Buffer): void {
    if (this.isClosed) return;
    this.unanswered = 0;
    const frames = this.reader.push(bytes);
    if (typeof frames === 'string') return this.fail();
    for (const frame of frames) this.work = this.work.then(() => this.handle(frame)).catch(() => this.fail());
  }

  /** Asks for a sign of life. A client that has given none since several of them is gone: false. */
  ping(): boolean {
    if (this.unanswered >= maxUnanswered) return false;
    this.unanswered += 1;
    this.lastPing += 2;
    this.send({ type: 'ping', id: this.lastPing });
    return true;
  }

  /** Says that it is over. What has been written goes before it. */
  close(): void {
    this.work = this.work.then(() => this.leave(goAwayOk));
  }

  /** The bytes below have ended. */
  abandon(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.packer.close();
    this.unpacker.close();
    for (const stream of this.streams.values()) stream.onEnd();
    this.streams.clear();
  }

  private fail(): void {
    this.leave(goAwayFault);
  }

  private leave(status: number): void {
    if (this.isClosed) return;
    this.send({ type: 'goAway', lastStream: this.lastStream, status });
    this.abandon();
    this.channel.close();
  }

  private send(frame: Exclude<Frame, { type: 'ignored' }>): void {
    if (!this.isClosed) this.channel.write(formatFrame(frame));
  }

  private async handle(frame: Frame): Promise<void> {
    if (this.isClosed) return;
    switch (frame.type) {
      case 'synStream':
        return this.opened(frame);
      case 'data': {
        const stream = this.streams.get(frame.stream);
        if (!stream) return this.send({ type: 'rstStream', stream: frame.stream, status: cancel });
        if (frame.payload.length > 0) stream.onData(frame.payload);
        if (frame.isLast) stream.onEnd();
        return;
      }
      case 'rstStream':
        this.streams.get(frame.stream)?.onEnd();
        this.streams.delete(frame.stream);
        return;
      case 'ping':
        // Those of the client have odd numbers; others answer pings of ours.
        return frame.id % 2 === 1 ? this.send(frame) : undefined;
      case 'goAway':
      case 'synReply':
      case 'windowUpdate':
      case 'ignored':
        return;
    }
  }

  private async opened({ stream: id, isLast, block }: Extract<Frame, { type: 'synStream' }>): Promise<void> {
    // Unpacked whatever becomes of it: the blocks of a connection are one stream of zlib.
    const headers = await this.unpacker.unpack(block);
    if (this.streams.size >= maxStreams || id % 2 === 0 || id <= this.lastStream)
      return this.send({ type: 'rstStream', stream: id, status: refused });
    this.lastStream = id;
    const reply = await this.packer.pack({});
    this.send({ type: 'synReply', stream: id, isLast: false, block: reply });
    const stream = this.streamOf(id, headers);
    this.streams.set(id, stream);
    this.accept(stream);
    if (isLast) stream.onEnd();
  }

  private streamOf(id: number, headers: Headers): OwnStream {
    const stream: OwnStream = {
      headers,
      isEnded: false,
      onData: () => undefined,
      onEnd: () => undefined,
      write: (bytes) => {
        if (stream.isEnded) return;
        for (let at = 0; at < bytes.length; at += maxData)
          this.send({ type: 'data', stream: id, isLast: false, payload: bytes.subarray(at, at + maxData) });
      },
      end: () => {
        if (stream.isEnded) return;
        stream.isEnded = true;
        this.send({ type: 'data', stream: id, isLast: true, payload: Buffer.alloc(0) });
      },
      reset: () => {
        stream.isEnded = true;
        this.send({ type: 'rstStream', stream: id, status: cancel });
        this.streams.delete(id);
      },
    };
    return stream;
  }
}
