import { defaultSeeds, formatIssue, lintContent } from '@kubedrill/content';
import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';
import { defaultContentRoot, findExercise, readContent } from '../content-root.ts';
import { selfTestAll } from '../trials/trial-processes.ts';

const mostSeeds = 1000;

export const contentTest: Command = {
  name: 'content test',
  usage: '[folder] [--exercise ID] [--seeds N]',
  summary:
    'Grades every solution, start state and mistake of every variant, for 25 seeds or as many as told; uses all cores.',
  async run(argv, terminal) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { exercise: { type: 'string' }, seeds: { type: 'string', default: String(defaultSeeds.length) } },
    });
    const count = Number(values.seeds);
    if (!Number.isInteger(count) || count < 1 || count > mostSeeds)
      throw new UsageError(`--seeds takes a number from 1 to ${mostSeeds}`);
    const seeds = Array.from({ length: count }, (_, index) => index + 1);
    const root = positionals[0] ?? defaultContentRoot;
    const content = readContent(root);
    const errors = lintContent(content).filter(({ severity }) => severity === 'error');
    for (const issue of errors) terminal.error(formatIssue(issue));
    if (errors.length > 0) return 1;
    const chosen =
      values.exercise === undefined
        ? content.modules.flatMap(({ exercises }) => exercises)
        : [findExercise(content, values.exercise)];
    let failed = 0;
    for (const { exercise, graded, failures } of await selfTestAll(root, chosen, seeds)) {
      terminal.out(
        `${failures.length === 0 ? terminal.style('green', '✓') : terminal.style('red', '✗')} ${exercise}: ${graded} submissions graded`,
      );
      for (const { variant, seed, subject, message } of failures)
        terminal.out(`    variant ${variant}, seed ${seed}, ${subject}: ${message}`);
      if (failures.length > 0) failed += 1;
    }
    terminal.out(`${chosen.length - failed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  },
};
