import type { Pod } from '@kubedrill/kube-model';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { noTerminal, runSession } from '../remote-session.ts';
import { chosenContainer, runningPod, sessionFlags } from './exec.ts';

/** kubectl/pkg/cmd/attach/attach.go. */
export const attach: KubectlCommand = {
  name: 'attach',
  flags: { ...sessionFlags, 'detach-keys': { value: 'required' } },
  run(invocation) {
    const { operands } = invocation;
    if (operands.length === 0) throw new CommandError('error: at least 1 argument is required for attach');
    if (operands.length > 2)
      throw new CommandError(
        `error: expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${operands.length}: [${operands.join(' ')}]`,
      );
    const pod = runningPod(invocation, operands);
    const { phase } = pod.status;
    if (phase === 'Succeeded' || phase === 'Failed')
      throw new CommandError(`error: cannot attach a container in a completed pod; current phase is ${phase}`);
    attachTo(invocation, pod);
  },
};

/** Joins the process of the Pod's container until it ends. */
export function attachTo(invocation: Invocation, pod: Pod): void {
  const { cluster, console, flags } = invocation;
  const container = chosenContainer(invocation, pod);
  const isQuiet = flags.isTrue('quiet');
  const hasTerminal = pod.spec.containers.find(({ name }) => name === container)?.tty === true;
  if (flags.isTrue('tty') && !hasTerminal && !isQuiet)
    console.note(`error: Unable to use a TTY - container ${container} did not allocate one`);
  const stdin = flags.isTrue('stdin');
  if (stdin && hasTerminal && !isQuiet) console.note(noTerminal);
  if (!isQuiet) {
    console.note(
      'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.',
    );
    console.note("If you don't see a command prompt, try pressing enter.");
  }
  const { namespace = '', name } = pod.metadata;
  const opened = cluster.attach({ namespace, pod: name, container }, { stdin, tty: false });
  if (!opened.ok) throw new CommandError(`error: Internal error occurred: ${opened.message}`);
  runSession(invocation, opened, stdin);
}
