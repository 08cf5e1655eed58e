import { globalFlags } from './global-flags.ts';
import { flagsInHelp } from './help.ts';

/**
 * What kubectl has and a command line asked for: the command, or its first flag that `isModelled` does not know. For command
 * lines that failed: a limit of this kubectl must not be taken for a mistake of whoever typed it.
 */
export function missingPart(
  argv: readonly string[],
  flagsModelled: (command: string) => ReadonlySet<string> | undefined,
): string | undefined {
  const operands = argv.filter((word) => !word.startsWith('-'));
  const words = operands.slice(operands.findIndex((word) => flagsInHelp(word) !== undefined));
  const name = [3, 2, 1]
    .map((length) => words.slice(0, length).join(' '))
    .find((candidate) => candidate !== '' && flagsInHelp(candidate) !== undefined);
  if (name === undefined) return undefined;
  const modelled = flagsModelled(name);
  if (!modelled) return `kubectl ${name}`;
  const dashes = argv.indexOf('--');
  const given = (dashes < 0 ? argv : argv.slice(0, dashes)).flatMap((word) => flagOf(word, name));
  const missing = given.find((flag) => !modelled.has(flag));
  return missing === undefined ? undefined : `kubectl ${name} --${missing}`;
}

/** The long name of a flag that kubectl has for the command; nothing for one that it does not have. */
function flagOf(word: string, command: string): readonly string[] {
  const [, long, letter] = /^--([a-z][a-z0-9-]*)|^-([A-Za-z])/.exec(word) ?? [];
  const known = flagsInHelp(command)?.find(
    ({ name, short }) => name === long || (letter !== undefined && short === letter),
  );
  return known === undefined || Object.hasOwn(globalFlags, known.name) ? [] : [known.name];
}
