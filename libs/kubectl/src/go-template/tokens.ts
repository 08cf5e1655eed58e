import { syntaxError } from './syntax.ts';

/** text/template/parse/lex.go: texts between actions, and the tokens inside of them. */
export interface Token {
  readonly kind:
    | 'text'
    | 'open'
    | 'close'
    | 'space'
    | 'field'
    | 'variable'
    | 'word'
    | 'dot'
    | 'number'
    | 'string'
    | 'character'
    | 'pipe'
    | 'declare'
    | 'assign'
    | 'comma'
    | 'left'
    | 'right'
    | 'end';
  readonly text: string;
  readonly offset: number;
}

const trimmed = ' \t\r\n';

export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let trimsNext = false;
  while (at < source.length) {
    const open = source.indexOf('{{', at);
    let text = source.slice(at, open < 0 ? undefined : open);
    const trims = open >= 0 && source.startsWith('{{-', open) && trimmed.includes(source.charAt(open + 3) || 'x');
    if (trimsNext) text = text.replace(/^[ \t\r\n]+/, '');
    if (trims) text = text.replace(/[ \t\r\n]+$/, '');
    if (text !== '') tokens.push({ kind: 'text', text, offset: at });
    if (open < 0) break;
    const inside = open + (trims ? 3 : 2);
    const action = /^[ \t\r\n]*\/\*/.test(source.slice(inside))
      ? commentEnd(source, inside)
      : lexAction(source, inside, open);
    tokens.push(...action.tokens);
    ({ end: at, trimsNext } = action);
  }
  tokens.push({ kind: 'end', text: 'EOF', offset: source.length });
  return tokens;
}

interface Action {
  readonly tokens: readonly Token[];
  readonly end: number;
  readonly trimsNext: boolean;
}

function commentEnd(source: string, start: number): Action {
  const end = source.indexOf('*/', start);
  if (end < 0) throw syntaxError(source, start, 'unclosed comment');
  const closed = /^([ \t\r\n]-)?\}\}/.exec(source.slice(end + 2));
  if (!closed) throw syntaxError(source, start, 'comment ends before closing delimiter');
  return { tokens: [], end: end + 2 + closed[0].length, trimsNext: closed[1] !== undefined };
}

const forms: readonly (readonly [Token['kind'], RegExp])[] = [
  ['space', /^[ \t\r\n]+/],
  ['string', /^(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`)/],
  ['character', /^'(?:[^'\\\n]|\\.)*'/],
  [
    'number',
    /^[-+]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)/,
  ],
  ['field', /^\.[\p{L}\p{Nd}_]+/u],
  ['dot', /^\./],
  ['variable', /^\$[\p{L}\p{Nd}_]*/u],
  ['declare', /^:=/],
  ['assign', /^=/],
  ['pipe', /^\|/],
  ['comma', /^,/],
  ['left', /^\(/],
  ['right', /^\)/],
  ['word', /^[\p{L}_][\p{L}\p{Nd}_]*/u],
];

function lexAction(source: string, start: number, open: number): Action {
  const tokens: Token[] = [{ kind: 'open', text: '{{', offset: open }];
  let at = start;
  for (;;) {
    const rest = source.slice(at);
    const close = /^(?:[ \t\r\n]+(-))?\}\}/.exec(rest);
    if (close) {
      tokens.push({ kind: 'close', text: '}}', offset: at });
      return { tokens, end: at + close[0].length, trimsNext: close[1] !== undefined };
    }
    const token = tokenAt(source, at, rest);
    tokens.push(token);
    at += token.text.length;
  }
}

function tokenAt(source: string, offset: number, rest: string): Token {
  if (rest === '') throw syntaxError(source, offset, 'unclosed action');
  for (const [kind, form] of forms) {
    const found = form.exec(rest);
    if (found) return { kind, text: found[0], offset };
  }
  if (/^["`']/.test(rest)) throw syntaxError(source, offset, unterminated[rest.charAt(0)] ?? '');
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw syntaxError(source, offset, `unrecognized character in action: U+${code} '${character}'`);
}

const unterminated: Readonly<Record<string, string>> = {
  '"': 'unterminated quoted string',
  '`': 'unterminated raw quoted string',
  "'": 'unterminated character constant',
};
