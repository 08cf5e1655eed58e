import type { Instant } from '../engine/time.ts';
import type { ContainerRuntime, PodRuntime, Terminated } from './pod-runtime.ts';

/** containerd's status of a container whose end it has not seen. */
const unseenEnd = { exitCode: 255, reason: 'Unknown' } as const;

/** A Pod after its node has been without power: the containers that ran have ended, and it needs a new sandbox. */
export function afterReboot(runtime: PodRuntime, now: Instant, sandboxAt: Instant): PodRuntime {
  const { uid, stopsAt } = runtime;
  const containers = new Map(
    [...runtime.containers].map(([name, container]) => [name, ended(container, now)] as const),
  );
  return { uid, sandboxAt, containers, ...(stopsAt === undefined ? {} : { stopsAt }) };
}

function ended(container: ContainerRuntime, finishedAt: Instant): ContainerRuntime {
  if (container.state.kind !== 'running') return container;
  const state: Terminated = { kind: 'terminated', ...unseenEnd, startedAt: container.state.startedAt, finishedAt };
  return { ...container, state };
}
