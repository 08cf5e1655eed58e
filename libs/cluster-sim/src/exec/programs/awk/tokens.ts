import { unescape } from '../../escapes.ts';

export type Token =
  | { readonly kind: 'number' | 'text' | 'pattern' | 'name' | 'word' | 'function' | 'symbol'; readonly text: string }
  | { readonly kind: 'end'; readonly text: '' };

export class AwkSyntaxError extends Error {}

const words = new Set([
  ...['BEGIN', 'END', 'if', 'else', 'while', 'for', 'do', 'in', 'print', 'printf'],
  ...['next', 'exit', 'break', 'continue', 'delete'],
]);
const symbol = /^(?:\+=|-=|\*=|\/=|%=|\^=|==|<=|>=|!=|!~|\+\+|--|&&|\|\||\*\*|[{}()[\];,\n+\-*/%^!<>~?:=$|])/;
const maxTokens = 20_000;

export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < source.length) {
    const rest = source.slice(position);
    const skipped = /^(?:[ \t\r]+|\\\n|#[^\n]*)/.exec(rest);
    if (skipped) {
      position += skipped[0].length;
      continue;
    }
    const [token, length] = nextToken(rest, tokens.at(-1));
    tokens.push(token);
    position += length;
    if (tokens.length > maxTokens) throw new AwkSyntaxError();
  }
  return tokens;
}

function nextToken(rest: string, before: Token | undefined): readonly [Token, number] {
  const text = /^"((?:[^"\\\n]|\\[^])*)"/.exec(rest);
  if (text) return [{ kind: 'text', text: unescaped(text[1] ?? '') }, text[0].length];
  // After a value a slash divides.
  const pattern = endsValue(before) ? null : /^\/((?:[^/\\\n]|\\.)+)\//.exec(rest);
  if (pattern) return [{ kind: 'pattern', text: (pattern[1] ?? '').replaceAll('\\/', '/') }, pattern[0].length];
  const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.exec(rest);
  if (number) return [{ kind: 'number', text: number[0] }, number[0].length];
  const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
  if (name !== undefined) {
    const isCall = rest.charAt(name.length) === '(' || name === 'length';
    return [{ kind: words.has(name) ? 'word' : isCall ? 'function' : 'name', text: name }, name.length];
  }
  const found = symbol.exec(rest)?.[0];
  if (found === undefined) throw new AwkSyntaxError();
  return [{ kind: 'symbol', text: found === '**' ? '^' : found }, found.length];
}

function endsValue(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.kind === 'symbol') return [')', ']', '$', '++', '--'].includes(token.text);
  return token.kind !== 'word';
}

function unescaped(text: string): string {
  return unescape(text.replaceAll('\\"', '"').replaceAll('\\/', '/'), false).text;
}
