import { fail, findProgram } from '../program.ts';
import type { Program } from '../program.ts';

const unitMilliseconds: ReadonlyMap<string, number> = new Map([
  ['', 1_000],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** timeout [-s SIG] SECONDS COMMAND: what has not ended by then is killed. busybox says 143 (128 + SIGTERM), GNU 124. */
export function timeout(killedExitCode: 124 | 143): Program {
  return {
    name: 'timeout',
    readsInput: true,
    run(argv, stdin, environment) {
      const operands = argv.slice(1);
      while (operands[0]?.startsWith('-')) if (/^-[sk]$/.test(operands.shift() ?? '')) operands.shift();
      // busybox took the time behind -t up to 1.29.
      const [span = '', command, ...args] = operands;
      const match = /^(\d{1,9}(?:\.\d{1,6})?)([smh]?)$/.exec(span);
      if (!match || command === undefined) return fail(1, `timeout: invalid number '${span}'\n`);
      const limit = Number(match[1]) * (unitMilliseconds.get(match[2] ?? '') ?? 1_000);
      const program = findProgram(command, environment.programs);
      environment.budget.steps -= 1;
      if (!program) return fail(127, `timeout: can't execute '${command}': No such file or directory\n`);
      if (environment.budget.steps < 0) return fail(killedExitCode, '', limit);
      const { serves, ...result } = program.run([command, ...args], stdin, {
        ...environment,
        deadline: environment.now + limit,
      });
      if (!serves && result.elapsed <= limit) return result;
      return {
        stdout: serves ? result.stdout : '',
        stderr: serves ? result.stderr : '',
        exitCode: killedExitCode,
        elapsed: limit,
      };
    },
  };
}
