import type { Container, Pod } from '@kubedrill/kube-model';
import type { Instant } from '../engine/time.ts';
import { initRoleOf } from './container-role.ts';
import type { ContainerRuntime, PodRuntime, Terminated } from './pod-runtime.ts';
import { restarts } from './restart-policy.ts';

/** containerd's status of a container whose end it has not seen. */
const unseenEnd = { exitCode: 255, reason: 'Unknown' } as const;

/**
 * A Pod after its node has been without power: the containers that ran have ended, and it needs a new sandbox. In that, its init
 * containers run once more (computePodActions, purgeInitContainers).
 */
export function afterReboot(pod: Pod, runtime: PodRuntime, now: Instant, sandboxAt: Instant): PodRuntime {
  const { uid, stopsAt } = runtime;
  const { containers: mains, initContainers = [] } = pod.spec;
  const startsAnew = mains.some((container) => restarts(pod, container, 'main', unseenEnd.exitCode));
  const isInit = (container: Container): boolean => startsAnew && initRoleOf(container) === 'init';
  const init = new Set(initContainers.filter(isInit).map(({ name }) => name));
  const containers = new Map<string, ContainerRuntime>();
  for (const [name, container] of runtime.containers) {
    const after = ended(container, now);
    containers.set(name, init.has(name) ? again(after, now) : after);
  }
  const mustInitialize = init.size > 0 && { mustInitialize: true as const };
  return { uid, sandboxAt, containers, ...mustInitialize, ...(stopsAt === undefined ? {} : { stopsAt }) };
}

function ended(container: ContainerRuntime, finishedAt: Instant): ContainerRuntime {
  if (container.state.kind !== 'running') return container;
  const { startedAt, instance } = container.state;
  const logs = instance?.process.logs;
  const state: Terminated = { kind: 'terminated', ...unseenEnd, startedAt, finishedAt, ...(logs && { logs }) };
  return { ...container, state };
}

/** It starts when its turn comes. */
function again(container: ContainerRuntime, now: Instant): ContainerRuntime {
  if (container.state.kind !== 'terminated') return container;
  return { ...container, last: container.state, state: { kind: 'waiting', reason: 'PodInitializing', until: now } };
}
