import { formatIssue, lintContent } from '@kubedrill/content';
import { parseArgs } from 'node:util';
import type { Command } from '../command.ts';
import { readContent } from '../content-root.ts';

export const contentLint: Command = {
  name: 'content lint',
  usage: '[folder]',
  summary: 'Checks the shape of all content: fields, ids, references, texts, missing solutions and mistakes.',
  run(argv, terminal) {
    const { positionals } = parseArgs({ args: [...argv], allowPositionals: true, options: {} });
    const content = readContent(positionals[0]);
    const issues = lintContent(content);
    for (const issue of issues) terminal.out(formatIssue(issue));
    const exercises = content.modules.reduce((count, module) => count + module.exercises.length, 0);
    const errors = issues.filter(({ severity }) => severity === 'error').length;
    terminal.out(
      `${content.modules.length} modules, ${exercises} exercises, ${errors} errors, ${issues.length - errors} warnings`,
    );
    return errors === 0 ? 0 : 1;
  },
};
