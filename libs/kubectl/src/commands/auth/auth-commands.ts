import { commandGroup } from '../../command-group.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { canI } from './can-i.ts';
import { reconcile } from './reconcile.ts';
import { whoAmI } from './who-am-i.ts';

/** kubectl/pkg/cmd/auth. */
export const authCommands: readonly KubectlCommand[] = [commandGroup('auth'), canI, reconcile, whoAmI];
