/**
 * POSIX regular expressions for grep and sed, by backtracking under a budget of steps: an expression that uses it up does not
 * match. JavaScript's own engine is not used, as hostile patterns could hold it for ever.
 */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly string[];
}

export type ExpressionStyle = 'basic' | 'extended' | 'fixed';

export interface ExpressionOptions {
  readonly ignoreCase?: boolean;
  readonly word?: boolean;
  readonly line?: boolean;
}

type Node =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'set'; readonly negated: boolean; readonly contains: (character: string) => boolean }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'boundary' }
  | { readonly kind: 'group'; readonly index: number; readonly alternatives: readonly (readonly Node[])[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly minimum: number; readonly maximum: number };

const maxSteps = 20_000;
const maxPatternLength = 1_000;
const maxDepth = 30;

/** A finder of the first match in a line: its text, or undefined. */
export function findLine(
  pattern: string,
  style: ExpressionStyle,
  options: ExpressionOptions,
): (line: string) => string | undefined {
  const search = compileExpression(pattern, style, options.ignoreCase ?? false);
  return (line) => {
    for (let from = 0; from <= line.length;) {
      const match = search(line, from);
      if (!match) return undefined;
      const wholeLine = match.start === 0 && match.end === line.length;
      const wholeWord = !isWord(line.charAt(match.start - 1)) && !isWord(line.charAt(match.end));
      if ((!options.line || wholeLine) && (!options.word || wholeWord)) return line.slice(match.start, match.end);
      from = match.start + 1;
    }
    return undefined;
  };
}

export function compileExpression(
  pattern: string,
  style: ExpressionStyle,
  ignoreCase: boolean,
): (text: string, from: number) => Match | undefined {
  if (style === 'fixed') {
    const wanted = ignoreCase ? pattern.toLowerCase() : pattern;
    return (text, from) => {
      const start = (ignoreCase ? text.toLowerCase() : text).indexOf(wanted, from);
      return start < 0 ? undefined : { start, end: start + wanted.length, groups: [] };
    };
  }
  const alternatives = new ExpressionParser(
    pattern.slice(0, maxPatternLength),
    style === 'extended',
    ignoreCase,
  ).parse();
  return (text, from) => new Matcher(ignoreCase ? text.toLowerCase() : text, text, alternatives).search(from);
}

function isWord(character: string): boolean {
  return character !== '' && /\w/.test(character);
}

class ExpressionParser {
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

  parse(): readonly (readonly Node[])[] {
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

  private alternatives(): (readonly Node[])[] {
    const alternatives: (readonly Node[])[] = [this.sequence()];
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

  private sequence(): Node[] {
    const nodes: Node[] = [];
    while (this.index < this.pattern.length && !this.at('|') && !this.at(')')) {
      const node = this.repetitions(this.atom(nodes.length === 0));
      nodes.push(node);
    }
    return nodes;
  }

  private repetitions(node: Node): Node {
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

  private atom(first: boolean): Node {
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

  private group(): Node {
    this.skip('(');
    this.depth += 1;
    this.groups += 1;
    const index = this.groups;
    const alternatives = this.alternatives();
    if (this.at(')')) this.skip(')');
    this.depth -= 1;
    return { kind: 'group', index, alternatives };
  }

  private bracket(): Node {
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

function escapedNode(escaped: string): Node {
  const shorthand = /[wWsSdD]/.test(escaped) ? escaped.toLowerCase() : undefined;
  if (shorthand !== undefined) {
    const test = shorthand === 'w' ? /\w/ : shorthand === 's' ? /\s/ : /\d/;
    return { kind: 'set', negated: escaped !== shorthand, contains: (character) => test.test(character) };
  }
  if (escaped === 'b' || escaped === '<' || escaped === '>') return { kind: 'boundary' };
  return { kind: 'character', character: escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped };
}

type Continuation = (position: number) => number | undefined;

class Matcher {
  private readonly text: string;
  private readonly shown: string;
  private readonly alternatives: readonly (readonly Node[])[];
  private readonly groups = new Map<number, readonly [number, number]>();
  private steps = 0;
  private depth = 0;

  constructor(text: string, shown: string, alternatives: readonly (readonly Node[])[]) {
    this.text = text;
    this.shown = shown;
    this.alternatives = alternatives;
  }

  search(from: number): Match | undefined {
    for (let start = from; start <= this.text.length && this.steps < maxSteps; start += 1) {
      this.groups.clear();
      const end = this.matchAlternatives(this.alternatives, start, (position) => position);
      if (end !== undefined) return { start, end, groups: this.groupTexts() };
    }
    return undefined;
  }

  private groupTexts(): string[] {
    const texts: string[] = [];
    for (const [index, [start, end]] of this.groups) texts[index - 1] = this.shown.slice(start, end);
    return Array.from(texts, (text: string | undefined) => text ?? '');
  }

  private matchAlternatives(
    alternatives: readonly (readonly Node[])[],
    position: number,
    next: Continuation,
  ): number | undefined {
    for (const nodes of alternatives) {
      const end = this.matchSequence(nodes, 0, position, next);
      if (end !== undefined) return end;
    }
    return undefined;
  }

  private matchSequence(
    nodes: readonly Node[],
    index: number,
    position: number,
    next: Continuation,
  ): number | undefined {
    const node = nodes[index];
    if (!node) return next(position);
    return this.matchNode(node, position, (after) => this.matchSequence(nodes, index + 1, after, next));
  }

  private matchNode(node: Node, position: number, next: Continuation): number | undefined {
    this.steps += 1;
    // Every level keeps a few frames on the stack.
    if (this.steps > maxSteps || this.depth > 1_500) return undefined;
    this.depth += 1;
    const end = this.matchKind(node, position, next);
    this.depth -= 1;
    return end;
  }

  private matchKind(node: Node, position: number, next: Continuation): number | undefined {
    switch (node.kind) {
      case 'start':
        return position === 0 ? next(position) : undefined;
      case 'end':
        return position === this.text.length ? next(position) : undefined;
      case 'boundary':
        return isWord(this.text.charAt(position - 1)) !== isWord(this.text.charAt(position))
          ? next(position)
          : undefined;
      case 'group':
        return this.matchAlternatives(node.alternatives, position, (after) => {
          this.groups.set(node.index, [position, after]);
          return next(after);
        });
      case 'repeat':
        return this.matchRepeat(node, position, next);
      default:
        return this.consumes(node, position) ? next(position + 1) : undefined;
    }
  }

  /** Repeats of one character are tried from the longest without recursion; others recurse under the depth bound. */
  private matchRepeat(node: Node & { kind: 'repeat' }, position: number, next: Continuation): number | undefined {
    const inner = node.node;
    if (inner.kind !== 'group' && inner.kind !== 'repeat') {
      let end = position;
      while (end - position < node.maximum && this.consumes(inner, end)) end += 1;
      for (; end - position >= node.minimum; end -= 1) {
        this.steps += 1;
        const result = next(end);
        if (result !== undefined) return result;
      }
      return undefined;
    }
    return this.repeatOnce(node, 0, position, next);
  }

  private repeatOnce(
    node: Node & { kind: 'repeat' },
    count: number,
    position: number,
    next: Continuation,
  ): number | undefined {
    if (count < node.maximum) {
      const more = this.matchNode(node.node, position, (after) =>
        after > position ? this.repeatOnce(node, count + 1, after, next) : undefined,
      );
      if (more !== undefined) return more;
    }
    return count >= node.minimum ? next(position) : undefined;
  }

  private consumes(node: Node, position: number): boolean {
    const character = this.text.charAt(position);
    if (character === '') return false;
    if (node.kind === 'any') return true;
    if (node.kind === 'character') return node.character === character;
    return node.kind === 'set' && node.contains(character) !== node.negated;
  }
}
