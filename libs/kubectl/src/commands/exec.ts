import { containerNames, defaultContainer, defaultedNotice, execFailureText } from '@kubedrill/cluster-sim';
import type { Pod } from '@kubedrill/kube-model';
import { attachablePod, namedTarget } from '../attachable-pod.ts';
import { faultText } from '../fault.ts';
import type { FlagSet } from '../flags.ts';
import { durationOf } from '../go-duration.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError, usageError } from '../invocation.ts';
import { noTerminal, runSession } from '../remote-session.ts';

/** What all that speak with a process take. */
export const sessionFlags: FlagSet = {
  container: { short: 'c', value: 'required' },
  'pod-running-timeout': { value: 'required', type: 'duration' },
  quiet: { short: 'q', value: 'none' },
  stdin: { short: 'i', value: 'none' },
  tty: { short: 't', value: 'none' },
};

/** kubectl/pkg/cmd/exec/exec.go. */
export const exec: KubectlCommand = {
  name: 'exec',
  flags: { ...sessionFlags, filename: { short: 'f', value: 'required' } },
  run(invocation) {
    const { afterDash, flags, operands } = invocation;
    const isFromFile = flags.has('filename');
    if (afterDash === undefined && operands.length > (isFromFile ? 0 : 1))
      throw usageError('exec', 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
    if (operands.length === 0 && !isFromFile)
      throw new CommandError('error: pod, type/name or --filename must be specified');
    if (afterDash === undefined || afterDash.length === 0)
      throw new CommandError('error: you must specify at least one command for the container');
    const pod = runningPod(invocation, operands.slice(0, 1));
    const { phase } = pod.status;
    if (phase === 'Succeeded' || phase === 'Failed')
      throw new CommandError(`error: cannot exec into a container in a completed pod; current phase is ${phase}`);
    execute(invocation, pod, chosenContainer(invocation, pod), afterDash);
  },
};

export function runningPod(invocation: Invocation, words: readonly string[]): Pod {
  const timeout = invocation.flags.text('pod-running-timeout');
  const target = namedTarget(invocation, words);
  const pod =
    timeout === '' ? attachablePod(invocation, target) : attachablePod(invocation, target, durationOf(timeout));
  if (pod.kind !== 'Pod') throw new CommandError(faultText(pod));
  return pod;
}

/** podcmd.FindOrDefaultContainerByName. */
export function chosenContainer({ console, flags }: Invocation, pod: Pod): string {
  const asked = flags.text('container');
  const { containers, initContainers = [] } = pod.spec;
  const chosen = asked === '' ? (defaultContainer(pod) ?? '') : asked;
  if (asked === '' && !flags.isTrue('quiet')) console.stderr += defaultedNotice(pod, chosen);
  if (![...initContainers, ...containers].some(({ name }) => name === chosen))
    throw new CommandError(
      `error: container ${chosen} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`,
    );
  return chosen;
}

function execute(invocation: Invocation, pod: Pod, container: string, argv: readonly string[]): void {
  const { cluster, console, flags } = invocation;
  const stdin = flags.isTrue('stdin');
  if (stdin && flags.isTrue('tty') && !flags.isTrue('quiet')) console.note(noTerminal);
  const { namespace = '', name } = pod.metadata;
  const opened = cluster.openExec({ namespace, pod: name, container }, argv, { stdin, tty: false });
  if (!opened.ok) throw new CommandError(`error: Internal error occurred: ${execFailureText(opened.message, argv)}`);
  const code = runSession(invocation, opened, stdin);
  if (code !== undefined && code !== 0) console.fail(`command terminated with exit code ${code}`, code);
}
