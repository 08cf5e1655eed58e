import { commandGroup } from '../command-group.ts';
import type { Flags } from '../flags.ts';
import type { KubectlCommand } from '../invocation.ts';
import { CommandError, usageError } from '../invocation.ts';

const shared = {
  'no-headers': { value: 'none' },
  selector: { short: 'l', value: 'required' },
  'sort-by': { value: 'required' },
  'use-protocol-buffers': { value: { whenBare: 'true' }, type: 'bool' },
} as const;

/** kubectl/pkg/cmd/top: no metrics server runs in the cluster. */
export const topCommands: readonly KubectlCommand[] = [
  commandGroup('top'),
  {
    name: 'top node',
    aliases: ['top nodes', 'top no'],
    flags: { ...shared, 'show-capacity': { value: 'none' }, 'show-swap': { value: 'none' } },
    run({ flags, operands }) {
      if (operands.length > 1) throw usageError('top node', 'node [NAME | -l label]');
      if (operands.length > 0 && flags.text('selector') !== '')
        throw new CommandError('error: only one of NAME or selector can be provided');
      refuse(flags);
    },
  },
  {
    name: 'top pod',
    aliases: ['top pods', 'top po'],
    flags: {
      ...shared,
      'all-namespaces': { short: 'A', value: 'none' },
      containers: { value: 'none' },
      'field-selector': { value: 'required' },
      'show-swap': { value: 'none' },
      sum: { value: 'none' },
    },
    run({ flags, operands }) {
      if (operands.length > 1) throw usageError('top pod', 'pod [NAME | -l label]');
      const isSelecting = flags.text('selector') !== '' || flags.text('field-selector') !== '';
      if (operands.length > 0 && isSelecting)
        throw new CommandError('error: only one of NAME or selector can be provided');
      refuse(flags);
    },
  },
];

function refuse(flags: Flags): never {
  if (!['', 'cpu', 'memory'].includes(flags.text('sort-by')))
    throw new CommandError('error: --sort-by accepts only cpu or memory');
  throw new CommandError('error: Metrics API not available');
}
