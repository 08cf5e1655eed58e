import { nearestWord } from '@kubedrill/grader';
import { UsageError, type Command } from './command.ts';
import { bench } from './commands/bench.ts';
import { conformance } from './commands/conformance.ts';
import { contentExamples } from './commands/content-examples.ts';
import { contentLint } from './commands/content-lint.ts';
import { contentMutate } from './commands/content-mutate.ts';
import { contentNew } from './commands/content-new.ts';
import { contentPreview } from './commands/content-preview.ts';
import { contentSchema } from './commands/content-schema.ts';
import { contentTest } from './commands/content-test.ts';
import { grade } from './commands/grade.ts';
import { sandboxServe } from './commands/sandbox-serve.ts';
import { simApply } from './commands/sim-apply.ts';
import { soakCommand } from './commands/soak.ts';
import type { Terminal } from './terminal.ts';

/** Names of two words belong to a group: "content lint". */
export const commands: readonly Command[] = [
  grade,
  simApply,
  contentLint,
  contentNew,
  contentTest,
  contentMutate,
  contentPreview,
  contentExamples,
  contentSchema,
  conformance,
  bench,
  soakCommand,
  sandboxServe,
];

/** Runs one call; resolves to the exit code: 2 for a call that makes no sense, 1 for a negative answer. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [first] = argv;
  if (first === undefined || first === 'help' || first === '--help' || first === '-h') {
    printHelp(terminal);
    return first === undefined ? 2 : 0;
  }
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => argv[index] === word));
  if (!command) {
    terminal.error(unknownCommand(argv));
    return 2;
  }
  const rest = argv.slice(command.name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(`usage: kubedrill ${command.name} ${command.usage}\n\n${command.summary}`);
    return 0;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    terminal.error(`kubedrill ${command.name}: ${error.message}\nusage: kubedrill ${command.name} ${command.usage}`);
    return 2;
  }
}

/** Ours, and those of node:util's parseArgs. */
function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return typeof error.code === 'string' && error.code.startsWith('ERR_PARSE_ARGS');
}

function unknownCommand(argv: readonly string[]): string {
  const names = commands.map(({ name }) => name);
  const word = argv.slice(0, 2).join(' ');
  const near =
    nearestWord(word, names) ??
    nearestWord(argv[0] ?? '', names) ??
    names.find((name) => name.startsWith(`${argv[0] ?? ''} `));
  return `kubedrill: there is no command "${word}"${near === undefined ? '' : `; did you mean "${near}"?`}\nkubedrill --help lists them all`;
}

function printHelp(terminal: Terminal): void {
  terminal.out('usage: kubedrill <command> ...\n');
  for (const { name, usage, summary } of commands) terminal.out(`  ${name} ${usage}\n      ${summary}`);
}
