import { commandGroup } from '../../command-group.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { contextCommands } from './contexts.ts';
import { elementCommands } from './elements.ts';
import { propertyCommands } from './properties.ts';
import { view } from './view.ts';

/** kubectl/pkg/cmd/config. */
export const configCommands: readonly KubectlCommand[] = [
  commandGroup('config', [
    'current-context',
    'delete-cluster',
    'delete-context',
    'delete-user',
    'get-clusters',
    'get-contexts',
    'get-users',
    'rename-context',
    'set',
    'set-cluster',
    'set-context',
    'set-credentials',
    'unset',
    'use-context',
    'view',
  ]),
  ...contextCommands,
  ...elementCommands,
  ...propertyCommands,
  view,
];
