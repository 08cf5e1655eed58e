import { describe, expect, it } from '@jest/globals';
import { contains, formatAddress, parseAddress, parseRange } from '../../src/network/ipv4.ts';

describe('parseAddress', () => {
  it.each([
    ['0.0.0.0', 0],
    ['10.244.1.2', 0x0af40102],
    ['255.255.255.255', 0xffffffff],
  ])('reads %s', (text, value) => {
    expect(parseAddress(text)).toBe(value);
    expect(formatAddress(value)).toBe(text);
  });

  it.each(['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '1..2.3', 'a.b.c.d', '1.2.3.4 ', '::1', 'web', '1.2.3.-4'])(
    'refuses %j',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );
});

describe('parseRange', () => {
  it.each([
    ['10.244.1.7/16', '10.244.0.0/16'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['192.168.49.2/32', '192.168.49.2/32'],
  ])('reads %s as %s', (text, expected) => {
    expect(parseRange(text)?.text).toBe(expected);
  });

  it.each(['10.244.0.0', '10.244.0.0/33', '10.244.0.0/x', '/8'])('refuses %j', (text) => {
    expect(parseRange(text)).toBeUndefined();
  });

  it.each([
    ['10.244.0.0/16', '10.244.255.255', true],
    ['10.244.0.0/16', '10.245.0.0', false],
    ['0.0.0.0/0', '203.0.113.1', true],
    ['128.0.0.0/1', '127.255.255.255', false],
  ])('%s contains %s: %s', (range, address, expected) => {
    const parsed = parseRange(range);
    expect(parsed && contains(parsed, address)).toBe(expected);
  });
});
