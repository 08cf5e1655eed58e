import { commandGroup } from '../command-group.ts';
import type { KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';

const shared = {
  'no-headers': { value: 'none' },
  selector: { short: 'l', value: 'required' },
  'sort-by': { value: 'required' },
  'use-protocol-buffers': { value: { whenBare: 'true' }, type: 'bool' },
} as const;

/** kubectl/pkg/cmd/top: no metrics server runs in the cluster. */
export const topCommands: readonly KubectlCommand[] = [
  commandGroup('top', ['node', 'pod']),
  {
    name: 'top node',
    aliases: ['top nodes', 'top no'],
    flags: { ...shared, 'show-capacity': { value: 'none' }, 'show-swap': { value: 'none' } },
    run: refuse,
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
    run: refuse,
  },
];

function refuse(): never {
  throw new CommandError('error: Metrics API not available');
}
