/** SPDY/3.1, section 2.2: control frames and data frames, each with flags and a length. */
export type Frame =
  | { readonly type: 'data'; readonly stream: number; readonly isLast: boolean; readonly payload: Buffer }
  | { readonly type: 'synStream'; readonly stream: number; readonly isLast: boolean; readonly block: Buffer }
  | { readonly type: 'synReply'; readonly stream: number; readonly isLast: boolean; readonly block: Buffer }
  | { readonly type: 'rstStream'; readonly stream: number; readonly status: number }
  | { readonly type: 'ping'; readonly id: number }
  | { readonly type: 'goAway'; readonly lastStream: number; readonly status: number }
  | { readonly type: 'windowUpdate'; readonly stream: number; readonly delta: number }
  /** SETTINGS and HEADERS: nothing here depends on them. */
  | { readonly type: 'ignored' };

export type FrameFault = 'tooLong' | 'otherVersion' | 'cutOff';

const version = 3;
const headerSize = 8;
const finFlag = 1;
const streamMask = 0x7fff_ffff;
/** Bytes of one frame; clients send 32 KiB at most. */
const maxFrame = 1024 * 1024;

const controlTypes = {
  synStream: 1,
  synReply: 2,
  rstStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  headers: 8,
  windowUpdate: 9,
};

/** Takes bytes as they come, and gives whole frames. */
export class FrameReader {
  private pending: Buffer = Buffer.alloc(0);

  /** A fault is the end of the connection. */
  push(bytes: Buffer): readonly Frame[] | FrameFault {
    this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    const frames: Frame[] = [];
    while (this.pending.length >= headerSize) {
      const length = this.pending.readUIntBE(5, 3);
      if (length > maxFrame) return 'tooLong';
      if (this.pending.length < headerSize + length) break;
      const frame = parseFrame(this.pending.subarray(0, headerSize + length));
      if (typeof frame === 'string') return frame;
      frames.push(frame);
      this.pending = this.pending.subarray(headerSize + length);
    }
    return frames;
  }
}

function parseFrame(bytes: Buffer): Frame | FrameFault {
  const first = bytes.readUInt32BE(0);
  const isLast = ((bytes[4] ?? 0) & finFlag) !== 0;
  const payload = bytes.subarray(headerSize);
  if (first >>> 31 === 0) return { type: 'data', stream: first, isLast, payload };
  if (((first >>> 16) & 0x7fff) !== version) return 'otherVersion';
  const type = first & 0xffff;
  const needed =
    type === controlTypes.synStream ? 10 : type === controlTypes.synReply || type === controlTypes.ping ? 4 : 8;
  const isKnown = type !== controlTypes.settings && type !== controlTypes.headers;
  if (isKnown && payload.length < needed) return 'cutOff';
  switch (type) {
    case controlTypes.synStream:
      return { type: 'synStream', stream: streamOf(payload), isLast, block: payload.subarray(10) };
    case controlTypes.synReply:
      return { type: 'synReply', stream: streamOf(payload), isLast, block: payload.subarray(4) };
    case controlTypes.rstStream:
      return { type: 'rstStream', stream: streamOf(payload), status: payload.readUInt32BE(4) };
    case controlTypes.ping:
      return { type: 'ping', id: payload.readUInt32BE(0) };
    case controlTypes.goAway:
      return { type: 'goAway', lastStream: streamOf(payload), status: payload.readUInt32BE(4) };
    case controlTypes.windowUpdate:
      return { type: 'windowUpdate', stream: streamOf(payload), delta: payload.readUInt32BE(4) & streamMask };
    default:
      return { type: 'ignored' };
  }
}

function streamOf(payload: Buffer): number {
  return payload.readUInt32BE(0) & streamMask;
}

export function formatFrame(frame: Exclude<Frame, { type: 'ignored' }>): Buffer {
  switch (frame.type) {
    case 'data': {
      const header = Buffer.alloc(headerSize);
      header.writeUInt32BE(frame.stream);
      header.writeUInt8(frame.isLast ? finFlag : 0, 4);
      header.writeUIntBE(frame.payload.length, 5, 3);
      return Buffer.concat([header, frame.payload]);
    }
    case 'synStream':
      return control('synStream', frame.isLast, [numbers(frame.stream, 0), Buffer.alloc(2), frame.block]);
    case 'synReply':
      return control('synReply', frame.isLast, [numbers(frame.stream), frame.block]);
    case 'rstStream':
      return control('rstStream', false, [numbers(frame.stream, frame.status)]);
    case 'ping':
      return control('ping', false, [numbers(frame.id)]);
    case 'goAway':
      return control('goAway', false, [numbers(frame.lastStream, frame.status)]);
    case 'windowUpdate':
      return control('windowUpdate', false, [numbers(frame.stream, frame.delta)]);
  }
}

function control(type: keyof typeof controlTypes, isLast: boolean, parts: readonly Buffer[]): Buffer {
  const payload = Buffer.concat(parts);
  const header = Buffer.alloc(headerSize);
  header.writeUInt16BE(0x8000 | version, 0);
  header.writeUInt16BE(controlTypes[type], 2);
  header.writeUInt8(isLast ? finFlag : 0, 4);
  header.writeUIntBE(payload.length, 5, 3);
  return Buffer.concat([header, payload]);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}
