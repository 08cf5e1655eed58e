import { groupHelp } from './help.ts';
import type { KubectlCommand } from './invocation.ts';
import { CommandError, usageError } from './invocation.ts';

/** A word that only has commands below it: kubectl/pkg/cmd/util/helpers.go DefaultSubCommandRun. */
export function commandGroup(
  name: string,
  subcommands: readonly string[],
  helpOn: 'stdout' | 'stderr' = 'stderr',
): KubectlCommand {
  return {
    name,
    flags: {},
    run({ console, operands }) {
      if (operands.length > 0) throw usageError(name, `unknown command ${JSON.stringify(operands.join(' '))}`);
      console[helpOn] += groupHelp(name, subcommands);
      throw new CommandError('');
    },
  };
}
