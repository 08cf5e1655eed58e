import type { Expression, Rule, Statement, Target } from './syntax.ts';
import { ExpressionReader } from './expression-reader.ts';
import { tokensOf } from './tokens.ts';

const maxNesting = 60;

/** Throws AwkSyntaxError for what is no program. */
export function parseAwk(source: string): readonly Rule[] {
  return new AwkParser(tokensOf(source)).program();
}

class AwkParser extends ExpressionReader {
  private nesting = 0;

  program(): readonly Rule[] {
    const rules: Rule[] = [];
    for (this.skipEnds(); this.token.kind !== 'end'; this.skipEnds()) rules.push(this.rule());
    return rules;
  }

  private rule(): Rule {
    if (this.isSymbol('{')) return { when: 'always', body: this.block() };
    if (this.take('word', 'BEGIN')) return { when: 'BEGIN', body: this.block() };
    if (this.take('word', 'END')) return { when: 'END', body: this.block() };
    const from = this.expression();
    const to = this.take('symbol', ',') ? this.expression() : undefined;
    const when = { from, ...(to && { to }) };
    return this.isSymbol('{') ? { when, body: this.block() } : { when };
  }

  private block(): Statement {
    this.skipLines();
    this.expect('{');
    const body: Statement[] = [];
    for (this.skipEnds(); !this.isSymbol('}'); this.skipEnds()) body.push(this.statement());
    this.expect('}');
    return { kind: 'block', body };
  }

  private statement(): Statement {
    this.nesting += 1;
    if (this.nesting > maxNesting) throw this.unexpected();
    const statement = this.isSymbol('{') ? this.block() : this.plainStatement();
    this.nesting -= 1;
    return statement;
  }

  private plainStatement(): Statement {
    const { text } = this.token;
    if (this.token.kind !== 'word') return this.ended(this.simple());
    this.advance();
    switch (text) {
      case 'if':
        return this.conditional();
      case 'while': {
        const test = this.parenthesized();
        if (this.take('symbol', ';'))
          return { kind: 'loop', test, body: { kind: 'block', body: [] }, bodyFirst: false };
        return { kind: 'loop', test, body: this.inner(), bodyFirst: false };
      }
      case 'do': {
        const body = this.inner();
        this.skipEnds();
        if (!this.take('word', 'while')) throw this.unexpected();
        return this.ended({ kind: 'loop', test: this.parenthesized(), body, bodyFirst: true });
      }
      case 'for':
        return this.counted();
      case 'print':
      case 'printf':
        return this.ended({ kind: text, args: this.printed() });
      case 'next':
      case 'break':
      case 'continue':
        return this.ended({ kind: text });
      case 'exit':
        return this.ended(this.atEnd() ? { kind: 'exit' } : { kind: 'exit', status: this.expression() });
      case 'delete':
        return this.ended(this.deletion());
      default:
        throw this.unexpected();
    }
  }

  private simple(): Statement {
    return { kind: 'expression', expression: this.expression() };
  }

  private inner(): Statement {
    this.skipLines();
    return this.statement();
  }

  private parenthesized(): Expression {
    this.expect('(');
    const expression = this.expression();
    this.expect(')');
    return expression;
  }

  private conditional(): Statement {
    const test = this.parenthesized();
    const yes = this.inner();
    const at = this.position;
    this.skipEnds();
    if (this.take('word', 'else')) return { kind: 'if', test, yes, no: this.inner() };
    this.position = at;
    return { kind: 'if', test, yes };
  }

  /** for (a; b; c) and for (k in a). */
  private counted(): Statement {
    this.expect('(');
    const at = this.position;
    const variable = this.token.text;
    if (this.token.kind === 'name') {
      this.advance();
      if (this.take('word', 'in') && this.token.kind === 'name') {
        const name = this.token.text;
        this.advance();
        if (this.take('symbol', ')')) return { kind: 'forIn', variable, name, body: this.inner() };
      }
      this.position = at;
    }
    const start = this.isSymbol(';') ? undefined : this.simple();
    this.expect(';');
    const test = this.isSymbol(';') ? undefined : this.expression();
    this.expect(';');
    const step = this.isSymbol(')') ? undefined : this.simple();
    this.expect(')');
    const body = this.take('symbol', ';') ? { kind: 'block' as const, body: [] } : this.inner();
    return {
      kind: 'loop',
      ...(start && { start }),
      ...(test && { test }),
      ...(step && { step }),
      body,
      bodyFirst: false,
    };
  }

  private deletion(): Statement {
    const target: Target | undefined = this.target();
    if (target?.kind === 'element') return { kind: 'delete', name: target.name, index: target.index };
    if (target?.kind === 'variable') return { kind: 'delete', name: target.name };
    throw this.unexpected();
  }

  /** What print is given; in brackets a list, without them no `>`, which would be a file. */
  private printed(): readonly Expression[] {
    if (this.atEnd()) return [];
    const at = this.position;
    if (this.take('symbol', '(')) {
      const list = this.list(')');
      this.expect(')');
      if (this.atEnd()) return list;
      this.position = at;
    }
    return this.withoutGreater(() => this.list());
  }

  private ended(statement: Statement): Statement {
    if (!this.atEnd()) throw this.unexpected();
    return statement;
  }

  private atEnd(): boolean {
    return this.token.kind === 'end' || this.isSymbol(';') || this.isSymbol('\n') || this.isSymbol('}');
  }

  private skipEnds(): void {
    while (this.isSymbol(';') || this.isSymbol('\n')) this.advance();
  }
}
