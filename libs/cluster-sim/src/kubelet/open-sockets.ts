import type { Pod } from '@kubedrill/kube-model';
import type { Instant } from '../engine/time.ts';
import type { Listener } from '../images/image-model.ts';
import { containerNamed } from './container-role.ts';
import type { StartSurroundings } from './container-start.ts';
import type { ContainerRuntime, Running } from './pod-runtime.ts';

export interface RunningContainer {
  readonly name: string;
  readonly state: Running;
}

export function runningContainers(containers: ReadonlyMap<string, ContainerRuntime>): readonly RunningContainer[] {
  const running: RunningContainer[] = [];
  for (const [name, { state }] of containers) if (state.kind === 'running') running.push({ name, state });
  return running;
}

/** All sockets that are open in the Pod's network namespace: a process that still starts up has none. */
export function openSockets(
  pod: Pod,
  containers: readonly RunningContainer[],
  processOverride: StartSurroundings['processOverride'],
  now: Instant,
): readonly { readonly container: string; readonly listener: Listener }[] {
  return containers.flatMap(({ name, state }) => {
    const { instance, startedAt } = state;
    const container = processOverride && containerNamed(pod, name);
    const process = (container && processOverride?.(pod, container)) ?? instance?.process;
    if (!process || startedAt + (process.startup ?? 0) > now) return [];
    return process.listeners.map((listener) => ({ container: name, listener }));
  });
}
