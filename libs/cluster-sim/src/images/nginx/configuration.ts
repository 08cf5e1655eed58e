import type { Listener } from '../image-model.ts';

/** One directive with its block: `location /api { proxy_pass http://api; }`. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block?: readonly Directive[];
  readonly line: number;
}

export type ParsedConfiguration =
  | { readonly ok: true; readonly directives: readonly Directive[] }
  | { readonly ok: false; readonly message: string; readonly line: number };

export interface ServerBlock {
  readonly listens: readonly {
    readonly port: number;
    readonly address: Listener['address'];
    readonly isDefault: boolean;
  }[];
  readonly names: readonly string[];
  readonly body: readonly Directive[];
}

const maxTokens = 20_000;
const maxDepth = 32;
const tokenPattern =
  /(\n)|[^\S\n]+|#[^\n]*|([{};])|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:\$\{[^}]*\}|[^\s{};])+)/gs;

interface Token {
  readonly text: string;
  readonly symbol: boolean;
  readonly line: number;
}

/** Pods of one Deployment start from the same text. */
const parsedTexts = new Map<string, ParsedConfiguration>();
const maxParsedTexts = 64;

/** nginx's configuration language: words, quotes, `;`, blocks and comments. */
export function parseConfiguration(text: string): ParsedConfiguration {
  const known = parsedTexts.get(text);
  if (known) return known;
  const parsed = parseText(text);
  if (parsedTexts.size >= maxParsedTexts) parsedTexts.clear();
  parsedTexts.set(text, parsed);
  return parsed;
}

function parseText(text: string): ParsedConfiguration {
  const tokens = tokensOf(text);
  const stack: { head?: Token[]; directives: Directive[] }[] = [{ directives: [] }];
  let words: Token[] = [];
  for (const token of tokens) {
    if (!token.symbol) {
      words.push(token);
      continue;
    }
    const level = stack.at(-1);
    if (!level) break;
    if (token.text === '}') {
      if (words.length > 0 || !level.head) return { ok: false, message: 'unexpected "}"', line: token.line };
      stack.pop();
      stack.at(-1)?.directives.push(directive(level.head, level.directives));
    } else if (words.length === 0) {
      return { ok: false, message: `unexpected "${token.text}"`, line: token.line };
    } else if (token.text === '{') {
      if (stack.length >= maxDepth) return { ok: false, message: 'too many nested blocks', line: token.line };
      stack.push({ head: words, directives: [] });
    } else level.directives.push(directive(words));
    words = [];
  }
  const lastLine = tokens.at(-1)?.line ?? 1;
  if (words.length > 0) return { ok: false, message: 'unexpected end of file, expecting ";" or "}"', line: lastLine };
  if (stack.length > 1) return { ok: false, message: 'unexpected end of file, expecting "}"', line: lastLine };
  return { ok: true, directives: stack[0]?.directives ?? [] };
}

function directive(words: readonly Token[], block?: readonly Directive[]): Directive {
  const [name, ...args] = words;
  return { name: name?.text ?? '', args: args.map(({ text }) => text), ...(block && { block }), line: name?.line ?? 1 };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const match of text.matchAll(tokenPattern)) {
    const [, lineEnd, symbol, doubleQuoted, singleQuoted, word] = match;
    if (lineEnd !== undefined) line += 1;
    else if (symbol !== undefined) tokens.push({ text: symbol, symbol: true, line });
    else {
      const found =
        word ??
        (doubleQuoted ?? singleQuoted)?.replace(
          /\\(["'\\nrt])/g,
          (_, escaped: string) => escapes.get(escaped) ?? escaped,
        );
      if (found !== undefined) tokens.push({ text: found, symbol: false, line });
    }
    if (tokens.length >= maxTokens) break;
  }
  return tokens;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Every `server` block at the top or in `http`; without a `listen` directive a server listens on port 80. */
export function serversOf(directives: readonly Directive[]): ServerBlock[] {
  return directives.flatMap((entry) => {
    if (entry.name === 'http') return serversOf(entry.block ?? []);
    return entry.name === 'server' && entry.block ? [serverOf(entry.block)] : [];
  });
}

function serverOf(body: readonly Directive[]): ServerBlock {
  const declared = body.filter(({ name }) => name === 'listen').flatMap(({ args }) => listenOf(args));
  const hasListen = body.some(({ name }) => name === 'listen');
  return {
    listens: hasListen ? declared : [{ port: 80, address: '0.0.0.0', isDefault: false }],
    names: body.filter(({ name }) => name === 'server_name').flatMap(({ args }) => args),
    body,
  };
}

function listenOf([endpoint = '', ...options]: readonly string[]): ServerBlock['listens'] {
  // IPv6 sockets do not matter in a single-stack IPv4 cluster.
  if (endpoint.startsWith('[') || endpoint.startsWith('unix:')) return [];
  const colon = endpoint.lastIndexOf(':');
  const host = colon < 0 ? (/^\d+$/.test(endpoint) ? '*' : endpoint) : endpoint.slice(0, colon);
  const port = Number(colon >= 0 ? endpoint.slice(colon + 1) : /^\d+$/.test(endpoint) ? endpoint : 80);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return [];
  const local = host === 'localhost' || host.startsWith('127.');
  return [
    {
      port,
      address: local ? '127.0.0.1' : '0.0.0.0',
      isDefault: options.includes('default_server') || options.includes('default'),
    },
  ];
}

export function argumentOf(body: readonly Directive[], name: string): string | undefined {
  return body.find((entry) => entry.name === name)?.args[0];
}
