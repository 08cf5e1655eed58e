import type { ExecEnvironment } from '../program.ts';
import { test } from '../programs/test.ts';
import { compileExpression } from '../regular-expression.ts';
import { expandOne, expandPattern } from './expansion.ts';
import type { ExpansionContext } from './expansion.ts';
import { matchesPattern } from './pattern.ts';
import type { ConditionalExpression } from './syntax.ts';

const testProgram = test('test');

/** The status of `[[ ... ]]`. */
export function evaluateConditional(
  expression: ConditionalExpression,
  context: ExpansionContext,
  environment: ExecEnvironment,
): number {
  const holds = (inner: ConditionalExpression): boolean => evaluateConditional(inner, context, environment) === 0;
  switch (expression.kind) {
    case 'and':
      return holds(expression.left) && holds(expression.right) ? 0 : 1;
    case 'or':
      return holds(expression.left) || holds(expression.right) ? 0 : 1;
    case 'not':
      return holds(expression.operand) ? 1 : 0;
    case 'word':
      return expandOne(expression.word, context) === '' ? 1 : 0;
    case 'unary': {
      const operand = expandOne(expression.operand, context);
      return testProgram.run(['test', expression.operator, operand], '', environment).exitCode;
    }
    case 'binary':
      return compare(expression, context, environment);
  }
}

function compare(
  { operator, left, right }: ConditionalExpression & { kind: 'binary' },
  context: ExpansionContext,
  environment: ExecEnvironment,
): number {
  const text = expandOne(left, context);
  switch (operator) {
    case '=':
    case '==':
    case '!=': {
      const { pattern, literal } = expandPattern(right, context);
      return matchesPattern(text, pattern, literal) === (operator !== '!=') ? 0 : 1;
    }
    case '=~':
      return compileExpression(expandOne(right, context), 'extended', false)(text, 0) ? 0 : 1;
    case '<':
      return text < expandOne(right, context) ? 0 : 1;
    case '>':
      return text > expandOne(right, context) ? 0 : 1;
    default:
      return testProgram.run(['test', text, operator, expandOne(right, context)], '', environment).exitCode;
  }
}
