import { constants, createDeflate, createInflate, type Deflate, type Inflate } from 'node:zlib';
import { headerDictionary } from './header-dictionary.ts';

export type Headers = Readonly<Record<string, string>>;

/** Bytes of the headers of one stream. */
const maxBlock = 65_536;
const maxHeaders = 256;

/** Name and value pairs, each with its length in front. Throws a RangeError for what is none. */
export function parseHeaders(block: Buffer): Headers {
  const count = block.readUInt32BE(0);
  if (count > maxHeaders) throw new RangeError(`${count} headers`);
  const headers: Record<string, string> = {};
  let at = 4;
  const text = (): string => {
    const length = block.readUInt32BE(at);
    if (at + 4 + length > block.length) throw new RangeError('a header is cut off');
    const start = at + 4;
    at = start + length;
    return block.toString('latin1', start, at);
  };
  for (let index = 0; index < count; index += 1) {
    const name = text().toLowerCase();
    headers[name] = text();
  }
  return headers;
}

export function formatHeaders(headers: Headers): Buffer {
  const entries = Object.entries(headers);
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const texts = entries.flat().map((text) => Buffer.from(text, 'latin1'));
  return Buffer.concat([number(entries.length), ...texts.flatMap((text) => [number(text.length), text])]);
}

/** One direction's header compression: all blocks of a connection are one zlib stream. */
export class HeaderPacker {
  private readonly deflate: Deflate = createDeflate({ dictionary: headerDictionary });
  private readonly parts: Buffer[] = [];

  constructor() {
    this.deflate.on('data', (part: Buffer) => this.parts.push(part));
  }

  pack(headers: Headers): Promise<Buffer> {
    return new Promise((resolve) => {
      this.deflate.write(formatHeaders(headers));
      this.deflate.flush(constants.Z_SYNC_FLUSH, () => resolve(Buffer.concat(this.parts.splice(0))));
    });
  }

  close(): void {
    this.deflate.close();
  }
}

/** The other direction. */
export class HeaderUnpacker {
  private readonly inflate: Inflate = createInflate({ dictionary: headerDictionary });
  private readonly parts: Buffer[] = [];
  private size = 0;
  private fault: Error | undefined;
  private fail: (fault: Error) => void = () => undefined;

  constructor() {
    this.inflate.on('data', (part: Buffer) => {
      this.size += part.length;
      // A block that unpacks to more than that is an attack.
      if (this.size > maxBlock) this.inflate.destroy(new RangeError('the headers of a stream are too long'));
      else this.parts.push(part);
    });
    this.inflate.on('error', (fault) => {
      this.fault = fault;
      this.fail(fault);
    });
  }

  unpack(block: Buffer): Promise<Headers> {
    return new Promise((resolve, reject) => {
      if (this.fault) return reject(this.fault);
      this.fail = reject;
      this.size = 0;
      this.inflate.write(block);
      this.inflate.flush(constants.Z_SYNC_FLUSH, () => {
        try {
          resolve(parseHeaders(Buffer.concat(this.parts.splice(0))));
        } catch (fault) {
          reject(fault instanceof Error ? fault : new Error(String(fault)));
        }
      });
    });
  }

  close(): void {
    this.inflate.close();
  }
}
