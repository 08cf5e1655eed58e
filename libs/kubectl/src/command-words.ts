import { commandsByName } from './command-registry.ts';
import { globalFlags } from './global-flags.ts';
import { helpText } from './help.ts';
import { help } from './commands/help.ts';
import type { KubectlCommand } from './invocation.ts';
import { CommandError, NotModelled } from './invocation.ts';

export interface CommandLine {
  readonly command: KubectlCommand;
  /** All other words, flags that stood before the command among them. */
  readonly rest: readonly string[];
}

/** kubectl's commands in the order in which it has them (kubectl/pkg/cmd/cmd.go), which is that of its suggestions. */
const ofKubectl: readonly string[] = [
  'create',
  'expose',
  'run',
  'set',
  'explain',
  'get',
  'edit',
  'delete',
  'rollout',
  'scale',
  'autoscale',
  'certificate',
  'cluster-info',
  'top',
  'cordon',
  'uncordon',
  'drain',
  'taint',
  'describe',
  'logs',
  'attach',
  'exec',
  'port-forward',
  'proxy',
  'cp',
  'auth',
  'debug',
  'events',
  'diff',
  'apply',
  'patch',
  'replace',
  'wait',
  'kustomize',
  'label',
  'annotate',
  'completion',
  'config',
  'plugin',
  'version',
  'api-versions',
  'api-resources',
  'options',
  'kuberc',
];

/** cobra's SuggestFor. */
const mistaken: Readonly<Record<string, readonly string[]>> = {
  delete: ['rm', 'remove'],
  describe: ['inspect'],
  get: ['list', 'ls'],
  top: ['stats'],
};

/** cobra's Find: the command's name is the first words that are no flags, as many as there are a command for. */
export function findCommand(argv: readonly string[]): CommandLine {
  const positions = operandPositions(argv);
  for (let length = Math.min(positions.length, longestName); length > 0; length -= 1) {
    const taken = new Set(positions.slice(0, length));
    const name = [...taken].map((at) => argv[at] ?? '').join(' ');
    const command = name === 'help' ? help : commandsByName.get(name);
    if (command) return { command, rest: argv.filter((_, at) => !taken.has(at)) };
  }
  const [first] = positions;
  if (first === undefined) return { command: bare, rest: argv };
  const word = argv[first] ?? '';
  if (ofKubectl.includes(word)) throw new NotModelled(`kubectl ${word}`);
  // kubectl looks for a plugin of that name first.
  if (argv[0]?.startsWith('-')) throw new CommandError(`Error: flags cannot be placed before plugin name: ${argv[0]}`);
  throw new CommandError(`error: unknown command "${word}" for "kubectl"${suggestions(word)}`);
}

/** kubectl without a command. */
const bare: KubectlCommand = {
  name: '',
  flags: {},
  run({ console }) {
    console.stdout += helpText('');
  },
};

/** "create service clusterip". */
const longestName = 3;

/** cobra's stripFlags, which knows the global flags only: any other takes the word behind it. */
function operandPositions(argv: readonly string[]): readonly number[] {
  const positions: number[] = [];
  for (let at = 0; at < argv.length && positions.length < longestName; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') break;
    if (!word.startsWith('-') || word === '-') positions.push(at);
    else if (takesNextWord(word, positions.length > 0)) at += 1;
  }
  return positions;
}

function takesNextWord(word: string, isBehindCommand: boolean): boolean {
  if (word.includes('=')) return false;
  const isLong = word.startsWith('--');
  if (!isLong && word.length > 2) return false;
  const flag = isLong
    ? globalFlags[word.slice(2)]
    : Object.values(globalFlags).find(({ short }) => short === word.charAt(1));
  return flag ? flag.value === 'required' : !isBehindCommand;
}

const nearestDistance = 2;

/** cobra's findSuggestions. */
function suggestions(typed: string): string {
  const near = ofKubectl.filter(
    (name) =>
      editDistance(typed.toLowerCase(), name) <= nearestDistance ||
      name.startsWith(typed.toLowerCase()) ||
      (mistaken[name] ?? []).includes(typed.toLowerCase()),
  );
  if (near.length === 0) return '';
  return `\n\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join('')}`;
}

/** Levenshtein's. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left.charAt(row - 1) === right.charAt(column - 1);
      const [above = 0, diagonal = 0] = [previous[column], previous[column - 1]];
      current.push(Math.min(above + 1, (current[column - 1] ?? 0) + 1, diagonal + (isSame ? 0 : 1)));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
