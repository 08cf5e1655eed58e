import { fail, succeed } from '../program.ts';
import type { Program } from '../program.ts';

const maxNumbers = 100_000;

/** seq [FIRST [STEP]] LAST */
export const seq: Program = {
  name: 'seq',
  run(argv) {
    const numbers = argv
      .slice(1)
      .filter((argument) => !/^-[ws]/.test(argument))
      .map(Number);
    if (numbers.length === 0 || numbers.some((number) => !Number.isFinite(number)))
      return fail(1, 'seq: invalid number\n');
    const [first = 1, step = 1, last = 1] =
      numbers.length === 1 ? [1, 1, numbers[0]] : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : numbers;
    if (step === 0) return fail(1, 'seq: zero increment\n');
    const lines: string[] = [];
    for (let number = first; step > 0 ? number <= last : number >= last; number += step) {
      if (lines.length >= maxNumbers) break;
      lines.push(`${number}\n`);
    }
    return succeed(lines.join(''));
  },
};
