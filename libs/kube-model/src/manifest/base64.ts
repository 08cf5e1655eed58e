const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDED = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const REPLACEMENT = '\uFFFD';

/** Standard base64 (line breaks allowed) of UTF-8 text; bytes that are no UTF-8 become U+FFFD, as Go's JSON encoder writes them. */
export function decodeBase64(text: string): string | undefined {
  const packed = text.replace(/[\r\n]/g, '');
  return PADDED.test(packed) ? decodeUtf8(bytesOf(packed)) : undefined;
}

function bytesOf(packed: string): readonly number[] {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of packed) {
    if (character === '=') break;
    bits = ((bits << 6) | ALPHABET.indexOf(character)) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push((bits >> held) & 0xff);
  }
  return bytes;
}

function decodeUtf8(bytes: readonly number[]): string {
  let text = '';
  for (let index = 0; index < bytes.length;) {
    const length = sequenceLength(bytes[index] ?? 0);
    const code = length === 0 ? undefined : codePoint(bytes.slice(index, index + length), length);
    text += code === undefined ? REPLACEMENT : String.fromCodePoint(code);
    index += code === undefined ? 1 : length;
  }
  return text;
}

/** Bytes of the sequence that a leading byte announces; 0 for a byte that leads none. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

const SMALLEST: readonly number[] = [0, 0, 0x80, 0x800, 0x10000];

function codePoint(sequence: readonly number[], length: number): number | undefined {
  const [lead = 0, ...rest] = sequence;
  if (length === 1) return lead;
  if (rest.length !== length - 1 || rest.some((byte) => (byte & 0xc0) !== 0x80)) return undefined;
  const code = rest.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), lead & (0xff >> (length + 1)));
  const valid = code >= (SMALLEST[length] ?? 0) && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return valid ? code : undefined;
}
