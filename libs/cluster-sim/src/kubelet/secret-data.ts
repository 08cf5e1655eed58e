import type { Secret } from '@kubedrill/kube-model';
import { decodeBase64Text } from '../api/schema/base64.ts';

const asciiOnly = /^[\0-\x7f]*$/;

/** The decoded values of a Secret, as containers see them. */
export function secretData({ data = {} }: Secret): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decodeText(value)]));
}

/** UTF-8 where the bytes are UTF-8, else one character for each byte. */
function decodeText(encoded: string): string {
  const bytes = decodeBase64Text(encoded);
  if (asciiOnly.test(bytes)) return bytes;
  const escaped = [...bytes].map((byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
  try {
    return decodeURIComponent(escaped);
  } catch {
    return bytes;
  }
}
