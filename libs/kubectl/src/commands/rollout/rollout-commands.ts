import { commandGroup } from '../../command-group.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { rolloutHistory } from './history.ts';
import { rolloutPause, rolloutResume } from './pause.ts';
import { rolloutRestart } from './restart.ts';
import { rolloutStatus } from './status.ts';
import { rolloutUndo } from './undo.ts';

export const rolloutCommands: readonly KubectlCommand[] = [
  commandGroup('rollout', { helpOn: 'stdout' }),
  rolloutHistory,
  rolloutPause,
  rolloutRestart,
  rolloutResume,
  rolloutStatus,
  rolloutUndo,
];
