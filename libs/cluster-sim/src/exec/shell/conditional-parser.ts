import type { ConditionalExpression, Word } from './syntax.ts';
import { WordScanner, type ShellSyntaxError } from './word-scanner.ts';

const unary = /^-[a-zA-Z]$/;
const binary = new Set(['=', '==', '!=', '=~', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef']);

/** Reads `[[ ... ]]` of bash and ash: words in it are neither split nor taken for file names. */
export abstract class ConditionalParser extends WordScanner {
  protected abstract skipLines(): void;
  protected abstract unexpected(): ShellSyntaxError;

  /** Behind the opening brackets. */
  protected parseConditional(): ConditionalExpression {
    const expression = this.disjunction();
    if (!this.takeToken(']]')) throw this.unexpected();
    return expression;
  }

  private disjunction(): ConditionalExpression {
    let left = this.conjunction();
    while (this.takeToken('||')) left = { kind: 'or', left, right: this.conjunction() };
    return left;
  }

  private conjunction(): ConditionalExpression {
    let left = this.primary();
    while (this.takeToken('&&')) left = { kind: 'and', left, right: this.primary() };
    return left;
  }

  private primary(): ConditionalExpression {
    if (this.takeToken('!')) return { kind: 'not', operand: this.nest(() => this.primary()) };
    if (this.takeToken('(')) {
      const inner = this.nest(() => this.disjunction());
      if (!this.takeToken(')')) throw this.unexpected();
      return inner;
    }
    const left = this.word();
    const text = plainText(left);
    if (text !== undefined && unary.test(text) && !this.isAtEnd())
      return { kind: 'unary', operator: text, operand: this.word() };
    for (const operator of ['<', '>'])
      if (this.takeToken(operator)) return { kind: 'binary', operator, left, right: this.word() };
    if (this.isAtEnd()) return { kind: 'word', word: left };
    const operator = plainText(this.word()) ?? '';
    if (!binary.has(operator)) throw this.unexpected();
    return { kind: 'binary', operator, left, right: operator === '=~' ? this.expressionWord() : this.word() };
  }

  private word(): Word {
    this.skipLines();
    const word = this.scanWord();
    if (!word || plainText(word) === ']]') throw this.unexpected();
    return word;
  }

  /** A regular expression goes up to the next blank, whatever characters it has. */
  private expressionWord(): Word {
    this.skipLines();
    return this.scanUntil((character) => /\s/.test(character));
  }

  private isAtEnd(): boolean {
    this.skipLines();
    return ['&&', '||', ')', ']]'].some((token) => this.text.startsWith(token, this.position));
  }

  private takeToken(token: string): boolean {
    this.skipLines();
    if (!this.text.startsWith(token, this.position)) return false;
    const next = this.text.charAt(this.position + token.length);
    if ((token === ']]' || token === '!') && next !== '' && !/[\s;&|)(<>]/.test(next)) return false;
    this.position += token.length;
    return true;
  }
}

function plainText(word: Word): string | undefined {
  const [only] = word;
  return word.length === 1 && only?.kind === 'text' && !only.quoted ? only.text : undefined;
}
