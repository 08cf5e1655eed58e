import type { Cluster } from '@kubedrill/cluster-sim';
import { apply } from './commands/apply.ts';
import { create, createDeployment, createNamespace } from './commands/create.ts';
import { createServiceCommands } from './commands/create-service.ts';
import { deleteCommand } from './commands/delete.ts';
import { expose } from './commands/expose.ts';
import { get } from './commands/get.ts';
import { annotate, label } from './commands/label.ts';
import { logs } from './commands/logs.ts';
import { scale } from './commands/scale.ts';
import type { FlagSet } from './flags.ts';
import { parseFlags } from './flags.ts';
import type { KubectlCommand } from './invocation.ts';
import { CommandError, Console } from './invocation.ts';

const commands: readonly KubectlCommand[] = [
  annotate,
  apply,
  create,
  createDeployment,
  createNamespace,
  ...createServiceCommands,
  deleteCommand,
  expose,
  get,
  label,
  logs,
  scale,
];

const commandsByName: ReadonlyMap<string, KubectlCommand> = new Map(
  commands.flatMap((command) => [command.name, ...(command.aliases ?? [])].map((name) => [name, command] as const)),
);

/** "create service clusterip". */
const longestName = 3;

const globalFlags: FlagSet = { namespace: { short: 'n', value: 'required' } };

export interface Workplace {
  readonly cluster: Cluster;
  /** The context's namespace. */
  readonly namespace: string;
  readonly stdin: string;
  readonly readFile: (path: string) => string | undefined;
}

/** Runs a kubectl command line, its own name left out; says what kubectl v1.36 says. */
export function runKubectl(argv: readonly string[], workplace: Workplace): Console {
  const console = new Console();
  try {
    dispatch(argv, workplace, console);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.fail(error.message);
  }
  return console;
}

function dispatch(argv: readonly string[], { cluster, namespace, stdin, readFile }: Workplace, console: Console): void {
  const { before, words, rest } = splitCommand(argv);
  const command = commandsByName.get(words);
  if (!command)
    throw new CommandError(`error: unknown command "${words === '' ? (rest[0] ?? '') : words}" for "kubectl"`);
  const parsed = parseFlags([...before, ...rest], { ...globalFlags, ...command.flags });
  if (!parsed.ok) throw new CommandError(`error: ${parsed.message}\nSee 'kubectl ${command.name} --help' for usage.`);
  const { flags, operands, afterDash } = parsed;
  const isNamespaceGiven = flags.has('namespace');
  command.run({
    cluster,
    namespace: isNamespaceGiven ? flags.text('namespace') : namespace,
    isNamespaceGiven,
    flags,
    operands,
    afterDash,
    stdin,
    console,
    readFile,
  });
}

/** Global flags may stand before the command; its name is as long as can be. */
function splitCommand(argv: readonly string[]): {
  readonly before: readonly string[];
  readonly words: string;
  readonly rest: readonly string[];
} {
  let at = 0;
  while (argv[at]?.startsWith('-') === true) at += argv[at] === '-n' || argv[at] === '--namespace' ? 2 : 1;
  const words =
    [longestName, 2, 1]
      .map((length) => argv.slice(at, at + length).join(' '))
      .find((name) => commandsByName.has(name)) ?? '';
  const length = words === '' ? 0 : words.split(' ').length;
  return { before: argv.slice(0, at), words, rest: argv.slice(at + length) };
}
