/**
 * What Go's encoding/json says about a text that is not JSON: the first byte that cannot stand where it stands (scanner.go). The text is
 * known not to be JSON.
 */
export function jsonFault(text: string): string {
  return locateJsonFault(text).message;
}

/** With the number of characters that were read until then. */
export function locateJsonFault(text: string): { readonly message: string; readonly offset: number } {
  const scanner = new Scanner(text);
  return { message: faultOf(scanner), offset: Math.min(scanner.offset + 1, text.length) };
}

function faultOf(scanner: Scanner): string {
  try {
    scanner.space();
    scanner.value();
    scanner.space();
    if (!scanner.isAtEnd) scanner.refuse('after top-level value');
    return ended;
  } catch (fault) {
    if (fault instanceof Fault) return fault.message;
    throw fault;
  }
}

class Fault extends Error {}

const ended = 'unexpected end of JSON input';
/** scanner.go maxNestingDepth. */
const deepest = 10_000;
const tooDeep = 'exceeded max depth';

class Scanner {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  get offset(): number {
    return this.at;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  refuse(where: string): never {
    if (this.isAtEnd) throw new Fault(ended);
    const character = String.fromCodePoint(this.text.codePointAt(this.at) ?? 0);
    throw new Fault(`invalid character ${quoted(character)} ${where}`);
  }

  space(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at += 1;
  }

  value(): void {
    switch (this.text.charAt(this.at)) {
      case '{':
        return this.nested('}', 'after object key:value pair', () => this.pair());
      case '[':
        return this.nested(']', 'after array element', () => this.value());
      case '"':
        return this.string();
      case 't':
        return this.literal('true');
      case 'f':
        return this.literal('false');
      case 'n':
        return this.literal('null');
      default:
        return this.number();
    }
  }

  /** An object or a list, whose parts are separated by commas. */
  private nested(close: string, afterPart: string, part: () => void): void {
    this.at += 1;
    this.depth += 1;
    if (this.depth > deepest) throw new Fault(tooDeep);
    this.space();
    if (this.text.charAt(this.at) !== close) {
      part();
      this.space();
      while (this.text.charAt(this.at) === ',') {
        this.at += 1;
        this.space();
        part();
        this.space();
      }
      if (this.text.charAt(this.at) !== close) this.refuse(afterPart);
    }
    this.depth -= 1;
    this.at += 1;
  }

  private pair(): void {
    if (this.text.charAt(this.at) !== '"') this.refuse('looking for beginning of object key string');
    this.string();
    this.space();
    if (this.text.charAt(this.at) !== ':') this.refuse('after object key');
    this.at += 1;
    this.space();
    this.value();
  }

  private string(): void {
    for (this.at += 1; this.text.charAt(this.at) !== '"'; this.at += 1) {
      if (this.isAtEnd || this.text.charAt(this.at) < ' ') this.refuse('in string literal');
      if (this.text.charAt(this.at) === '\\') this.escape();
    }
    this.at += 1;
  }

  private escape(): void {
    this.at += 1;
    if (this.text.charAt(this.at) !== 'u') {
      if (!/["\\/bfnrt]/.test(this.text.charAt(this.at))) this.refuse('in string escape code');
      return;
    }
    for (let digit = 0; digit < 4; digit += 1) {
      this.at += 1;
      if (!/[0-9a-fA-F]/.test(this.text.charAt(this.at))) this.refuse('in \\u hexadecimal character escape');
    }
  }

  private literal(word: string): void {
    for (const expected of word) {
      if (this.text.charAt(this.at) !== expected) this.refuse(`in literal ${word} (expecting '${expected}')`);
      this.at += 1;
    }
  }

  private number(): void {
    const isNegative = this.text.charAt(this.at) === '-';
    if (isNegative) this.at += 1;
    if (this.text.charAt(this.at) === '0') this.at += 1;
    else this.digits(isNegative ? 'in numeric literal' : 'looking for beginning of value');
    if (this.text.charAt(this.at) === '.') {
      this.at += 1;
      this.digits('after decimal point in numeric literal');
    }
    if (!/[eE]/.test(this.text.charAt(this.at))) return;
    this.at += 1;
    if (/[+-]/.test(this.text.charAt(this.at))) this.at += 1;
    this.digits('in exponent of numeric literal');
  }

  private digits(where: string): void {
    if (!/[0-9]/.test(this.text.charAt(this.at))) this.refuse(where);
    while (/[0-9]/.test(this.text.charAt(this.at))) this.at += 1;
  }
}

/** quoteChar: as in a Go string, in single quotes. */
function quoted(character: string): string {
  if (character === "'") return String.raw`'\''`;
  if (character === '"') return `'"'`;
  return `'${JSON.stringify(character).slice(1, -1)}'`;
}
