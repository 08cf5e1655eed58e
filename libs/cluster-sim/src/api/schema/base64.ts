import { utf8Bytes } from './utf8.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The error of Go's encoding/base64 StdEncoding for a text, undefined where it can be decoded. Line ends are skipped. */
export function base64Error(text: string): string | undefined {
  let quantum = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\n' || character === '\r') continue;
    if (character === '=') return paddingError(text, index, quantum);
    if (!alphabet.includes(character)) return corrupt(index);
    quantum = (quantum + 1) % 4;
  }
  // Go names the start of the group that ends too early.
  return quantum === 0 ? undefined : corrupt(text.length - quantum);
}

function paddingError(text: string, index: number, quantum: number): string | undefined {
  if (quantum < 2) return corrupt(index);
  let rest = skipLineEnds(text, index + 1);
  if (quantum === 2) {
    if (rest >= text.length) return corrupt(text.length);
    if (text.charAt(rest) !== '=') return corrupt(rest);
    rest += 1;
  }
  rest = skipLineEnds(text, rest);
  return rest < text.length ? corrupt(rest) : undefined;
}

function skipLineEnds(text: string, from: number): number {
  let index = from;
  while (text.charAt(index) === '\n' || text.charAt(index) === '\r') index += 1;
  return index;
}

function corrupt(index: number): string {
  return `illegal base64 data at input byte ${index}`;
}

/** UTF-8 text as standard base64. */
export function encodeBase64(text: string): string {
  const bytes = utf8Bytes(text);
  let encoded = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group = bytes.slice(index, index + 3);
    const bits = ((group[0] ?? 0) << 16) | ((group[1] ?? 0) << 8) | (group[2] ?? 0);
    for (let position = 0; position < 4; position += 1)
      encoded += position <= group.length ? alphabet.charAt((bits >> (18 - 6 * position)) & 63) : '=';
  }
  return encoded;
}

/** The bytes as characters of one byte each: enough to look for ASCII in them. */
export function decodeBase64Text(encoded: string): string {
  let text = '';
  let [bits, held] = [0, 0];
  for (const character of encoded) {
    const value = alphabet.indexOf(character);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    text += String.fromCharCode((bits >> held) & 255);
  }
  return text;
}

export function base64ByteLength(encoded: string): number {
  const padding = encoded.endsWith('==') ? 2 : encoded.endsWith('=') ? 1 : 0;
  return (encoded.length / 4) * 3 - padding;
}
