/** What a POSIX expression consists of. */
export type ExpressionNode =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'set'; readonly negated: boolean; readonly contains: (character: string) => boolean }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'boundary' }
  | { readonly kind: 'group'; readonly index: number; readonly alternatives: readonly (readonly ExpressionNode[])[] }
  | { readonly kind: 'repeat'; readonly node: ExpressionNode; readonly minimum: number; readonly maximum: number };

/** Groups and repetitions inside of each other, at most. */
const maxDepth = 30;

/** Basic and extended expressions of POSIX (XBD chapter 9), with the escapes that GNU and busybox add. */
export class ExpressionParser {
  private readonly pattern: string;
  private readonly extended: boolean;
  private readonly ignoreCase: boolean;
  private index = 0;
  private groups = 0;
  private depth = 0;

  constructor(pattern: string, extended: boolean, ignoreCase: boolean) {
    this.pattern = ignoreCase ? pattern.toLowerCase() : pattern;
    this.extended = extended;
    this.ignoreCase = ignoreCase;
  }

  parse(): readonly (readonly ExpressionNode[])[] {
    const alternatives = this.alternatives();
    // A closing parenthesis without an opening one stands for itself.
    while (this.index < this.pattern.length) {
      this.index += this.extended ? 1 : 2;
      const last = alternatives.at(-1) ?? [];
      alternatives[Math.max(alternatives.length - 1, 0)] = [
        ...last,
        { kind: 'character', character: ')' },
        ...(this.alternatives()[0] ?? []),
      ];
    }
    return alternatives;
  }

  private alternatives(): (readonly ExpressionNode[])[] {
    const alternatives: (readonly ExpressionNode[])[] = [this.sequence()];
    while (this.at('|')) {
      this.skip('|');
      alternatives.push(this.sequence());
    }
    return alternatives;
  }

  /** Special characters stand bare in extended expressions and behind a backslash in basic ones. */
  private at(symbol: string): boolean {
    return this.pattern.startsWith(this.extended ? symbol : `\\${symbol}`, this.index);
  }

  private skip(symbol: string): void {
    this.index += symbol.length + (this.extended ? 0 : 1);
  }

  private sequence(): ExpressionNode[] {
    const nodes: ExpressionNode[] = [];
    while (this.index < this.pattern.length && !this.at('|') && !this.at(')')) {
      const node = this.repetitions(this.atom(nodes.length === 0));
      nodes.push(node);
    }
    return nodes;
  }

  private repetitions(node: ExpressionNode): ExpressionNode {
    if (node.kind === 'start') return node;
    let result = node;
    for (let count = 0; count < maxDepth; count += 1) {
      const bounds = this.repetition();
      if (!bounds) return result;
      result = { kind: 'repeat', node: result, minimum: bounds[0], maximum: bounds[1] };
    }
    return result;
  }

  private repetition(): readonly [number, number] | undefined {
    if (this.pattern.charAt(this.index) === '*') {
      this.index += 1;
      return [0, Infinity];
    }
    for (const [symbol, bounds] of [
      ['+', [1, Infinity]],
      ['?', [0, 1]],
    ] as const) {
      if (!this.at(symbol)) continue;
      this.skip(symbol);
      return bounds;
    }
    const interval = (this.extended ? /^\{(\d{0,3})(,?)(\d{0,3})\}/ : /^\\\{(\d{0,3})(,?)(\d{0,3})\\\}/).exec(
      this.pattern.slice(this.index, this.index + 16),
    );
    if (!interval) return undefined;
    this.index += interval[0].length;
    const minimum = Number(interval[1] ?? 0);
    return [minimum, interval[3] ? Number(interval[3]) : interval[2] ? Infinity : minimum];
  }

  private atom(first: boolean): ExpressionNode {
    const character = this.pattern.charAt(this.index);
    if (this.at('(') && this.depth < maxDepth) return this.group();
    this.index += 1;
    if (character === '.') return { kind: 'any' };
    if (character === '^' && (first || this.extended)) return { kind: 'start' };
    if (character === '$' && (this.index === this.pattern.length || this.at('|') || this.at(')')))
      return { kind: 'end' };
    if (character === '[') return this.bracket();
    if (character !== '\\') return { kind: 'character', character };
    const escaped = this.pattern.charAt(this.index);
    this.index += 1;
    return escapedNode(escaped);
  }

  private group(): ExpressionNode {
    this.skip('(');
    this.depth += 1;
    this.groups += 1;
    const index = this.groups;
    const alternatives = this.alternatives();
    if (this.at(')')) this.skip(')');
    this.depth -= 1;
    return { kind: 'group', index, alternatives };
  }

  private bracket(): ExpressionNode {
    const negated = this.pattern.charAt(this.index) === '^';
    let end = this.index + (negated ? 1 : 0) + 1;
    for (; end < this.pattern.length && this.pattern.charAt(end) !== ']'; end += 1) {
      if (this.pattern.startsWith('[:', end)) end = Math.max(end, this.pattern.indexOf(':]', end) + 1);
    }
    const members = this.pattern.slice(this.index + (negated ? 1 : 0), end);
    this.index = end + 1;
    const { ignoreCase } = this;
    return { kind: 'set', negated, contains: (character) => inMembers(character, members, ignoreCase) };
  }
}

const classes: ReadonlyMap<string, RegExp> = new Map([
  ['alpha', /[A-Za-z]/],
  ['digit', /[0-9]/],
  ['alnum', /[A-Za-z0-9]/],
  ['space', /\s/],
  ['blank', /[ \t]/],
  ['upper', /[A-Z]/],
  ['lower', /[a-z]/],
  ['punct', /[!-/:-@[-`{-~]/],
  ['xdigit', /[0-9A-Fa-f]/],
]);

function inMembers(character: string, members: string, ignoreCase: boolean): boolean {
  for (let index = 0; index < members.length; index += 1) {
    const named = members.startsWith('[:', index) ? members.slice(index + 2, members.indexOf(':]', index)) : undefined;
    if (named !== undefined) {
      if (classes.get(named)?.test(character) || (ignoreCase && named === 'upper' && /[a-z]/.test(character)))
        return true;
      index += named.length + 3;
    } else if (members.charAt(index + 1) === '-' && index + 2 < members.length) {
      if (character >= members.charAt(index) && character <= members.charAt(index + 2)) return true;
      index += 2;
    } else if (members.charAt(index) === character) return true;
  }
  return false;
}

function escapedNode(escaped: string): ExpressionNode {
  const shorthand = /[wWsSdD]/.test(escaped) ? escaped.toLowerCase() : undefined;
  if (shorthand !== undefined) {
    const test = shorthand === 'w' ? /\w/ : shorthand === 's' ? /\s/ : /\d/;
    return { kind: 'set', negated: escaped !== shorthand, contains: (character) => test.test(character) };
  }
  if (escaped === 'b' || escaped === '<' || escaped === '>') return { kind: 'boundary' };
  return { kind: 'character', character: escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped };
}
