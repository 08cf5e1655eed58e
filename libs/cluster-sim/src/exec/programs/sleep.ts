import { fail, serve, succeed } from '../program.ts';
import type { Program } from '../program.ts';

const unitSeconds: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['s', 1],
  ['m', 60],
  ['h', 3_600],
  ['d', 86_400],
]);

/** sleep NUMBER[smhd]..., `sleep infinity`: time passes in `elapsed` only. */
export const sleep: Program = {
  name: 'sleep',
  run(argv) {
    let seconds = 0;
    for (const operand of argv.slice(1)) {
      if (operand === 'infinity' || operand === 'inf') return serve([]);
      const match = /^(\d{1,10}(?:\.\d{1,6})?)([smhd]?)$/.exec(operand);
      if (!match) return fail(1, `sleep: invalid number '${operand}'\n`);
      seconds += Number(match[1]) * (unitSeconds.get(match[2] ?? '') ?? 1);
    }
    if (argv.length < 2) return fail(1, 'sleep: missing operand\n');
    return succeed('', seconds * 1_000);
  },
};
