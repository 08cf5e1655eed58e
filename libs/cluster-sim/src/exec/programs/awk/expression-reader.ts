import type { BinaryOperator, Expression, Target } from './syntax.ts';
import { AwkSyntaxError, type Token } from './tokens.ts';

const end: Token = { kind: 'end', text: '' };
const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);
const comparisons = new Set(['<', '<=', '==', '!=', '>', '>=']);
const maxNesting = 60;

/** Reads expressions by rising precedence, as POSIX lists it. */
export class ExpressionReader {
  protected position = 0;
  private readonly tokens: readonly Token[];
  private allowsGreater = true;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  protected get token(): Token {
    return this.tokens[this.position] ?? end;
  }

  protected advance(): void {
    this.position += 1;
  }

  protected isSymbol(text: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === text;
  }

  protected take(kind: Token['kind'], text: string): boolean {
    if (this.token.kind !== kind || this.token.text !== text) return false;
    this.advance();
    return true;
  }

  protected expect(symbol: string): void {
    if (!this.take('symbol', symbol)) throw this.unexpected();
  }

  protected skipLines(): void {
    while (this.isSymbol('\n')) this.advance();
  }

  protected unexpected(): AwkSyntaxError {
    return new AwkSyntaxError();
  }

  protected withoutGreater<T>(read: () => T): T {
    this.allowsGreater = false;
    const result = read();
    this.allowsGreater = true;
    return result;
  }

  protected list(until?: string): Expression[] {
    const expressions: Expression[] = [];
    if (until !== undefined && this.isSymbol(until)) return expressions;
    do {
      this.skipLines();
      expressions.push(this.expression());
    } while (this.take('symbol', ','));
    return expressions;
  }

  protected expression(): Expression {
    this.depth += 1;
    if (this.depth > maxNesting) throw this.unexpected();
    const test = this.disjunction();
    const expression = this.afterTest(test);
    this.depth -= 1;
    return expression;
  }

  private afterTest(test: Expression): Expression {
    const { text } = this.token;
    if (this.token.kind === 'symbol' && assignments.has(text) && isTarget(test)) {
      this.advance();
      return { kind: 'assign', target: test, operator: text.slice(0, -1), value: this.expression() };
    }
    if (!this.take('symbol', '?')) return test;
    const yes = this.expression();
    this.expect(':');
    return { kind: 'condition', test, yes, no: this.expression() };
  }

  private disjunction(): Expression {
    let left = this.conjunction();
    while (this.take('symbol', '||')) left = this.joined('||', left, () => this.conjunction());
    return left;
  }

  private conjunction(): Expression {
    let left = this.membership();
    while (this.take('symbol', '&&')) left = this.joined('&&', left, () => this.membership());
    return left;
  }

  private joined(operator: BinaryOperator, left: Expression, right: () => Expression): Expression {
    this.skipLines();
    return { kind: 'binary', operator, left, right: right() };
  }

  private membership(): Expression {
    let left = this.match();
    while (this.take('word', 'in')) {
      const name = this.token.text;
      if (this.token.kind !== 'name') throw this.unexpected();
      this.advance();
      left = { kind: 'in', index: [left], name };
    }
    return left;
  }

  private match(): Expression {
    let left = this.comparison();
    while (this.isSymbol('~') || this.isSymbol('!~')) {
      const operator = this.token.text === '~' ? '~' : '!~';
      this.advance();
      left = { kind: 'binary', operator, left, right: this.comparison() };
    }
    return left;
  }

  private comparison(): Expression {
    const left = this.concatenation();
    const { kind, text } = this.token;
    if (kind !== 'symbol' || !comparisons.has(text) || (text === '>' && !this.allowsGreater)) return left;
    this.advance();
    return { kind: 'binary', operator: text as BinaryOperator, left, right: this.concatenation() };
  }

  private concatenation(): Expression {
    let left = this.sum();
    while (this.startsValue()) left = { kind: 'binary', operator: 'join', left, right: this.sum() };
    return left;
  }

  private startsValue(): boolean {
    const { kind, text } = this.token;
    if (kind === 'symbol') return ['$', '(', '++', '--'].includes(text);
    return kind !== 'end' && kind !== 'word';
  }

  private sum(): Expression {
    return this.leftToRight(['+', '-'], () => this.product());
  }

  private product(): Expression {
    return this.leftToRight(['*', '/', '%'], () => this.unary());
  }

  private leftToRight(operators: readonly BinaryOperator[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = operators.find((each) => this.isSymbol(each));
      if (!operator) return left;
      this.advance();
      left = { kind: 'binary', operator, left, right: operand() };
    }
  }

  private unary(): Expression {
    const operator = (['-', '+', '!'] as const).find((each) => this.isSymbol(each));
    if (!operator) return this.power();
    this.advance();
    this.depth += 1;
    if (this.depth > maxNesting) throw this.unexpected();
    const operand = this.unary();
    this.depth -= 1;
    return { kind: 'unary', operator, operand };
  }

  private power(): Expression {
    const left = this.increment();
    return this.take('symbol', '^') ? { kind: 'binary', operator: '^', left, right: this.unary() } : left;
  }

  private increment(): Expression {
    for (const [symbol, by] of [
      ['++', 1],
      ['--', -1],
    ] as const) {
      if (!this.take('symbol', symbol)) continue;
      const target = this.target();
      if (!target) throw this.unexpected();
      return { kind: 'increment', target, by, isPrefix: true };
    }
    const value = this.primary();
    if (!isTarget(value)) return value;
    if (this.take('symbol', '++')) return { kind: 'increment', target: value, by: 1, isPrefix: false };
    if (this.take('symbol', '--')) return { kind: 'increment', target: value, by: -1, isPrefix: false };
    return value;
  }

  protected target(): Target | undefined {
    // `$i++` is ($i)++.
    if (this.take('symbol', '$'))
      return { kind: 'field', index: this.isSymbol('++') || this.isSymbol('--') ? this.increment() : this.primary() };
    if (this.token.kind !== 'name') return undefined;
    const name = this.token.text;
    this.advance();
    if (!this.take('symbol', '[')) return { kind: 'variable', name };
    const index = this.list();
    this.expect(']');
    return { kind: 'element', name, index };
  }

  private primary(): Expression {
    const target = this.target();
    if (target) return target;
    const { kind, text } = this.token;
    this.advance();
    switch (kind) {
      case 'number':
        return { kind, value: Number(text) };
      case 'text':
        return { kind, value: text };
      case 'pattern':
        return { kind, source: text };
      case 'function':
        return this.call(text);
      case 'symbol':
        if (text === '(') return this.bracketed();
        throw this.unexpected();
      default:
        throw this.unexpected();
    }
  }

  private call(name: string): Expression {
    if (!this.take('symbol', '(')) return { kind: 'call', name, args: [] };
    const args = this.list(')');
    this.expect(')');
    return { kind: 'call', name, args };
  }

  /** (EXPRESSION), or (A, B) in ARRAY. */
  private bracketed(): Expression {
    const before = this.allowsGreater;
    this.allowsGreater = true;
    const index = this.list();
    this.allowsGreater = before;
    this.expect(')');
    const [only] = index;
    if (index.length === 1 && only) return only;
    const isMember = this.take('word', 'in') && this.token.kind === 'name';
    if (!isMember) throw this.unexpected();
    const name = this.token.text;
    this.advance();
    return { kind: 'in', index, name };
  }
}

function isTarget(expression: Expression): expression is Target {
  return expression.kind === 'variable' || expression.kind === 'field' || expression.kind === 'element';
}
