import { formatIssue, runSection } from '@kubedrill/content';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Command } from '../command.ts';
import { defaultContentRoot, readContent } from '../content-root.ts';

export const contentExamples: Command = {
  name: 'content examples',
  usage: '[folder] [--section ID] [--write]',
  summary: 'Runs the examples of all sections; says which shown output is not what is observed, or writes what is.',
  run(argv, terminal) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { section: { type: 'string' }, write: { type: 'boolean', default: false } },
    });
    const root = positionals[0] ?? defaultContentRoot;
    const sections = readContent(root)
      .modules.flatMap((module) => module.sections)
      .filter(({ id }) => values.section === undefined || id === values.section);
    let differing = 0;
    for (const { id, source } of sections) {
      const run = runSection(source);
      const isWritten = values.write && run.markdown !== source.markdown;
      if (isWritten) {
        writeFileSync(join(root, source.file), run.markdown);
        terminal.out(`${id}: written`);
      }
      const { issues } = isWritten ? runSection({ ...source, markdown: run.markdown }) : run;
      for (const issue of issues) terminal.out(formatIssue(issue));
      if (issues.length > 0) differing += 1;
    }
    terminal.out(`${sections.length - differing} sections as observed, ${differing} not`);
    return differing === 0 ? 0 : 1;
  },
};
