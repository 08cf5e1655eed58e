import { fail, findProgram, succeed } from '../program.ts';
import type { Program } from '../program.ts';
import { joinLines } from '../text.ts';

/** env [NAME=VALUE...] [COMMAND]: prints the environment, or runs a command in a changed one. */
export const env: Program = {
  name: 'env',
  readsInput: true,
  run(argv, stdin, environment) {
    const variables = new Map(environment.variables);
    const operands = argv.slice(1);
    for (let next = operands[0]; next !== undefined; next = operands[0]) {
      if (next === '-i' || next === '-') variables.clear();
      else if (/^[A-Za-z_]\w*=/.test(next))
        variables.set(next.slice(0, next.indexOf('=')), next.slice(next.indexOf('=') + 1));
      else break;
      operands.shift();
    }
    const [command] = operands;
    if (command === undefined) return succeed(joinLines([...variables].map(([name, value]) => `${name}=${value}`)));
    const program = findProgram(command, environment.programs);
    if (!program) return fail(127, `env: can't execute '${command}': No such file or directory\n`);
    environment.budget.steps -= 1;
    if (environment.budget.steps < 0) return fail(1, '');
    return program.run(operands, stdin, { ...environment, variables });
  },
};

/** printenv [NAME...] */
export const printenv: Program = {
  name: 'printenv',
  run(argv, _stdin, { variables }) {
    const names = argv.slice(1);
    if (names.length === 0) return succeed(joinLines([...variables].map(([name, value]) => `${name}=${value}`)));
    const values = names.map((name) => variables.get(name));
    const found = values.filter((value) => value !== undefined);
    return { ...succeed(joinLines(found)), exitCode: found.length === names.length ? 0 : 1 };
  },
};
