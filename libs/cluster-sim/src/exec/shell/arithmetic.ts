/** $(( )) of POSIX: integers, variables, the operators of C without assignment to anything but a plain name. */
export type ArithmeticResult =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly reason: 'syntax error' | 'divide by zero' };

export interface Variables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

const maxTokens = 1_000;
const maxDepth = 60;
const tokenPattern =
  /\s+|(0[xX][0-9a-fA-F]+|\d+)|([A-Za-z_]\w*)|(\*\*|<<|>>|<=|>=|==|!=|&&|\|\||\+\+|--|[-+*/%]=|[-+*/%()<>=!~&|^?:])/y;

/** Binary operators by how tightly they bind. */
const precedences: ReadonlyMap<string, number> = new Map([
  ['||', 1],
  ['&&', 2],
  ['|', 3],
  ['^', 4],
  ['&', 5],
  ['==', 6],
  ['!=', 6],
  ['<', 7],
  ['>', 7],
  ['<=', 7],
  ['>=', 7],
  ['<<', 8],
  ['>>', 8],
  ['+', 9],
  ['-', 9],
  ['*', 10],
  ['/', 10],
  ['%', 10],
]);

class ArithmeticError extends Error {
  readonly reason: 'syntax error' | 'divide by zero';
  constructor(reason: 'syntax error' | 'divide by zero') {
    super(reason);
    this.reason = reason;
  }
}

export function evaluateArithmetic(text: string, variables: Variables): ArithmeticResult {
  try {
    return { ok: true, value: new Evaluation(text, variables).evaluate() };
  } catch (error) {
    if (error instanceof ArithmeticError) return { ok: false, reason: error.reason };
    throw error;
  }
}

class Evaluation {
  private readonly tokens: string[] = [];
  private readonly variables: Variables;
  private index = 0;
  private depth = 0;

  constructor(text: string, variables: Variables) {
    this.variables = variables;
    const pattern = new RegExp(tokenPattern);
    while (pattern.lastIndex < text.length) {
      const token = pattern.exec(text)?.[0];
      if (token === undefined || this.tokens.length >= maxTokens) throw new ArithmeticError('syntax error');
      if (token.trim() !== '') this.tokens.push(token);
    }
  }

  evaluate(): number {
    if (this.tokens.length === 0) return 0;
    const value = this.ternary();
    if (this.index < this.tokens.length) throw new ArithmeticError('syntax error');
    return value;
  }

  private ternary(): number {
    this.depth += 1;
    if (this.depth > maxDepth) throw new ArithmeticError('syntax error');
    const assigned = this.assignment();
    if (assigned !== undefined) return assigned;
    const condition = this.binary(1);
    if (this.tokens[this.index] !== '?') {
      this.depth -= 1;
      return condition;
    }
    this.index += 1;
    const whenTrue = this.ternary();
    this.take(':');
    const whenFalse = this.ternary();
    this.depth -= 1;
    return condition !== 0 ? whenTrue : whenFalse;
  }

  private assignment(): number | undefined {
    const name = this.tokens[this.index] ?? '';
    const operator = this.tokens[this.index + 1] ?? '';
    if (!/^[A-Za-z_]/.test(name) || !/^[-+*/%]?=$/.test(operator)) return undefined;
    this.index += 2;
    const right = this.ternary();
    this.depth -= 1;
    const value = operator === '=' ? right : apply(operator.charAt(0), this.valueOf(name), right);
    this.variables.set(name, String(value));
    return value;
  }

  private binary(minimum: number): number {
    let left = this.unary();
    for (;;) {
      const operator = this.tokens[this.index] ?? '';
      const precedence = precedences.get(operator);
      if (precedence === undefined || precedence < minimum) return left;
      this.index += 1;
      left = apply(operator, left, this.binary(precedence + 1));
    }
  }

  private unary(): number {
    this.depth += 1;
    if (this.depth > maxDepth) throw new ArithmeticError('syntax error');
    const value = this.operand();
    this.depth -= 1;
    return value;
  }

  private operand(): number {
    const token = this.tokens[this.index] ?? '';
    this.index += 1;
    if (token === '-') return -this.unary();
    if (token === '+') return this.unary();
    if (token === '!') return this.unary() === 0 ? 1 : 0;
    if (token === '~') return ~this.unary();
    if (token === '(') {
      const value = this.ternary();
      this.take(')');
      return value;
    }
    if (token === '++' || token === '--') return this.step(this.tokens[this.index++] ?? '', token, true);
    if (/^\d/.test(token)) return integer(token);
    if (!/^[A-Za-z_]/.test(token)) throw new ArithmeticError('syntax error');
    const after = this.tokens[this.index];
    if (after !== '++' && after !== '--') return this.valueOf(token);
    this.index += 1;
    return this.step(token, after, false);
  }

  private step(name: string, operator: string, before: boolean): number {
    if (!/^[A-Za-z_]/.test(name)) throw new ArithmeticError('syntax error');
    const old = this.valueOf(name);
    const next = operator === '++' ? old + 1 : old - 1;
    this.variables.set(name, String(next));
    return before ? next : old;
  }

  private valueOf(name: string): number {
    const text = (this.variables.get(name) ?? '').trim();
    if (text === '') return 0;
    if (!/^[-+]?(0[xX][0-9a-fA-F]+|\d+)$/.test(text)) throw new ArithmeticError('syntax error');
    return text.startsWith('-') ? -integer(text.slice(1)) : integer(text.replace('+', ''));
  }

  private take(token: string): void {
    if (this.tokens[this.index] !== token) throw new ArithmeticError('syntax error');
    this.index += 1;
  }
}

function integer(text: string): number {
  const octal = /^0[0-7]+$/.test(text);
  return octal ? Number.parseInt(text, 8) : Number(text);
}

function apply(operator: string, left: number, right: number): number {
  if ((operator === '/' || operator === '%') && right === 0) throw new ArithmeticError('divide by zero');
  const truth: ReadonlyMap<string, boolean> = new Map([
    ['||', left !== 0 || right !== 0],
    ['&&', left !== 0 && right !== 0],
    ['==', left === right],
    ['!=', left !== right],
    ['<', left < right],
    ['>', left > right],
    ['<=', left <= right],
    ['>=', left >= right],
  ]);
  const logical = truth.get(operator);
  if (logical !== undefined) return logical ? 1 : 0;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return Math.trunc(left / right);
    case '%':
      return left % right;
    case '<<':
      return left << right;
    case '>>':
      return left >> right;
    case '&':
      return left & right;
    case '|':
      return left | right;
    default:
      return left ^ right;
  }
}
