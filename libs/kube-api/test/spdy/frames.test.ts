import { describe, expect, it } from '@jest/globals';
import { formatFrame, FrameReader, type Frame } from '../../src/spdy/frames.ts';
import {
  formatHeaders,
  HeaderPacker,
  HeaderUnpacker,
  parseHeaders,
  type Headers,
} from '../../src/spdy/header-block.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** Layouts of SPDY/3, section 2.6. */
const frames: readonly (readonly [string, Frame])[] = [
  ['00000001 01 000002 6869', { type: 'data', stream: 1, isLast: true, payload: Buffer.from('hi') }],
  ['80030001 00 00000b 00000003 00000000 0000 ff', { type: 'synStream', stream: 3, isLast: false, block: bytes('ff') }],
  ['80030002 00 000005 00000003 ff', { type: 'synReply', stream: 3, isLast: false, block: bytes('ff') }],
  ['80030003 00 000008 00000003 00000005', { type: 'rstStream', stream: 3, status: 5 }],
  ['80030006 00 000004 00000007', { type: 'ping', id: 7 }],
  ['80030007 00 000008 00000003 00000000', { type: 'goAway', lastStream: 3, status: 0 }],
  ['80030009 00 000008 00000003 00000100', { type: 'windowUpdate', stream: 3, delta: 256 }],
];

describe('frames of SPDY/3.1', () => {
  it.each(frames)('%s', (hex, frame) => {
    expect(new FrameReader().push(bytes(hex))).toEqual([frame]);
    if (frame.type !== 'ignored') expect(formatFrame(frame)).toEqual(bytes(hex));
  });

  it('come in any pieces', () => {
    const reader = new FrameReader();
    const found: Frame[] = [];
    for (const byte of bytes(frames.map(([hex]) => hex).join(''))) {
      const read = reader.push(Buffer.from([byte]));
      if (typeof read !== 'string') found.push(...read);
    }
    expect(found).toEqual(frames.map(([, frame]) => frame));
  });

  it.each([
    ['80030004 00 000004 00000000', [{ type: 'ignored' }]],
    ['80020006 00 000004 00000007', 'otherVersion'],
    ['80030003 00 000004 00000007', 'cutOff'],
    ['00000001 00 ffffff', 'tooLong'],
  ])('%s is %j', (hex, expected) => {
    expect(new FrameReader().push(bytes(hex))).toEqual(expected);
  });
});

describe('header blocks', () => {
  it('are one stream of zlib for each direction', async () => {
    const [packer, unpacker] = [new HeaderPacker(), new HeaderUnpacker()];
    const blocks: readonly Headers[] = [
      { streamtype: 'data', port: '80' },
      {},
      { streamtype: 'error', port: '80', requestid: '0' },
    ];
    const sizes: number[] = [];
    for (const headers of blocks) {
      const block = await packer.pack(headers);
      sizes.push(block.length);
      expect(await unpacker.unpack(block)).toEqual(headers);
    }
    expect(sizes[2]).toBeLessThan(formatHeaders(blocks[2] ?? {}).length);
  });

  it.each([
    ['more headers than anybody needs', bytes('ffffffff')],
    ['a header that is cut off', bytes('00000001 00000009 61')],
    ['nothing at all', Buffer.alloc(0)],
  ])('are refused with %s', (_, block) => {
    expect(() => parseHeaders(block)).toThrow();
  });

  it('are refused when they are not packed', async () => {
    await expect(new HeaderUnpacker().unpack(bytes('0102030405'))).rejects.toThrow();
  });
});
