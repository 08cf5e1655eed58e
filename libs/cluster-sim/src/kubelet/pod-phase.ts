import type { Container, Pod, PodPhase } from '@kubedrill/kube-model';
import { restarts, type ContainerRole } from './container-lifecycle.ts';
import type { ContainerRuntime } from './pod-runtime.ts';

export type ContainerRuntimes = ReadonlyMap<string, ContainerRuntime>;

export function roleOf(container: Container, isInit: boolean): ContainerRole {
  if (!isInit) return 'main';
  return container.restartPolicy === 'Always' ? 'sidecar' : 'init';
}

interface Tally {
  running: number;
  waiting: number;
  stopped: number;
  succeeded: number;
  restartable: number;
}

/** pkg/kubelet/kubelet_pods.go getPhase. `isFinal`: ends are dictated, so that no restart follows them. */
export function phaseOf(pod: Pod, runtimes: ContainerRuntimes, isFinal: boolean): PodPhase {
  const { spec, metadata } = pod;
  const init = initialization(pod, runtimes);
  if (init === 'failed') return 'Failed';
  const tally: Tally = { running: 0, waiting: 0, stopped: 0, succeeded: 0, restartable: 0 };
  for (const container of spec.containers) count(tally, pod, runtimes.get(container.name), isFinal);
  if (init === 'pending' || tally.waiting > 0) return 'Pending';
  if (tally.running > 0) return 'Running';
  const isGoing = metadata.deletionTimestamp !== undefined;
  if (tally.restartable > 0 && !isGoing) return 'Running';
  return tally.stopped === tally.succeeded ? 'Succeeded' : 'Failed';
}

function count(tally: Tally, pod: Pod, runtime: ContainerRuntime | undefined, isFinal: boolean): void {
  const state = runtime?.state;
  const ended = state?.kind === 'terminated' ? state : state?.kind === 'waiting' ? runtime?.last : undefined;
  if (state?.kind === 'running') tally.running += 1;
  else if (!ended) tally.waiting += 1;
  else {
    tally.stopped += 1;
    if (state?.kind === 'terminated' && state.exitCode === 0) tally.succeeded += 1;
    const mayRestart = state?.kind === 'waiting' || !isFinal;
    if (mayRestart && restarts(pod, 'main', ended.exitCode)) tally.restartable += 1;
  }
}

function initialization(pod: Pod, runtimes: ContainerRuntimes): 'pending' | 'done' | 'failed' {
  const hasStarted = pod.spec.containers.some(({ name }) => runtimes.has(name));
  let isPending = false;
  for (const container of pod.spec.initContainers ?? []) {
    const role = roleOf(container, true);
    const runtime = runtimes.get(container.name);
    const ended = runtime?.state.kind === 'terminated' ? runtime.state : runtime?.last;
    if (role === 'init' && ended && ended.exitCode !== 0 && !restarts(pod, 'init', ended.exitCode)) return 'failed';
    const isDone = role === 'sidecar' ? hasStarted || isStarted(runtime) : hasSucceeded(runtime);
    if (!isDone) isPending = true;
  }
  return isPending && !hasStarted ? 'pending' : 'done';
}

export function hasSucceeded(runtime: ContainerRuntime | undefined): boolean {
  return runtime?.state.kind === 'terminated' && runtime.state.exitCode === 0;
}

/** A running container counts as started once its startup probe has succeeded. */
export function isStarted(runtime: ContainerRuntime | undefined): boolean {
  const state = runtime?.state;
  return state?.kind === 'running' && (state.startup === undefined || state.startup.result === true);
}
