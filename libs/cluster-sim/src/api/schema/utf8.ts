const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What a text is as UTF-8; half a surrogate pair is the replacement character, as it is for Go. */
export function utf8Bytes(text: string): readonly number[] {
  const escaped = encodeURIComponent(text.replace(loneSurrogate, '\ufffd'));
  const bytes: number[] = [];
  for (let index = 0; index < escaped.length; index += 1) {
    const isEscape = escaped.charAt(index) === '%';
    bytes.push(isEscape ? Number.parseInt(escaped.slice(index + 1, index + 3), 16) : escaped.charCodeAt(index));
    if (isEscape) index += 2;
  }
  return bytes;
}

/** The same, each byte as a character. */
export function utf8Characters(text: string): string {
  return utf8Bytes(text)
    .map((byte) => String.fromCharCode(byte))
    .join('');
}

/** The text of bytes that stand as characters; undefined: they are no UTF-8. */
export function utf8Text(characters: string): string | undefined {
  const escaped = characters.replace(/[^A-Za-z0-9]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}
