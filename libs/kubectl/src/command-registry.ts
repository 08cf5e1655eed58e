import { absentCommands } from './commands/absent.ts';
import { applyCommands } from './commands/apply/apply-commands.ts';
import { attach } from './commands/attach.ts';
import { autoscale } from './commands/autoscale.ts';
import { cordon, uncordon } from './commands/cordon.ts';
import { createCommands } from './commands/create/create-commands.ts';
import { deleteCommand } from './commands/delete.ts';
import { describe } from './commands/describe.ts';
import { diff } from './commands/diff.ts';
import { drain } from './commands/drain/drain.ts';
import { edit } from './commands/edit/edit.ts';
import { exec } from './commands/exec.ts';
import { expose } from './commands/expose.ts';
import { get } from './commands/get/get.ts';
import { annotate, label } from './commands/label.ts';
import { logs } from './commands/logs/logs.ts';
import { patch } from './commands/patch.ts';
import { portForward } from './commands/port-forward.ts';
import { replace } from './commands/replace.ts';
import { rolloutCommands } from './commands/rollout/rollout-commands.ts';
import { run } from './commands/run/run.ts';
import { scale } from './commands/scale.ts';
import { setCommands } from './commands/set/set-commands.ts';
import { taint } from './commands/taint/taint.ts';
import { wait } from './commands/wait/wait.ts';
import { apiResources, apiVersions } from './commands/api-resources.ts';
import { authCommands } from './commands/auth/auth-commands.ts';
import { clusterInfo } from './commands/cluster-info.ts';
import { clusterInfoDump } from './commands/cluster-info-dump.ts';
import { configCommands } from './commands/config/config-commands.ts';
import { events } from './commands/events.ts';
import { explain } from './commands/explain/explain.ts';
import { options } from './commands/options.ts';
import { topCommands } from './commands/top.ts';
import { version } from './commands/version.ts';
import type { KubectlCommand } from './invocation.ts';

/** Every command that is modelled, in the order of their names. */
const commands: readonly KubectlCommand[] = [
  ...absentCommands,
  apiResources,
  apiVersions,
  ...authCommands,
  clusterInfo,
  clusterInfoDump,
  ...configCommands,
  events,
  explain,
  options,
  ...topCommands,
  version,
  annotate,
  ...applyCommands,
  attach,
  autoscale,
  cordon,
  ...createCommands,
  deleteCommand,
  describe,
  diff,
  drain,
  edit,
  exec,
  expose,
  get,
  label,
  logs,
  patch,
  portForward,
  replace,
  ...rolloutCommands,
  run,
  scale,
  ...setCommands,
  taint,
  uncordon,
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
