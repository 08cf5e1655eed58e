import { utf8 } from './fnv-hash.ts';

/** Go's hash/fnv with 128 bits, as hexadecimal digits: 8 limbs of 16 bits, the lowest first. */
const offsetBasis = [0xc58d, 0x6295, 0x2175, 0x62b8, 0x0142, 0x07bb, 0x272e, 0x6c62];
/** The prime is 2^88 + 0x13b. */
const lowPrime = 0x13b;
const limbs = 8;

export function fnv128aOfText(text: string): string {
  let hash = offsetBasis;
  const bytes = utf8(text);
  for (let index = 0; index < bytes.length; index += 1) hash = timesPrime(hash, bytes[index] ?? 0);
  return hash
    .map((limb) => limb.toString(16).padStart(4, '0'))
    .reverse()
    .join('');
}

function timesPrime(hash: readonly number[], byte: number): number[] {
  const product: number[] = [];
  let carry = 0;
  for (let at = 0; at < limbs; at += 1) {
    const limb = limbAt(hash, at, byte);
    // 88 bits are five limbs and a half.
    const shifted =
      at < 5 ? 0 : ((limbAt(hash, at - 5, byte) << 8) & 0xffff) + (at < 6 ? 0 : limbAt(hash, at - 6, byte) >> 8);
    const sum = limb * lowPrime + shifted + carry;
    product.push(sum & 0xffff);
    carry = Math.floor(sum / 0x10000);
  }
  return product;
}

function limbAt(hash: readonly number[], at: number, byte: number): number {
  const limb = hash[at] ?? 0;
  return at === 0 ? limb ^ byte : limb;
}
