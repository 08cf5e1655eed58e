import { expect, it } from '@jest/globals';
import { formatFrame, FrameReader, type Frame } from '../../src/spdy/frames.ts';
import { SpdyConnection } from '../../src/spdy/spdy-connection.ts';

function connectionOf(heard: Frame[]): SpdyConnection {
  const reader = new FrameReader();
  const write = (bytes: Buffer): void => {
    const frames = reader.push(bytes);
    if (typeof frames !== 'string') heard.push(...frames);
  };
  return new SpdyConnection({ write, close: () => undefined, onClose: () => undefined }, () => undefined);
}

it('gives up a client that leaves pings without an answer', () => {
  const heard: Frame[] = [];
  const connection = connectionOf(heard);
  expect([connection.ping(), connection.ping(), connection.ping()]).toEqual([true, true, false]);
  // A server's pings have even numbers: SPDY/3.1, section 2.6.5.
  expect(heard).toEqual([
    { type: 'ping', id: 2 },
    { type: 'ping', id: 4 },
  ]);
});

it('keeps one that says anything', () => {
  const connection = connectionOf([]);
  for (let round = 0; round < 5; round += 1) {
    expect([connection.ping(), connection.ping()]).toEqual([true, true]);
    connection.receive(formatFrame({ type: 'ping', id: 2 }));
  }
});
