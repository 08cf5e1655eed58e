import type { ParameterOperator, Script, SyntaxFault, Word, WordPart } from './syntax.ts';

/** Thrown inside of the parser and caught at its door. */
export class ShellSyntaxError extends Error {
  readonly fault: SyntaxFault;
  constructor(fault: SyntaxFault) {
    super(`unexpected ${fault.token}`);
    this.fault = fault;
  }
}

const metacharacters = new Set([' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')']);
const nameStart = /[A-Za-z_]/;
const nameCharacter = /[A-Za-z0-9_]/;
const specialParameters = '?$!#@*-0123456789';
const parameterOperators: readonly ParameterOperator[] = [
  ':-',
  ':=',
  ':+',
  ':?',
  '##',
  '%%',
  '-',
  '=',
  '+',
  '?',
  '#',
  '%',
];
/** Quotes and substitutions inside of each other, at most. */
const maxNesting = 40;

/** Reads words: quotes, parameters, substitutions. The parser of commands builds upon it. */
export abstract class WordScanner {
  protected readonly text: string;
  protected position = 0;
  protected nesting: number;

  constructor(text: string, nesting = 0) {
    this.text = text;
    this.nesting = nesting;
    if (nesting > maxNesting) throw new ShellSyntaxError({ token: text.slice(0, 1), line: 1 });
  }

  protected abstract parseInner(text: string, nesting: number): Script;

  protected get character(): string {
    return this.text.charAt(this.position);
  }

  protected get line(): number {
    let line = 1;
    for (let index = 0; index < this.position && index < this.text.length; index += 1)
      if (this.text[index] === '\n') line += 1;
    return line;
  }

  protected unterminated(opening: string): ShellSyntaxError {
    return new ShellSyntaxError({ token: '', line: this.line, unterminated: opening });
  }

  protected nest<T>(action: () => T): T {
    this.nesting += 1;
    if (this.nesting > maxNesting) throw new ShellSyntaxError({ token: this.character, line: this.line });
    const result = action();
    this.nesting -= 1;
    return result;
  }

  /** A word, or undefined where none begins. */
  protected scanWord(): Word | undefined {
    if (this.character === '' || metacharacters.has(this.character)) return undefined;
    return this.nest(() => this.scanParts((character) => metacharacters.has(character)));
  }

  /** A word that ends elsewhere than others. */
  protected scanUntil(ends: (character: string) => boolean): Word {
    return this.nest(() => this.scanParts(ends));
  }

  /** Parts up to an unquoted character that ends the word. */
  private scanParts(ends: (character: string) => boolean): Word {
    const parts: WordPart[] = [];
    while (this.position < this.text.length && !ends(this.character)) {
      const { character } = this;
      if (character === "'") parts.push(this.scanSingleQuoted());
      else if (character === '"') parts.push(...this.scanDoubleQuoted());
      else if (character === '\\') this.scanEscape(parts);
      else if (character === '$') parts.push(this.scanDollar(false));
      else if (character === '`') parts.push(this.scanBackquoted(false));
      else {
        appendText(parts, character, false);
        this.position += 1;
      }
    }
    return parts;
  }

  private scanEscape(parts: WordPart[]): void {
    const next = this.text.charAt(this.position + 1);
    this.position += 2;
    if (next !== '\n' && next !== '') parts.push({ kind: 'text', text: next, quoted: true });
    if (next === '') appendText(parts, '\\', false);
  }

  private scanSingleQuoted(): WordPart {
    const end = this.text.indexOf("'", this.position + 1);
    if (end < 0) throw this.unterminated("'");
    const text = this.text.slice(this.position + 1, end);
    this.position = end + 1;
    return { kind: 'text', text, quoted: true };
  }

  private scanDoubleQuoted(): WordPart[] {
    const parts: WordPart[] = [{ kind: 'text', text: '', quoted: true }];
    this.position += 1;
    while (this.character !== '"') {
      if (this.character === '') throw this.unterminated('"');
      this.scanQuotedCharacter(parts, '"$`\\');
    }
    this.position += 1;
    return parts;
  }

  /** One step inside of double quotes or of a here-document. */
  protected scanQuotedCharacter(parts: WordPart[], escapable: string): void {
    const { character } = this;
    if (character === '\\') {
      const next = this.text.charAt(this.position + 1);
      if (next !== '\n') appendText(parts, next !== '' && escapable.includes(next) ? next : character + next, true);
      this.position += 2;
    } else if (character === '$') parts.push(this.nest(() => this.scanDollar(true)));
    else if (character === '`') parts.push(this.nest(() => this.scanBackquoted(true)));
    else {
      appendText(parts, character, true);
      this.position += 1;
    }
  }

  private scanDollar(quoted: boolean): WordPart {
    const next = this.text.charAt(this.position + 1);
    if (next === '(') {
      if (this.text.startsWith('$((', this.position)) {
        const arithmetic = this.scanArithmetic(quoted);
        if (arithmetic) return arithmetic;
      }
      const end = this.closingParenthesis(this.position + 1);
      const inner = this.text.slice(this.position + 2, end);
      this.position = end + 1;
      return { kind: 'command', script: this.parseInner(inner, this.nesting + 1), quoted };
    }
    if (next === '{') return this.scanBraced(quoted);
    if (next !== '' && specialParameters.includes(next)) {
      this.position += 2;
      return { kind: 'parameter', name: next, quoted };
    }
    if (!nameStart.test(next)) {
      this.position += 1;
      return { kind: 'text', text: '$', quoted };
    }
    this.position += 1;
    return { kind: 'parameter', name: this.scanName(), quoted };
  }

  private scanArithmetic(quoted: boolean): WordPart | undefined {
    const end = this.closingParenthesis(this.position + 1);
    if (this.text.charAt(end - 1) !== ')') return undefined;
    const expression = this.subword(this.text.slice(this.position + 3, end - 1));
    this.position = end + 1;
    return { kind: 'arithmetic', expression, quoted };
  }

  protected abstract subword(text: string): Word;

  private scanBraced(quoted: boolean): WordPart {
    this.position += 2;
    const lengthOf = this.character === '#' && this.text.charAt(this.position + 1) !== '}';
    if (lengthOf) this.position += 1;
    const special = this.character !== '' && specialParameters.includes(this.character);
    const name = special ? this.character : this.scanName();
    if (special) this.position += 1;
    if (name === '') throw new ShellSyntaxError({ token: '${', line: this.line });
    const operator = lengthOf
      ? 'length'
      : parameterOperators.find((candidate) => this.text.startsWith(candidate, this.position));
    if (operator === undefined || lengthOf) {
      if (this.character !== '}') throw this.unterminated('${');
      this.position += 1;
      return { kind: 'parameter', name, quoted, ...(operator && { operator }) };
    }
    this.position += operator.length;
    const argument = this.nest(() => this.scanParts((character) => character === '}'));
    if (this.character !== '}') throw this.unterminated('${');
    this.position += 1;
    return { kind: 'parameter', name, quoted, operator, argument };
  }

  private scanBackquoted(quoted: boolean): WordPart {
    let inner = '';
    for (let index = this.position + 1; index < this.text.length; index += 1) {
      const character = this.text.charAt(index);
      if (character === '`') {
        this.position = index + 1;
        return { kind: 'command', script: this.parseInner(inner, this.nesting + 1), quoted };
      }
      const next = this.text.charAt(index + 1);
      if (character === '\\' && (next === '`' || next === '\\' || next === '$')) {
        inner += next;
        index += 1;
      } else inner += character;
    }
    throw this.unterminated('`');
  }

  protected scanName(): string {
    const start = this.position;
    while (nameCharacter.test(this.character)) this.position += 1;
    return this.text.slice(start, this.position);
  }

  /** The parenthesis that closes the one at `opening`; quotes and nested pairs are skipped. */
  private closingParenthesis(opening: number): number {
    let depth = 0;
    for (let index = opening; index < this.text.length; index += 1) {
      const character = this.text.charAt(index);
      if (character === '\\') index += 1;
      else if (character === "'") index = this.indexAfterQuote("'", index);
      else if (character === '"') index = this.indexAfterQuote('"', index);
      else if (character === '(') depth += 1;
      else if (character === ')') {
        depth -= 1;
        if (depth === 0) return index;
      }
    }
    throw this.unterminated('(');
  }

  private indexAfterQuote(quote: string, opening: number): number {
    for (let index = opening + 1; index < this.text.length; index += 1) {
      const character = this.text.charAt(index);
      if (character === '\\' && quote === '"') index += 1;
      else if (character === quote) return index;
    }
    throw this.unterminated(quote);
  }
}

function appendText(parts: WordPart[], text: string, quoted: boolean): void {
  const last = parts.at(-1);
  if (last?.kind === 'text' && last.quoted === quoted) parts[parts.length - 1] = { ...last, text: last.text + text };
  else parts.push({ kind: 'text', text, quoted });
}
