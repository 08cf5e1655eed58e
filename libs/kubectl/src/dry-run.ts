import type { Flags, FlagSyntax } from './flags.ts';
import type { Invocation } from './invocation.ts';
import { CommandError } from './invocation.ts';
import { klogLine } from './klog.ts';

export type DryRun = 'none' | 'client' | 'server';

const bareDryRun = 'unchanged';

export const dryRunFlag: FlagSyntax = { value: { whenBare: bareDryRun } };

/** kubectl/pkg/cmd/util/helpers.go GetDryRunStrategy. */
export function dryRunOf(flags: Flags): DryRun {
  const text = flags.has('dry-run') ? flags.text('dry-run') : 'none';
  if (text === 'none' || text === 'client' || text === 'server') return text;
  const old = formerDryRun(text);
  if (!old) throw new CommandError(`error: Invalid dry-run value (${text}). Must be "none", "server", or "client".`);
  return old;
}

/** As the flag was when it was a yes or no. */
function formerDryRun(text: string): 'client' | 'none' | undefined {
  if (text === bareDryRun || /^(1|t|T|TRUE|true|True)$/.test(text)) return 'client';
  return /^(0|f|F|FALSE|false|False)$/.test(text) ? 'none' : undefined;
}

export function warnOfFormerDryRun({ cluster, console }: Pick<Invocation, 'cluster' | 'console'>, flags: Flags): void {
  const text = flags.text('dry-run');
  const strategy = formerDryRun(text);
  if (!strategy) return;
  const given = text === bareDryRun ? '--dry-run' : `--dry-run=${text}`;
  const is = text === bareDryRun ? 'is deprecated' : 'is deprecated (boolean value)';
  console.note(
    klogLine(
      'W',
      cluster.clock.now(),
      'helpers.go:731',
      `${given} ${is} and can be replaced with --dry-run=${strategy}.`,
    ),
  );
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
