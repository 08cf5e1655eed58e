import { decodeBase64 } from './base64.ts';
import { resolvePlain } from './plain-scalar.ts';
import type { PlainValue } from './plain-scalar.ts';

export type TaggedResolution =
  { readonly kind: 'value'; readonly value: PlainValue } | { readonly kind: 'refused'; readonly reason: string };

/** A scalar with an explicit tag (go-yaml v2, resolve.go). Tags of one's own leave the text as it is. */
export function resolveTagged(tag: string, text: string): TaggedResolution {
  switch (tag) {
    case '!':
    case '!!str':
    case '!!timestamp':
      return { kind: 'value', value: text };
    case '!!binary': {
      const decoded = decodeBase64(text);
      if (decoded === undefined) return { kind: 'refused', reason: '!!binary value contains invalid base64 data' };
      return { kind: 'value', value: decoded };
    }
    case '!!bool':
    case '!!int':
    case '!!float':
    case '!!null':
      return resolveAs(tag, text);
    default:
      return { kind: 'value', value: text };
  }
}

function resolveAs(tag: string, text: string): TaggedResolution {
  const value = resolvePlain(text);
  const actual = tagOf(value);
  const fits = actual === tag || (tag === '!!float' && actual === '!!int');
  if (fits || (tag === '!!null' && value === null)) return { kind: 'value', value };
  return { kind: 'refused', reason: `cannot decode ${actual} \`${text.slice(0, 40)}\` as a ${tag}` };
}

function tagOf(value: PlainValue): string {
  switch (typeof value) {
    case 'string':
      return '!!str';
    case 'boolean':
      return '!!bool';
    case 'number':
      return Number.isInteger(value) ? '!!int' : '!!float';
    default:
      return '!!null';
  }
}
