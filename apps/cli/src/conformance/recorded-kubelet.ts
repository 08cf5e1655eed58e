import type { ContainerBehaviour, Listener, PodBehaviour, ProcessModel } from '@kubedrill/cluster-sim';
import type { Container, Pod } from '@kubedrill/kube-model';
import { readDuration } from './durations.ts';

/** How long a container runs that is to end by itself. */
const runTime = 300;
const terminationTime = 250;
/** PodScheduled was there when it came, and the others followed as it wrote them. */
const conditionOrder = ['PodScheduled', 'Initialized', 'PodReadyToStartContainers', 'ContainersReady', 'Ready'];

/** The recordings' minimal kubelet: what happens to a Pod is written in its sim/* annotations (FORMAT.md of the API recordings). */
export function recordedBehaviour(pod: Pod): PodBehaviour {
  const annotation = annotationsOf(pod);
  const terminate = annotation('terminate');
  const exitCode = exitCodeOf(pod);
  const behaviour = mainBehaviour(pod, exitCode);
  const initContainers = new Map((pod.spec.initContainers ?? []).map((container) => [container.name, container]));
  return {
    conditionOrder,
    terminateAfter: terminate === undefined ? terminationTime : readDuration(terminate),
    container: ({ name }) => {
      const init = initContainers.get(name);
      if (init) return init.restartPolicy === 'Always' ? { ...ready, ready: isReady(pod, name) } : succeeded;
      return { ...behaviour, ready: behaviour.ready && isReady(pod, name) };
    },
  };
}

const ready: ContainerBehaviour = { ready: true };
const succeeded: ContainerBehaviour = { ready: false, exit: { after: 0, code: 0 } };

function annotationsOf({ metadata }: Pod): (name: string) => string | undefined {
  return (name) => metadata.annotations?.[`sim/${name}`];
}

function mainBehaviour(pod: Pod, exitCode: number | undefined): ContainerBehaviour {
  const annotation = annotationsOf(pod);
  const waiting = annotation('waiting');
  const readyAfter = annotation('ready-after');
  return {
    ready: true,
    ...(readyAfter === undefined ? {} : { readyAfter: readDuration(readyAfter) }),
    ...(waiting === undefined ? {} : { waiting: waitingFor(waiting) }),
    ...(exitCode === undefined ? {} : { exit: { after: runTime, code: exitCode } }),
  };
}

/** A container that crashes again and again has run, which keeps the Pod in phase Running. */
function waitingFor(reason: string): NonNullable<ContainerBehaviour['waiting']> {
  return reason === 'CrashLoopBackOff' ? { reason, lastExitCode: 1 } : { reason };
}

function exitCodeOf(pod: Pod): number | undefined {
  const exit = annotationsOf(pod)('exit');
  if (exit === 'never') return undefined;
  if (exit !== undefined) return Number(exit);
  const isOfJob = pod.metadata.ownerReferences?.some(({ kind, controller }) => kind === 'Job' && controller === true);
  return isOfJob === true ? 0 : undefined;
}

function isReady(pod: Pod, container: string): boolean {
  const annotation = annotationsOf(pod);
  return annotation('ready') !== 'false' && annotation(`ready.${container}`) !== 'false';
}

/** The sockets of sim/listens, all in the Pod's first container; a container that waits or has ended listens on nothing. */
export function recordedProcess(pod: Pod, container: Container): ProcessModel {
  const listens = annotationsOf(pod)('listens');
  if (listens === undefined || pod.spec.containers[0]?.name !== container.name) return { listeners: [] };
  return { listeners: listens.split(',').map((socket) => listenerOf(socket.trim(), pod.metadata.name)) };
}

/** "8080/TCP", "127.0.0.1:8080/TCP". */
function listenerOf(socket: string, answer: string): Listener {
  const match = /^(?:(127\.0\.0\.1|0\.0\.0\.0):)?(\d+)\/(TCP|UDP|SCTP)$/.exec(socket);
  if (!match) throw new Error(`sim/listens: "${socket}" is no socket: write 8080/TCP or 127.0.0.1:8080/TCP`);
  return {
    address: match[1] === '127.0.0.1' ? '127.0.0.1' : '0.0.0.0',
    port: Number(match[2]),
    protocol: match[3] as Listener['protocol'],
    application: { kind: 'raw', answer: () => answer },
  };
}
