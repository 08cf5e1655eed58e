import { goQuote } from '../validation/go-quote.ts';

/** What Go's encoding/json (scanner.go) says of a text that is no JSON; undefined where it is. */
export function jsonSyntaxError(text: string): string | undefined {
  return new JsonScanner(text).scan();
}

const maxDepth = 10_000;
const literals: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };
const escapes = 'bfnrt\\/"';

class JsonScanner {
  private readonly text: string;
  private at = 0;
  private problem: string | undefined;
  /** What closes the objects and lists that are open. */
  private readonly open: ('}' | ']')[] = [];

  constructor(text: string) {
    this.text = text;
  }

  scan(): string | undefined {
    do {
      this.value();
      while (this.problem === undefined && this.endsContainer()) this.open.pop();
    } while (this.problem === undefined && this.open.length > 0);
    if (this.problem === undefined && this.peek() !== '') this.fail('after top-level value');
    return this.problem;
  }

  /** A scalar, or all that opens before one. */
  private value(): void {
    for (;;) {
      const first = this.peek();
      if (first !== '{' && first !== '[') return this.scalar(first);
      this.at += 1;
      this.open.push(first === '{' ? '}' : ']');
      if (this.open.length > maxDepth) this.problem = 'exceeded max depth';
      if (this.problem !== undefined || this.peek() === this.open.at(-1)) return;
      if (first === '{') this.key();
      if (this.problem !== undefined) return;
    }
  }

  /** After a value: whether the innermost container ends; where it goes on, the next value begins here. */
  private endsContainer(): boolean {
    const closing = this.open.at(-1);
    if (closing === undefined) return false;
    const next = this.peek();
    if (next !== closing && next !== ',') {
      this.fail(closing === '}' ? 'after object key:value pair' : 'after array element');
      return false;
    }
    this.at += 1;
    if (next === ',' && closing === '}') this.key();
    return next === closing;
  }

  private key(): void {
    if (this.peek() !== '"') return this.fail('looking for beginning of object key string');
    this.string();
    if (this.problem === undefined && this.peek() !== ':') this.fail('after object key');
    this.at += 1;
  }

  private scalar(first: string): void {
    const literal = literals[first];
    if (literal !== undefined) this.literal(literal);
    else if (first === '"') this.string();
    else if (/[-0-9]/.test(first)) this.number();
    else this.fail('looking for beginning of value');
  }

  private literal(word: string): void {
    for (const letter of word) {
      if (this.current() !== letter) return this.fail(`in literal ${word} (expecting '${letter}')`);
      this.at += 1;
    }
  }

  private string(): void {
    this.at += 1;
    for (; this.current() !== '"'; this.at += 1) {
      if (this.current() < ' ') return this.fail('in string literal');
      if (this.current() === '\\') this.escape();
      if (this.problem !== undefined) return;
    }
    this.at += 1;
  }

  private escape(): void {
    this.at += 1;
    if (this.current() !== 'u') {
      if (this.current() === '' || !escapes.includes(this.current())) this.fail('in string escape code');
      return;
    }
    for (let digit = 0; digit < 4; digit += 1) {
      this.at += 1;
      if (!/^[0-9a-fA-F]$/.test(this.current())) return this.fail('in \\u hexadecimal character escape');
    }
  }

  private number(): void {
    if (this.current() === '-') this.at += 1;
    if (this.current() === '0') this.at += 1;
    else if (!this.digits()) return this.fail('in numeric literal');
    if (this.current() === '.') {
      this.at += 1;
      if (!this.digits()) return this.fail('after decimal point in numeric literal');
    }
    if (this.current() !== 'e' && this.current() !== 'E') return;
    this.at += 1;
    if (this.current() === '+' || this.current() === '-') this.at += 1;
    if (!this.digits()) this.fail('in exponent of numeric literal');
  }

  private digits(): boolean {
    const start = this.at;
    while (/^[0-9]$/.test(this.current())) this.at += 1;
    return this.at > start;
  }

  /** '' at the end. */
  private current(): string {
    return this.text.charAt(this.at);
  }

  private peek(): string {
    while (this.current() !== '' && ' \t\r\n'.includes(this.current())) this.at += 1;
    return this.current();
  }

  private fail(where: string): void {
    const shown = this.current() === "'" ? "\\'" : this.current() === '"' ? '"' : goQuote(this.current()).slice(1, -1);
    this.problem ??= this.current() === '' ? 'unexpected end of JSON input' : `invalid character '${shown}' ${where}`;
  }
}
