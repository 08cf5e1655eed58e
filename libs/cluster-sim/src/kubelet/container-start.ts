import type { Container, Pod } from '@kubedrill/kube-model';
import type { ClusterOptions } from '../cluster.ts';
import type { Instant } from '../engine/time.ts';
import { findImage } from '../images/catalogue.ts';
import type { ContainerContext, ProcessModel } from '../images/image-model.ts';
import type { ProcessHome } from '../images/live-process.ts';
import { unknownImage } from '../images/unknown-image.ts';
import type { MountedVolume } from '../exec/file-system.ts';
import type { ProgramNetwork } from '../exec/program.ts';
import type { ObjectView } from '../store/object-view.ts';
import { environmentOf } from './container-environment.ts';
import type { ContainerRunState, Running, Terminated, Waiting } from './pod-runtime.ts';
import { imageProblem } from './image-pull.ts';
import { expand } from './variable-expansion.ts';
import { filesOf } from './volume-files.ts';

/** Why a container waits whose process needs the network before the Pod's address is known. */
export const addressAwaited = 'ContainerCreating';

/** How long the reason of a failed start shows before the next synchronization says something else. */
export const startErrorShows = 1_000;

export interface StartSurroundings {
  readonly view: ObjectView;
  readonly now: Instant;
  readonly address: string;
  readonly services: () => ReadonlyMap<string, string>;
  readonly processOverride: ClusterOptions['processOverride'];
  networkOf(pod: Pod, container: Container, address: string): ProgramNetwork;
  volumesOf(pod: Pod, container: Container): readonly MountedVolume[];
  /** Of a cluster whose processes run in time. */
  readonly home: ProcessHome | undefined;
}

/** Pulls the image, resolves the configuration and starts the process: pkg/kubelet/kuberuntime startContainer. */
export function startContainer(pod: Pod, container: Container, surroundings: StartSurroundings): ContainerRunState {
  const { now, view, address } = surroundings;
  const image = findImage(container.image);
  const override = surroundings.processOverride?.(pod, container);
  const problem = override && image.kind !== 'invalidName' ? undefined : imageProblem(pod, container, image, view, now);
  if (problem) return problem;
  const serviceVariables = surroundings.services();
  const environment = environmentOf(container, { view, pod, address, services: serviceVariables });
  if (!environment.ok) return waiting(container, 'CreateContainerConfigError', environment.message);
  const network = watched(surroundings.networkOf(pod, container, address));
  const model = 'model' in image ? image.model : unknownImage;
  const context: ContainerContext = {
    pod,
    container,
    argv: [...(container.command ?? []), ...(container.args ?? [])].map((word) =>
      expand(word, (name) => own(environment.env, name) ?? serviceVariables.get(name)),
    ),
    env: environment.env,
    serviceVariables,
    hostname: network.hostname,
    startedAt: now,
    files: filesOf(container, pod, view),
    network,
    volumes: surroundings.volumesOf(pod, container),
    ...(surroundings.home ? { home: surroundings.home } : {}),
  };
  const process = override ?? model.start(context);
  // Others know the Pod's address from its status: a process that speaks to them at once starts when it is there.
  if (network.isUsed && !hasAddress(pod, view)) return { kind: 'waiting', reason: addressAwaited, until: now + 1 };
  if (process.exit?.reason === 'StartError') return startError(process, now);
  return running(now, { image: model, context, process }, container);
}

function hasAddress({ metadata }: Pod, view: ObjectView): boolean {
  return view.get('Pod', metadata.namespace ?? '', metadata.name)?.status.podIP !== undefined;
}

/** Notes whether a process has opened a connection. */
function watched(network: ProgramNetwork): ProgramNetwork & { isUsed: boolean } {
  const noted = {
    ...network,
    isUsed: false,
    connect: (probe: Parameters<ProgramNetwork['connect']>[0]) => {
      noted.isUsed = true;
      return network.connect(probe);
    },
  };
  return noted;
}

function own(env: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}

function waiting({ image }: Container, reason: string, message: string): Waiting {
  return { kind: 'waiting', reason, message, image };
}

/** The runtime has made the container and could not start it. */
function startError({ exit }: ProcessModel, now: Instant): Terminated {
  return {
    kind: 'terminated',
    exitCode: exit?.code ?? 128,
    reason: 'StartError',
    ...(exit?.message === undefined ? {} : { message: exit.message }),
    startedAt: 0,
    finishedAt: now,
  };
}

/** Readiness is unknown, which counts as not ready; liveness is taken for granted: pkg/kubelet/prober/worker.go. */
export function running(now: Instant, instance: Running['instance'], container: Container): Running {
  const { startupProbe, readinessProbe, livenessProbe } = container;
  return {
    kind: 'running',
    startedAt: now,
    ...(instance ? { instance } : {}),
    ...(instance && startupProbe ? { startup: { result: undefined, answer: false, since: now } } : {}),
    ...(instance && readinessProbe ? { readiness: { result: false, answer: false, since: now } } : {}),
    ...(instance && livenessProbe ? { liveness: { result: true, answer: true, since: now } } : {}),
  };
}
