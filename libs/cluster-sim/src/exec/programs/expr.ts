import { findLine } from '../regular-expression.ts';
import { fail } from '../program.ts';
import type { Program } from '../program.ts';

/** By rising precedence, as POSIX lists them. */
const levels: readonly (readonly string[])[] = [
  ['|'],
  ['&'],
  ['=', '==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
  [':'],
];

class ExprError extends Error {}

/** expr EXPRESSION: prints its value; exit code 1 when that is 0 or empty. */
export const expr: Program = {
  name: 'expr',
  run(argv) {
    const words = argv.slice(1);
    if (words.length === 0) return fail(2, 'expr: too few arguments\n');
    try {
      const reader = { words, position: 0 };
      const value = evaluate(reader, 0);
      if (reader.position < words.length) return fail(2, 'expr: syntax error\n');
      const isNothing = value === '' || value === '0';
      return { stdout: `${value}\n`, stderr: '', exitCode: isNothing ? 1 : 0, elapsed: 0 };
    } catch (error) {
      if (error instanceof ExprError) return fail(2, `expr: ${error.message}\n`);
      throw error;
    }
  },
};

interface Reader {
  readonly words: readonly string[];
  position: number;
}

function evaluate(reader: Reader, level: number): string {
  const operators = levels[level];
  if (!operators) return operand(reader);
  let left = evaluate(reader, level + 1);
  for (let word = reader.words[reader.position]; word !== undefined && operators.includes(word);) {
    reader.position += 1;
    left = apply(word, left, evaluate(reader, level + 1));
    word = reader.words[reader.position];
  }
  return left;
}

function operand(reader: Reader): string {
  const word = reader.words[reader.position];
  if (word === undefined) throw new ExprError('syntax error');
  reader.position += 1;
  if (word === 'length') return String(operand(reader).length);
  if (word !== '(') return word;
  const value = evaluate(reader, 0);
  if (reader.words[reader.position] !== ')') throw new ExprError('syntax error');
  reader.position += 1;
  return value;
}

function apply(operator: string, left: string, right: string): string {
  switch (operator) {
    case '|':
      return left !== '' && left !== '0' ? left : right;
    case '&':
      return left !== '' && left !== '0' && right !== '' && right !== '0' ? left : '0';
    case ':':
      return String(findLine(`^${right}`, 'basic', { ignoreCase: false, word: false, line: false })(left)?.length ?? 0);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return String(calculate(operator, number(left), number(right)));
    default:
      return compare(operator, left, right) ? '1' : '0';
  }
}

function number(text: string): number {
  if (!/^[+-]?\d{1,15}$/.test(text)) throw new ExprError('non-numeric argument');
  return Number(text);
}

function calculate(operator: string, left: number, right: number): number {
  if ((operator === '/' || operator === '%') && right === 0) throw new ExprError('division by zero');
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return Math.trunc(left / right);
    default:
      return left % right;
  }
}

/** As numbers where both are, else as texts. */
function compare(operator: string, left: string, right: string): boolean {
  const integers = [left, right].every((text) => /^[+-]?\d{1,15}$/.test(text));
  const order = integers ? Number(left) - Number(right) : left < right ? -1 : left > right ? 1 : 0;
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '!=':
      return order !== 0;
    default:
      return order === 0;
  }
}
