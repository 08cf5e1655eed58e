import type { Container, Pod, PodPhase } from '@kubedrill/kube-model';
import { initRoleOf, type ContainerRole } from './container-role.ts';
import type { ContainerRuntime, Terminated } from './pod-runtime.ts';
import { restarts } from './restart-policy.ts';

export type ContainerRuntimes = ReadonlyMap<string, ContainerRuntime>;

export interface PhaseSources {
  readonly pod: Pod;
  readonly runtimes: ContainerRuntimes;
  /** Ends are dictated, so that no restart follows them. */
  readonly isFinal: boolean;
  /** All containers have been stopped for good: no policy counts any more. */
  readonly isTerminal: boolean;
}

/** What getPhase counts; "unknown" does not occur, as every container has a status. */
interface Tally {
  pendingInit: number;
  pendingSidecars: number;
  running: number;
  waiting: number;
  stopped: number;
  succeeded: number;
  restartable: number;
}

/** pkg/kubelet/kubelet_pods.go getPhase. */
export function phaseOf(sources: PhaseSources): PodPhase {
  const { pod, runtimes, isTerminal } = sources;
  const tally = {
    pendingInit: 0,
    pendingSidecars: 0,
    running: 0,
    waiting: 0,
    stopped: 0,
    succeeded: 0,
    restartable: 0,
  };
  for (const container of pod.spec.initContainers ?? []) {
    if (initRoleOf(container) === 'sidecar') countSidecar(tally, runtimes.get(container.name));
    else if (hasFailedForGood(sources, container)) return 'Failed';
    else if (isPendingInit(runtimes.get(container.name))) tally.pendingInit += 1;
  }
  for (const container of pod.spec.containers) countMain(tally, sources, container);
  const isPending = tally.pendingInit > 0 || (tally.pendingSidecars > 0 && !hasInitialized(pod, runtimes));
  if (isPending || tally.waiting > 0) return 'Pending';
  if (tally.running > 0) return 'Running';
  if (tally.restartable > 0 && !isTerminal) return 'Running';
  return tally.stopped === tally.succeeded ? 'Succeeded' : 'Failed';
}

/** As the kubelet reports it: after its postStart hook. */
function isRunning(runtime: ContainerRuntime | undefined): boolean {
  return runtime?.state.kind === 'running' && !runtime.state.postStart;
}

/** How the container ended last: in the present state, or before it waits to start again. */
function endOf(runtime: ContainerRuntime | undefined): Terminated | undefined {
  if (runtime?.state.kind === 'terminated') return runtime.state;
  return isRunning(runtime) ? undefined : runtime?.last;
}

function isRestartable(
  { pod, isFinal }: PhaseSources,
  container: Container,
  role: ContainerRole,
  runtime: ContainerRuntime,
): boolean {
  const isWaiting = runtime.state.kind !== 'terminated';
  const end = endOf(runtime);
  return end !== undefined && (isWaiting || !isFinal) && restarts(pod, container, role, end.exitCode);
}

function hasFailedForGood(sources: PhaseSources, container: Container): boolean {
  const runtime = sources.runtimes.get(container.name);
  const end = endOf(runtime);
  if (!runtime || !end || end.exitCode === 0) return false;
  return !isRestartable(sources, container, 'init', runtime);
}

function isPendingInit(runtime: ContainerRuntime | undefined): boolean {
  return endOf(runtime) === undefined;
}

function countSidecar(tally: Tally, runtime: ContainerRuntime | undefined): void {
  if (isRunning(runtime)) {
    tally.running += 1;
    if (!isStarted(runtime)) tally.pendingSidecars += 1;
  } else if (endOf(runtime) === undefined) {
    tally.waiting += 1;
    tally.pendingSidecars += 1;
  }
}

function countMain(tally: Tally, sources: PhaseSources, container: Container): void {
  const runtime = sources.runtimes.get(container.name);
  if (isRunning(runtime)) tally.running += 1;
  else if (!runtime || !endOf(runtime)) tally.waiting += 1;
  else {
    tally.stopped += 1;
    if (hasSucceeded(runtime)) tally.succeeded += 1;
    if (isRestartable(sources, container, 'main', runtime)) tally.restartable += 1;
  }
}

/** Whether a main container has been made: init containers then have had their turn. */
export function hasInitialized({ spec }: Pod, runtimes: ContainerRuntimes): boolean {
  for (const { name } of spec.containers) {
    const runtime = runtimes.get(name);
    if (runtime && (runtime.state.kind !== 'waiting' || runtime.last)) return true;
  }
  return false;
}

export function hasSucceeded(runtime: ContainerRuntime | undefined): boolean {
  return runtime?.state.kind === 'terminated' && runtime.state.exitCode === 0;
}

/** A running container counts as started once its startup probe has succeeded. */
export function isStarted(runtime: ContainerRuntime | undefined): boolean {
  const state = runtime?.state;
  return (
    state?.kind === 'running' && !state.postStart && (state.startup === undefined || state.startup.result === true)
  );
}
