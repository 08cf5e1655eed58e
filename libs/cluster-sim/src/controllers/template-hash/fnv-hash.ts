/** The hashes of Go's hash/fnv with 32 bits, over bytes, and how Kubernetes writes them. */

export const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

export function fnv1a(bytes: ArrayLike<number>, start: number): number {
  let hash = start;
  for (let index = 0; index < bytes.length; index += 1) hash = Math.imul(hash ^ (bytes[index] ?? 0), prime);
  return hash >>> 0;
}

/** Over a text's bytes in UTF-8. Templates are nearly always ASCII, and some thousand characters long once dumped. */
export function fnv1aOfText(text: string): number {
  let hash = offsetBasis | 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x80) return fnv1a(utf8(text), offsetBasis);
    hash = Math.imul(hash ^ code, prime);
  }
  return hash >>> 0;
}

/** fnv.New32: the older variant, which multiplies first. */
export function fnv1(bytes: ArrayLike<number>): number {
  let hash = offsetBasis;
  for (let index = 0; index < bytes.length; index += 1) hash = Math.imul(hash, prime) ^ (bytes[index] ?? 0);
  return hash >>> 0;
}

export function utf8(text: string): ArrayLike<number> {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x80) return Array.from(text).flatMap((character) => encoded(character.codePointAt(0) ?? 0));
    bytes[index] = code;
  }
  return bytes;
}

function encoded(code: number): readonly number[] {
  if (code < 0x80) return [code];
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
