import type { Flags, FlagSyntax } from './flags.ts';
import { CommandError } from './invocation.ts';

export type DryRun = 'none' | 'client' | 'server';

export const dryRunFlag: FlagSyntax = { value: { whenBare: 'unchanged' } };

/** kubectl/pkg/cmd/util/helpers.go GetDryRunStrategy. */
export function dryRunOf(flags: Flags): DryRun {
  const text = flags.has('dry-run') ? flags.text('dry-run') : 'none';
  if (text === 'none' || text === 'client' || text === 'server') return text;
  if (text === 'unchanged' || /^(true|t|1|false|f|0)$/i.test(text))
    throw new CommandError(
      text === 'unchanged'
        ? 'error: --dry-run flag without a value was specified. A value must be set: "none", "server", or "client".'
        : `error: Invalid dry-run value (${text}). Must be "none", "server", or "client".`,
    );
  throw new CommandError(`error: Invalid dry-run value (${text}). Must be "none", "server", or "client".`);
}

/** cli-runtime NamePrinter's note behind the operation. */
export function dryRunNote(dryRun: DryRun): string {
  switch (dryRun) {
    case 'none':
      return '';
    case 'client':
      return ' (dry run)';
    case 'server':
      return ' (server dry run)';
  }
}
