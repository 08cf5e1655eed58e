import { compileExpression } from '../../regular-expression.ts';
import { splitText, type AwkMemory } from './memory.ts';
import type { Expression } from './syntax.ts';
import { AwkSyntaxError } from './tokens.ts';
import { formatValues, numberOf, textOf, type Value } from './values.ts';

/** What the evaluator lends to a function: its arguments are not evaluated yet, as some are arrays or patterns. */
export interface CallContext {
  readonly memory: AwkMemory;
  readonly args: readonly Expression[];
  readonly value: (expression: Expression | undefined) => Value;
  /** The source of a regular expression: /.../ or any text. */
  readonly pattern: (expression: Expression | undefined) => string;
  readonly assign: (target: Expression | undefined, value: Value) => void;
}

type AwkFunction = (context: CallContext) => Value;

function text({ args, value }: CallContext, index: number): string {
  return textOf(value(args[index]));
}

const length: AwkFunction = (context) => {
  const [first] = context.args;
  if (!first) return textOf(context.memory.field(0)).length;
  const array = first.kind === 'variable' ? context.memory.arrays.get(first.name) : undefined;
  return array ? array.size : text(context, 0).length;
};

const substring: AwkFunction = (context) => {
  const whole = text(context, 0);
  const from = Math.round(numberOf(context.value(context.args[1])));
  const count = context.args[2] ? Math.round(numberOf(context.value(context.args[2]))) : Infinity;
  return whole.slice(Math.max(from - 1, 0), Math.max(from - 1 + count, 0));
};

const split: AwkFunction = (context) => {
  const { args, memory, pattern } = context;
  const [, target, separator] = args;
  if (target?.kind !== 'variable') throw new AwkSyntaxError();
  const parts = splitText(text(context, 0), separator ? pattern(separator) : textOf(memory.get('FS')));
  memory.array(target.name).clear();
  parts.forEach((input, index) => memory.setElement(target.name, String(index + 1), { input }));
  return parts.length;
};

const match: AwkFunction = (context) => {
  const { memory, args, pattern } = context;
  const found = compileExpression(pattern(args[1]), 'extended', false)(text(context, 0), 0);
  memory.set('RSTART', found ? found.start + 1 : 0);
  memory.set('RLENGTH', found ? found.end - found.start : -1);
  return found ? found.start + 1 : 0;
};

function substitution(isGlobal: boolean): AwkFunction {
  return (context) => {
    const { args, pattern, value, assign } = context;
    const target: Expression = args[2] ?? { kind: 'field', index: { kind: 'number', value: 0 } };
    const line = textOf(value(target));
    const search = compileExpression(pattern(args[0]), 'extended', false);
    const replacement = text(context, 1);
    let [result, from, count] = ['', 0, 0];
    while (from <= line.length) {
      const found = search(line, from);
      if (!found) break;
      const matched = line.slice(found.start, found.end);
      result += line.slice(from, found.start) + replacement.replace(/\\&|&/g, (mark) => (mark === '&' ? matched : '&'));
      count += 1;
      from = found.end;
      if (found.end === found.start) {
        result += line.charAt(from);
        from += 1;
      }
      if (!isGlobal) break;
    }
    if (count > 0) assign(target, result + line.slice(from));
    return count;
  };
}

export const functions: ReadonlyMap<string, AwkFunction> = new Map<string, AwkFunction>([
  ['length', length],
  ['substr', substring],
  ['split', split],
  ['match', match],
  ['sub', substitution(false)],
  ['gsub', substitution(true)],
  ['index', (context) => text(context, 0).indexOf(text(context, 1)) + 1],
  ['toupper', (context) => text(context, 0).toUpperCase()],
  ['tolower', (context) => text(context, 0).toLowerCase()],
  ['int', ({ args, value }) => Math.trunc(numberOf(value(args[0])))],
  ['sqrt', ({ args, value }) => Math.sqrt(numberOf(value(args[0])))],
  [
    'sprintf',
    (context) =>
      formatValues(
        text(context, 0),
        context.args.slice(1).map((each) => context.value(each)),
      ),
  ],
]);
