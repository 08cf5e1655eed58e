import { helpText } from './help.ts';
import type { KubectlCommand } from './invocation.ts';
import { CommandError, usageError } from './invocation.ts';

/** A word that only has commands below it: kubectl/pkg/cmd/util/helpers.go DefaultSubCommandRun. */
export function commandGroup(
  name: string,
  {
    aliases = [],
    helpOn = 'stderr',
  }: { readonly aliases?: readonly string[]; readonly helpOn?: 'stdout' | 'stderr' } = {},
): KubectlCommand {
  return {
    name,
    aliases,
    flags: {},
    run({ console, operands }) {
      if (operands.length > 0) throw usageError(name, `unknown command ${JSON.stringify(operands.join(' '))}`);
      console[helpOn] += helpText(name);
      throw new CommandError('');
    },
  };
}

/** One that shows its help whatever follows, and fails in neither case: cobra's own way. */
export function helpfulGroup(name: string): KubectlCommand {
  return {
    name,
    flags: {},
    run({ console }) {
      console.stdout += helpText(name);
    },
  };
}
