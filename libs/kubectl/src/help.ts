import type { FlagSet, FlagSyntax } from './flags.ts';
import type { KubectlCommand } from './invocation.ts';

const seeGlobal = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';

/** "kubectl get"; of '', "kubectl". */
export function commandPath(name: string): string {
  return name === '' ? 'kubectl' : `kubectl ${name}`;
}

/** What --help shows: how the command is called and which options it has, without the manual's prose. */
export function helpOf({ name, flags }: KubectlCommand): string {
  const options = Object.keys(flags).length === 0 ? '' : `Options:\n${optionLines(flags)}\n`;
  return `${options}Usage:\n  ${commandPath(name)} [flags] [options]\n\n${seeGlobal}`;
}

/** Of a word that only has commands below it. */
export function groupHelp(name: string, subcommands: readonly string[]): string {
  const listed = subcommands.map((word) => `  ${word}\n`).join('');
  const path = commandPath(name);
  return `Available Commands:\n${listed}\nUsage:\n  ${path} [flags] [options]\n\nUse "${path} <command> --help" for more information about a given command.\n${seeGlobal}`;
}

export function optionLines(flags: FlagSet): string {
  return Object.entries(flags)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, flag]) => `    ${flag.short === undefined ? '' : `-${flag.short}, `}--${name}${valueForm(flag)}\n`)
    .join('');
}

function valueForm({ value, type }: FlagSyntax): string {
  if (value === 'none' || type === 'bool') return '';
  return `=<${type ?? 'text'}>`;
}
