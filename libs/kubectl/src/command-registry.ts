import { apply } from './commands/apply.ts';
import { attach } from './commands/attach.ts';
import { autoscale } from './commands/autoscale.ts';
import { createCommands } from './commands/create/create-commands.ts';
import { deleteCommand } from './commands/delete.ts';
import { describe } from './commands/describe.ts';
import { exec } from './commands/exec.ts';
import { expose } from './commands/expose.ts';
import { get } from './commands/get/get.ts';
import { annotate, label } from './commands/label.ts';
import { logs } from './commands/logs.ts';
import { patch } from './commands/patch.ts';
import { portForward } from './commands/port-forward.ts';
import { rolloutCommands } from './commands/rollout/rollout-commands.ts';
import { run } from './commands/run/run.ts';
import { scale } from './commands/scale.ts';
import { setCommands } from './commands/set/set-commands.ts';
import { wait } from './commands/wait/wait.ts';
import type { KubectlCommand } from './invocation.ts';

/** Every command that is modelled, in the order of their names. */
const commands: readonly KubectlCommand[] = [
  annotate,
  apply,
  attach,
  autoscale,
  ...createCommands,
  deleteCommand,
  describe,
  exec,
  expose,
  get,
  label,
  logs,
  patch,
  portForward,
  ...rolloutCommands,
  run,
  scale,
  ...setCommands,
  wait,
];

/** By name and alias: "create service clusterip". */
export const commandsByName: ReadonlyMap<string, KubectlCommand> = byName(commands);

function byName(listed: readonly KubectlCommand[]): ReadonlyMap<string, KubectlCommand> {
  const known = new Map<string, KubectlCommand>();
  for (const command of listed)
    for (const name of [command.name, ...(command.aliases ?? [])]) {
      if (known.has(name)) throw new Error(`kubectl ${name} is there twice`);
      known.set(name, command);
    }
  return known;
}
