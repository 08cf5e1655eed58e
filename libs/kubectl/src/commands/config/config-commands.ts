import { commandGroup } from '../../command-group.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { contextCommands } from './contexts.ts';
import { elementCommands } from './elements.ts';
import { propertyCommands } from './properties.ts';
import { view } from './view.ts';

/** kubectl/pkg/cmd/config. */
export const configCommands: readonly KubectlCommand[] = [
  commandGroup('config'),
  ...contextCommands,
  ...elementCommands,
  ...propertyCommands,
  view,
];
