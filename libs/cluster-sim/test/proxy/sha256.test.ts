import { describe, expect, it } from '@jest/globals';
import { chainHash } from '../../src/proxy/chain-hash.ts';
import { sha256 } from '../../src/proxy/sha256.ts';

function hexOf(text: string): string {
  return [...sha256(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

describe('sha256', () => {
  // FIPS 180-4 examples: nothing, one block, two blocks.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('hashes %j', (text, expected) => {
    expect(hexOf(text)).toBe(expected);
  });
});

describe('chainHash', () => {
  // pkg/proxy/iptables/proxier_test.go
  it.each([['ns1/svc1:p80tcp', 'XPGD46QRK7WJZT7O']])('names the chain of %s', (text, expected) => {
    expect(chainHash(text)).toBe(expected);
  });
});
