import { sha256 } from './sha256.ts';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The first 16 characters of base32(sha256(text)), of which kube-proxy makes its chains' names. */
export function chainHash(text: string): string {
  const digest = sha256(text);
  let hash = '';
  let bits = 0;
  let value = 0;
  for (let index = 0; hash.length < 16; index += 1) {
    value = ((value << 8) | (digest[index] ?? 0)) & 0xfff;
    bits += 8;
    while (bits >= 5 && hash.length < 16) {
      bits -= 5;
      hash += base32.charAt((value >>> bits) & 31);
    }
  }
  return hash;
}
