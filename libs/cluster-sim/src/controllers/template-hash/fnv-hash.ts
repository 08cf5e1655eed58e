/** The hashes of Go's hash/fnv with 32 bits, over bytes, and how Kubernetes writes them. */

export const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

export function fnv1a(bytes: Iterable<number>, start: number): number {
  let hash = start;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, prime) >>> 0;
  return hash;
}

/** fnv.New32: the older variant, which multiplies first. */
export function fnv1(bytes: Iterable<number>): number {
  let hash = offsetBasis;
  for (const byte of bytes) hash = (Math.imul(hash, prime) ^ byte) >>> 0;
  return hash;
}

export function* utf8(text: string): Iterable<number> {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) yield code;
    else yield* multibyte(code);
  }
}

function multibyte(code: number): readonly number[] {
  const last = 0x80 | (code & 0x3f);
  if (code < 0x800) return [0xc0 | (code >> 6), last];
  const middle = 0x80 | ((code >> 6) & 0x3f);
  if (code < 0x10000) return [0xe0 | (code >> 12), middle, last];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), middle, last];
}

/** k8s.io/apimachinery/pkg/util/rand SafeEncodeString. */
const safeAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

export function safeEncode(text: string): string {
  let encoded = '';
  for (let index = 0; index < text.length; index += 1)
    encoded += safeAlphabet.charAt(text.charCodeAt(index) % safeAlphabet.length);
  return encoded;
}
