/** One element of an expression in braces: client-go/util/jsonpath/node.go. */
export type Step =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'identifier'; readonly name: string }
  | { readonly kind: 'wildcard' | 'descent' }
  | {
      readonly kind: 'slice';
      readonly from: number | undefined;
      readonly to: number | undefined;
      readonly step: number | undefined;
      /** A single index, not a range. */
      readonly isIndex: boolean;
    }
  | { readonly kind: 'union'; readonly members: readonly (readonly Step[])[] }
  | {
      readonly kind: 'filter';
      readonly left: readonly Step[];
      readonly operator: string;
      readonly right: readonly Step[];
    };

/** A template: text outside of braces, and the expressions in them. */
export type TemplateNode =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'action'; readonly steps: readonly Step[] };

export class JsonPathSyntaxError extends Error {}

/** client-go/util/jsonpath/parser.go. */
export function parseTemplate(template: string): readonly TemplateNode[] {
  return new TemplateParser(template).parse();
}

const terminators = ' \t\r\n.,[]$@{}';

class TemplateParser {
  private readonly input: string;
  private at = 0;

  constructor(input: string) {
    this.input = input;
  }

  parse(): readonly TemplateNode[] {
    const nodes: TemplateNode[] = [];
    while (this.at < this.input.length) {
      const open = this.input.indexOf('{', this.at);
      const end = open < 0 ? this.input.length : open;
      if (end > this.at) nodes.push({ kind: 'text', text: this.input.slice(this.at, end) });
      this.at = end;
      if (open < 0) break;
      this.at += 1;
      nodes.push({ kind: 'action', steps: this.action() });
    }
    return nodes;
  }

  private action(): readonly Step[] {
    const steps: Step[] = [];
    while (!this.take('}')) this.step(steps);
    return steps;
  }

  private take(prefix: string): boolean {
    if (!this.input.startsWith(prefix, this.at)) return false;
    this.at += prefix.length;
    return true;
  }

  private step(steps: Step[]): void {
    if (this.take('[?(')) steps.push(this.filter());
    else if (this.take('..')) this.descent(steps);
    else {
      const character = String.fromCodePoint(this.input.codePointAt(this.at) ?? 0);
      if (this.at >= this.input.length || character === '\n' || character === '\r')
        throw new JsonPathSyntaxError('unclosed action');
      this.at += character.length;
      if (character === '[') steps.push(...this.array());
      else if (character === '"' || character === "'") steps.push(this.quoted(character));
      else if (character === '.') steps.push(this.field());
      else if (/[-+\p{Nd}]/u.test(character)) steps.push(this.number());
      else if (/[_\p{L}]/u.test(character)) steps.push(this.identifier());
      else if (!' @$'.includes(character))
        throw new JsonPathSyntaxError(`unrecognized character in action: ${codePointText(character)}`);
    }
  }

  private descent(steps: Step[]): void {
    if (steps.at(-1)?.kind === 'descent') throw new JsonPathSyntaxError('invalid multiple recursive descent');
    steps.push({ kind: 'descent' });
    if (/^[_\p{L}\p{Nd}]/u.test(this.input.slice(this.at))) steps.push(this.field());
  }

  private identifier(): Step {
    const start = this.at - 1;
    while (this.at < this.input.length && !terminators.includes(this.input.charAt(this.at))) this.at += 1;
    const name = this.input.slice(start, this.at);
    return name === 'true' || name === 'false'
      ? { kind: 'bool', value: name === 'true' }
      : { kind: 'identifier', name };
  }

  private number(): Step {
    const start = this.at - 1;
    while (/^[.\p{Nd}]/u.test(this.input.slice(this.at))) this.at += 1;
    const text = this.input.slice(start, this.at);
    if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new JsonPathSyntaxError(`cannot parse number ${text}`);
    return { kind: 'number', value: Number(text) };
  }

  /** A backslash takes the next character as it is. */
  private field(): Step {
    const start = this.at;
    while (this.at < this.input.length) {
      const character = this.input.charAt(this.at);
      if (character === '\\') this.at += 1;
      else if (terminators.includes(character)) break;
      this.at += 1;
    }
    const name = this.input.slice(start, this.at);
    return name === '*' ? { kind: 'wildcard' } : { kind: 'field', name: name.replaceAll('\\', '') };
  }

