import { parseOptions, optionError } from '../options.ts';
import { fail, findProgram, succeed } from '../program.ts';
import type { Program } from '../program.ts';
import { linesOf, wholeNumber } from '../text.ts';

/** xargs [-n N] [-I R] COMMAND ARGS... */
export const xargs: Program = {
  name: 'xargs',
  readsInput: true,
  run(argv, stdin, environment) {
    const parsed = parseOptions(argv.slice(1), { short: 'n:I:rt0P:L:', stopAtOperand: true });
    if (!parsed.ok) return fail(1, optionError('xargs', parsed));
    const [command = 'echo', ...fixed] = parsed.operands;
    const program = findProgram(command, environment.programs);
    if (!program) return fail(127, `xargs: ${command}: No such file or directory\n`);
    const marker = parsed.options.last('I');
    const items =
      marker === undefined
        ? stdin.split(/\s+/).filter((item) => item !== '')
        : linesOf(stdin).map((line) => line.trim());
    const size =
      marker === undefined
        ? (wholeNumber(parsed.options.last('n') ?? parsed.options.last('L')) ?? Math.max(items.length, 1))
        : 1;
    let [stdout, stderr, exitCode, elapsed] = ['', '', 0, 0];
    for (
      let index = 0;
      index < Math.max(items.length, parsed.options.has('r') || marker !== undefined ? 0 : 1);
      index += Math.max(size, 1)
    ) {
      environment.budget.steps -= 1;
      if (environment.budget.steps < 0) break;
      const batch = items.slice(index, index + Math.max(size, 1));
      const args =
        marker === undefined
          ? [...fixed, ...batch]
          : fixed.map((argument) => argument.replaceAll(marker, batch[0] ?? ''));
      const result = program.run([command, ...args], '', environment);
      stdout += result.stdout;
      stderr += result.stderr;
      elapsed += result.elapsed;
      if (result.serves) return { ...result, stdout, stderr, elapsed };
      if (result.exitCode !== 0) exitCode = 123;
    }
    return { ...succeed(stdout, elapsed), stderr, exitCode };
  },
};
