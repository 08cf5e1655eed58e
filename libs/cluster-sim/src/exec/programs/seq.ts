import { fail, succeed } from '../program.ts';
import type { Program } from '../program.ts';

const maxNumbers = 100_000;

/** seq [FIRST [STEP]] LAST */
export const seq: Program = {
  name: 'seq',
  run(argv) {
    const { separator, operands } = separated(argv.slice(1));
    const numbers = operands.map(Number);
    if (numbers.length === 0 || numbers.some((number) => !Number.isFinite(number)))
      return fail(1, 'seq: invalid number\n');
    const [first = 1, step = 1, last = 1] =
      numbers.length === 1 ? [1, 1, numbers[0]] : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : numbers;
    if (step === 0) return fail(1, 'seq: zero increment\n');
    const lines: string[] = [];
    for (let number = first; step > 0 ? number <= last : number >= last; number += step) {
      if (lines.length >= maxNumbers) break;
      lines.push(String(Number(number.toFixed(10))));
    }
    return succeed(lines.length === 0 ? '' : `${lines.join(separator)}\n`);
  },
};

/** -s SEPARATOR, and -w, which has no effect on numbers of one width. */
function separated(args: readonly string[]): { readonly separator: string; readonly operands: readonly string[] } {
  const operands: string[] = [];
  let separator = '\n';
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    if (argument === '-s') {
      index += 1;
      separator = args[index] ?? '';
    } else if (argument.startsWith('-s')) separator = argument.slice(2);
    else if (argument !== '-w') operands.push(argument);
  }
  return { separator, operands };
}
