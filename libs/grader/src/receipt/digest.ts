import { sha256 } from '@kubedrill/cluster-sim';
import { canonicalJson } from './canonical-json.ts';

const hexOfByte: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** SHA-256 of the canonical JSON of a value, in hex. */
export function digestOf(value: unknown): string {
  let hex = '';
  for (const byte of sha256(bytesOf(canonicalJson(value)))) hex += hexOfByte[byte] ?? '';
  return hex;
}

/** UTF-8 as a text whose characters are bytes, which is what `sha256` takes. */
function bytesOf(text: string): string {
  let bytes = '';
  let plainFrom = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.codePointAt(index) ?? 0;
    if (code < 0x80) continue;
    bytes += text.slice(plainFrom, index) + encoded(code);
    if (code > 0xffff) index += 1;
    plainFrom = index + 1;
  }
  return plainFrom === 0 ? text : bytes + text.slice(plainFrom);
}

function encoded(code: number): string {
  const following = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), following(0));
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), following(6), following(0));
  return String.fromCharCode(0xf0 | (code >> 18), following(12), following(6), following(0));
}
