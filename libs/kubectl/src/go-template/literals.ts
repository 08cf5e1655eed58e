import type { Json } from '@kubedrill/kube-model';
import type { Token } from './tokens.ts';

const escapes: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Go's literals: strconv.Unquote, ParseInt and ParseFloat. */
export function literalOf({ kind, text }: Token, fault: (reason: string) => Error): Json {
  if (kind === 'number') {
    const value = Number(text.replaceAll('_', '').replace(/^\+/, ''));
    const octal = /^([-+]?)0(\d+)$/.exec(text);
    const read = octal ? Number.parseInt(`${octal[1] ?? ''}${octal[2] ?? ''}`, 8) : value;
    if (Number.isNaN(read)) throw fault(`bad number syntax: ${JSON.stringify(text)}`);
    return read;
  }
  if (text.startsWith('`')) return text.slice(1, -1);
  const unquoted = text
    .slice(1, -1)
    .replace(
      /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|[\s\S])/g,
      (_whole: string, escape: string): string => {
        if (/^[xuU]./.test(escape)) return String.fromCodePoint(Number.parseInt(escape.slice(1), 16));
        if (/^[0-7]{3}$/.test(escape)) return String.fromCodePoint(Number.parseInt(escape, 8));
        return escapes[escape] ?? escape;
      },
    );
  return kind === 'character' ? (unquoted.codePointAt(0) ?? 0) : unquoted;
}
