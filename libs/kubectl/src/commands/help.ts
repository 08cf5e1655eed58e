import { commandsByName } from '../command-registry.ts';
import { globalFlags } from '../global-flags.ts';
import { helpText, usageOfAll } from '../help.ts';
import type { KubectlCommand } from '../invocation.ts';

/** cobra's own: the help of the command that the first words name. */
export const help: KubectlCommand = {
  name: 'help',
  flags: globalFlags,
  run({ console, operands }) {
    const known = operands
      .map((_, count) => operands.slice(0, operands.length - count).join(' '))
      .find((name) => commandsByName.has(name));
    if (known === undefined && operands.length > 0)
      console.stderr += `Unknown help topic [${operands.map((word) => `\`${word}\``).join(' ')}]\n${usageOfAll()}`;
    else console.stdout += helpText(commandsByName.get(known ?? '')?.name ?? '');
  },
};
