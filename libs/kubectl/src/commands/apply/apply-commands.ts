import type { KubectlCommand } from '../../invocation.ts';
import { apply } from './apply.ts';
import { editLastApplied } from './edit-last-applied.ts';
import { setLastApplied } from './set-last-applied.ts';
import { viewLastApplied } from './view-last-applied.ts';

export const applyCommands: readonly KubectlCommand[] = [apply, editLastApplied, setLastApplied, viewLastApplied];
