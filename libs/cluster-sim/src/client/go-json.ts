import type { Json } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';

/** As Go's encoding/json writes a map: keys sorted, and what HTML could misread escaped. */
export function encodeGoJson(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(encodeGoJson).join(',')}]`;
  if (!isJsonObject(value)) return typeof value === 'string' ? encodeText(value) : JSON.stringify(value ?? null);
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${encodeText(key)}:${encodeGoJson(member)}`;
  }
  return `{${members}}`;
}

/** Most texts stand for themselves. */
const plain = /^[ !#-%'-;=?-[\]-~]*$/;
const needsEscape = /[<>&\u2028\u2029]/g;

function encodeText(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(
    needsEscape,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
