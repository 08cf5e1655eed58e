import type { Pod } from '@kubedrill/kube-model';
import { resources } from '@kubedrill/kube-model';
import { durationOf } from '../../go-duration.ts';
import type { Invocation } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { waitUntil } from '../../object-watch.ts';
import { attachTo } from '../attach.ts';

const standardTimeout = 60_000;

/** kubectl run with --attach or --stdin: joins what has been started, and ends as it does. */
export function attachToRun(invocation: Invocation, name: string, restartPolicy: string): void {
  try {
    follow(invocation, name, restartPolicy);
  } finally {
    if (invocation.flags.isTrue('rm')) removeRun(invocation, name);
  }
}

function follow(invocation: Invocation, name: string, restartPolicy: string): void {
  const { cluster, console, flags, namespace } = invocation;
  const timeout = flags.has('pod-running-timeout') ? durationOf(flags.text('pod-running-timeout')) : standardTimeout;
  const now = (): Pod | undefined => cluster.view.get('Pod', namespace, name);
  const isThere = waitUntil(cluster, cluster.clock.now() + timeout, () => {
    const { phase, conditions = [] } = now()?.status ?? {};
    return (
      isOver(now()) ||
      (phase === 'Running' && conditions.some(({ type, status }) => type === 'Ready' && status === 'True'))
    );
  });
  const pod = now();
  if (!isThere || !pod) throw new CommandError('error: timed out waiting for the condition');
  // What was written before.
  showLogs(invocation, pod);
  if (!isOver(pod)) attachTo(invocation, pod);
  if (console.isEndless || flags.isTrue('leave-stdin-open') || restartPolicy === 'Always') return;
  const ended = waitUntil(cluster, cluster.clock.now() + timeout, () => {
    const phase = now()?.status.phase;
    return phase === 'Succeeded' || (phase === 'Failed' && restartPolicy === 'Never');
  });
  if (!ended) throw new CommandError('error: timed out waiting for the condition');
  reportEnd(invocation, now());
}

function isOver(pod: Pod | undefined): boolean {
  return pod?.status.phase === 'Succeeded' || pod?.status.phase === 'Failed';
}

function showLogs({ cluster, console }: Invocation, { metadata, spec }: Pod): void {
  const { namespace = '', name } = metadata;
  const result = cluster.logs({ namespace, pod: name, container: spec.containers[0]?.name ?? '' });
  if (result.ok) for (const { text } of result.lines) console.print(text);
}

function reportEnd({ console }: Invocation, pod: Pod | undefined): void {
  if (pod?.status.phase !== 'Failed') return;
  const { namespace = '', name } = pod.metadata;
  const terminated = pod.status.containerStatuses?.[0]?.state.terminated;
  if (!terminated || terminated.exitCode === 0)
    throw new CommandError(`error: pod ${namespace}/${name} failed with unknown exit code`);
  const { reason = '', message = '', exitCode } = terminated;
  console.fail(`pod ${namespace}/${name} terminated (${reason})\n${message}`, exitCode);
}

/** --rm. */
function removeRun({ cluster, console, flags, namespace }: Invocation, name: string): void {
  const response = cluster.api.handle({
    verb: 'delete',
    resource: resources.Pod,
    namespace,
    name,
    propagation: 'Background',
  });
  console.warn(response.warnings);
  if (response.ok && !flags.isTrue('quiet'))
    console.print(`pod ${JSON.stringify(name)} deleted from ${namespace} namespace`);
}