  private quoted(quote: string): Step {
    const start = this.at - 1;
    do {
      const character = this.input.charAt(this.at);
      if (character === '' || character === '\n') throw new JsonPathSyntaxError('unterminated quoted string');
      this.at += 1;
    } while (this.input.charAt(this.at - 1) !== quote || this.input.charAt(this.at - 2) === '\\');
    return { kind: 'text', text: unquote(this.input.slice(start, this.at)) };
  }

  private array(): readonly Step[] {
    const close = this.input.indexOf(']', this.at);
    const text = this.input.slice(this.at, close < 0 ? undefined : close);
    if (close < 0 || text.includes('\n')) throw new JsonPathSyntaxError('unterminated array');
    this.at = close + 1;
    const members = text.split(',');
    if (members.length > 1)
      return [{ kind: 'union', members: members.map((member) => actionOf(`[${member.replace(/^ +| +$/g, '')}]`)) }];
    // A quoted key is parsed as a path again: its dots need a backslash all the same.
    const key = /^'([^']*)'$/.exec(text);
    return key ? actionOf(`.${key[1] ?? ''}`) : [sliceOf(text === '*' ? ':' : text)];
  }

  /** Up to the first closing parenthesis outside of the one quoted text that there may be. */
  private filter(): Step {
    const start = this.at;
    let quote = '';
    let isClosed = false;
    for (;;) {
      const character = this.input.charAt(this.at);
      if (character === '' || character === '\n') throw new JsonPathSyntaxError('unterminated filter');
      this.at += 1;
      if (character === ')' && (quote === '' || isClosed)) break;
      if (character !== '"' && character !== "'") continue;
      if (quote === '') quote = character;
      else if (character === quote && this.input.charAt(this.at - 2) !== '\\') isClosed = true;
    }
    const text = this.input.slice(start, this.at - 1);
    if (!this.take(']')) throw new JsonPathSyntaxError('unclosed array expect ]');
    const compared = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text);
    if (!compared) return { kind: 'filter', left: actionOf(text), operator: 'exists', right: [] };
    const [, left = '', operator = '', right = ''] = compared;
    return { kind: 'filter', left: actionOf(left), operator, right: actionOf(right) };
  }
}

/** parseAction: the first expression of a text put into braces. */
function actionOf(text: string): readonly Step[] {
  const [first] = parseTemplate(`{${text}}`);
  return first?.kind === 'action' ? first.steps : [];
}

function sliceOf(text: string): Step {
  const found = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
  if (!found) throw new JsonPathSyntaxError(`invalid array index ${text}`);
  const [from, to, step] = found.slice(1).map((part) => part?.replace(':', ''));
  const numberOf = (part: string | undefined): number | undefined => {
    if (part === undefined || part === '') return undefined;
    if (part === '-') throw new JsonPathSyntaxError(`array index ${part} is not a number`);
    return Number(part);
  };
  const first = numberOf(from);
  const isIndex = found[2] === undefined;
  return { kind: 'slice', from: first, to: isIndex ? (first ?? 0) + 1 : numberOf(to), step: numberOf(step), isIndex };
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** UnquoteExtend: strconv.UnquoteChar's escapes. */
function unquote(quoted: string): string {
  const quote = quoted.charAt(0);
  return quoted
    .slice(1, -1)
    .replace(
      /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|[\s\S]|$)/g,
      (_whole: string, escape: string): string => {
        if (/^[xuU]./.test(escape)) return String.fromCodePoint(Number.parseInt(escape.slice(1), 16));
        if (/^[0-7]{3}$/.test(escape)) return String.fromCodePoint(Number.parseInt(escape, 8));
        const character = escape === quote ? quote : escapes[escape];
        if (character === undefined) throw new JsonPathSyntaxError(`unquote string ${quoted} error invalid syntax`);
        return character;
      },
    );
}

/** Go's %#U. */
function codePointText(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `U+${code} '${character}'`;
}
