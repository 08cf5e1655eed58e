import type { Json } from '@kubedrill/kube-model';

export type PathNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly steps: readonly Step[] }
  | { readonly kind: 'range'; readonly steps: readonly Step[]; readonly body: readonly PathNode[] };

export type Operand =
  { readonly kind: 'literal'; readonly value: Json } | { readonly kind: 'path'; readonly steps: readonly Step[] };

export type Step =
  | { readonly kind: 'root' | 'wildcard' | 'descent' }
  | { readonly kind: 'field'; readonly name: string }
  | {
      readonly kind: 'slice';
      readonly from?: number;
      readonly to?: number;
      readonly step?: number;
      /** A single index, not a range. */
      readonly isIndex: boolean;
    }
  | { readonly kind: 'union'; readonly members: readonly (readonly Step[])[] }
  | { readonly kind: 'filter'; readonly left: Operand; readonly operator: string; readonly right: Operand };

export class JsonPathSyntaxError extends Error {}

/** client-go/util/jsonpath/parser.go. */
export function parseTemplate(template: string): readonly PathNode[] {
  const parts = split(template);
  const { nodes, rest } = parseNodes(parts, false);
  if (rest.length > 0) throw new JsonPathSyntaxError('not in range, nothing to end');
  return nodes;
}

type Part = { readonly kind: 'text' | 'expression'; readonly text: string };

/** Text outside of braces, and the expressions in them; quotes protect braces. */
function split(template: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('{', at);
    if (open !== at) parts.push({ kind: 'text', text: template.slice(at, open < 0 ? undefined : open) });
    if (open < 0) break;
    const close = endOf(template, open + 1);
    parts.push({ kind: 'expression', text: template.slice(open + 1, close).trim() });
    at = close + 1;
  }
  return parts;
}

function endOf(template: string, start: number): number {
  let quoted = '';
  for (let at = start; at < template.length; at += 1) {
    const character = template.charAt(at);
    if (quoted !== '' && character === '\\') at += 1;
    else if (quoted !== '') quoted = character === quoted ? '' : quoted;
    else if (character === '"' || character === "'") quoted = character;
    else if (character === '}') return at;
  }
  throw new JsonPathSyntaxError('unclosed action');
}

function parseNodes(parts: readonly Part[], isInRange: boolean): { nodes: readonly PathNode[]; rest: readonly Part[] } {
  const nodes: PathNode[] = [];
  let left = parts;
  for (;;) {
    const [part, ...after] = left;
    if (!part) {
      if (isInRange) throw new JsonPathSyntaxError('unexpected end of range');
      return { nodes, rest: [] };
    }
    left = after;
    if (part.kind === 'text') nodes.push({ kind: 'text', text: part.text });
    else if (part.text === 'end') {
      if (!isInRange) throw new JsonPathSyntaxError('not in range, nothing to end');
      return { nodes, rest: left };
    } else if (/^range\s/.test(part.text)) {
      const inner = parseNodes(left, true);
      nodes.push({ kind: 'range', steps: new StepParser(part.text.slice(5).trim()).parse(), body: inner.nodes });
      left = inner.rest;
    } else nodes.push(expressionNode(part.text));
  }
}

function expressionNode(text: string): PathNode {
  return /^["']/.test(text)
    ? { kind: 'text', text: unquote(text) }
    : { kind: 'path', steps: new StepParser(text).parse() };
}

function unquote(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(.)/g, (_, character: string) => ({ n: '\n', t: '\t', r: '\r' })[character] ?? character);
}

class StepParser {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  parse(): readonly Step[] {
    const steps: Step[] = [];
    while (this.at < this.text.length) this.step(steps);
    return steps;
  }

  private step(steps: Step[]): void {
    const character = this.text.charAt(this.at);
    this.at += 1;
    if (character === '@' || character === ' ') return;
    if (character === '$') steps.push({ kind: 'root' });
    else if (character === '*') steps.push({ kind: 'wildcard' });
    else if (character === '[') steps.push(this.bracket());
    else if (character === '.') {
      if (this.text.charAt(this.at) === '.') {
        this.at += 1;
        steps.push({ kind: 'descent' });
      }
      const name = this.name();
      if (name !== '') steps.push({ kind: 'field', name });
    } else {
      this.at -= 1;
      const name = this.name();
      if (name === '') throw new JsonPathSyntaxError(`unrecognized character in action: ${JSON.stringify(character)}`);
      steps.push({ kind: 'field', name });
    }
  }

  /** A backslash takes the next character as it is. */
  private name(): string {
    let name = '';
    while (this.at < this.text.length) {
      const character = this.text.charAt(this.at);
      if (character === '\\') this.at += 1;
      else if (/[.[\]*$@{}"'(),\s]/.test(character)) break;
      name += this.text.charAt(this.at);
      this.at += 1;
    }
    return name;
  }

  private bracket(): Step {
    const close = this.closing();
    const inner = this.text.slice(this.at, close).trim();
    this.at = close + 1;
    if (inner === '*') return { kind: 'wildcard' };
    const filter = /^\?\((.*)\)$/.exec(inner);
    if (filter) return filterOf((filter[1] ?? '').trim());
    const members = inner.split(',').map((member) => [memberOf(member.trim())]);
    return members.length > 1 ? { kind: 'union', members } : memberOf(inner);
  }

  private closing(): number {
    let depth = 1;
    let quoted = '';
    for (let at = this.at; at < this.text.length; at += 1) {
      const character = this.text.charAt(at);
      if (quoted !== '') quoted = character === quoted ? '' : quoted;
      else if (character === '"' || character === "'") quoted = character;
      else if (character === '[') depth += 1;
      else if (character === ']' && (depth -= 1) === 0) return at;
    }
    throw new JsonPathSyntaxError('unterminated array');
  }
}

function memberOf(text: string): Step {
  // A quoted key is parsed as a path again: its dots need a backslash all the same.
  const quoted = /^'([^']*)'$/.exec(text);
  if (quoted) return { kind: 'union', members: [new StepParser(`.${quoted[1] ?? ''}`).parse()] };
  const slice = /^(-?\d*)(?::(-?\d*)(?::(-?\d*))?)?$/.exec(text);
  if (!slice || text === '') throw new JsonPathSyntaxError(`invalid array index ${text}`);
  const [, from = '', to, step] = slice;
  const isIndex = to === undefined;
  const first = from === '' ? undefined : Number(from);
  return {
    kind: 'slice',
    isIndex,
    from: first,
    to: isIndex ? (first ?? 0) + 1 : to === '' ? undefined : Number(to),
    step: step === undefined || step === '' ? undefined : Number(step),
  };
}

function filterOf(text: string): Step {
  const compared = /^(.*?)\s*(==|!=|<=|>=|<|>)\s*(.*)$/.exec(text);
  if (!compared) return { kind: 'filter', left: operandOf(text), operator: 'exists', right: operandOf(text) };
  const [, left = '', operator = '', right = ''] = compared;
  return { kind: 'filter', left: operandOf(left), operator, right: operandOf(right) };
}

function operandOf(text: string): Operand {
  if (/^["']/.test(text)) return { kind: 'literal', value: unquote(text) };
  if (/^-?\d+(\.\d+)?$/.test(text)) return { kind: 'literal', value: Number(text) };
  if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' };
  return { kind: 'path', steps: new StepParser(text).parse() };
}
