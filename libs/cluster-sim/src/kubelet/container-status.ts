import type { Container, ContainerState, ContainerStatus, Pod } from '@kubedrill/kube-model';
import { formatTime } from '../engine/time.ts';
import { findImage } from '../images/catalogue.ts';
import { sha256 } from '../proxy/sha256.ts';
import type { ContainerRole } from './container-role.ts';
import { hasSucceeded, isStarted } from './pod-phase.ts';
import type { ContainerRuntime, ContainerRunState, Terminated } from './pod-runtime.ts';

/** What a container reports before it has been made: the reason differs while init containers run. */
export type BeforeStart = 'ContainerCreating' | 'PodInitializing';

/** One entry of status.containerStatuses: pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses. */
export function containerStatus(
  pod: Pod,
  container: Container,
  role: ContainerRole,
  runtime: ContainerRuntime | undefined,
  isReady: boolean,
  before: BeforeStart,
): ContainerStatus {
  const { name, image } = container;
  if (!runtime) {
    return {
      name,
      state: { waiting: { reason: before } },
      lastState: {},
      ready: false,
      restartCount: 0,
      image,
      imageID: '',
      ...(role === 'ephemeral' ? {} : { started: false }),
    };
  }
  const { last, restarts } = runtime;
  const state = reported(runtime.state, before);
  const containerID = idOf(pod, container, state, restarts);
  const wasMade = state.kind !== 'waiting' || last !== undefined;
  return {
    name,
    state: shownState(state, containerID),
    lastState: last ? { terminated: shownEnd(last, idOf(pod, container, last, restarts - 1)) } : {},
    ready: readiness(role, runtime, isReady),
    restartCount: restarts,
    image: wasMade ? shownImage(image) : image,
    imageID: wasMade ? imageId(image) : '',
    ...(wasMade ? { containerID } : {}),
    ...(role === 'ephemeral' ? {} : { started: isStarted(runtime) }),
    ...(role === 'ephemeral' || !container.resources ? undefined : resourcesOf(container.resources)),
  };
}

/** What the container has, which is at once what it asks for: resizing takes no time. Nothing of those that ask for nothing. */
function resourcesOf(resources: NonNullable<Container['resources']>): Partial<ContainerStatus> {
  const { requests, limits } = resources;
  if (Object.keys(requests ?? {}).length + Object.keys(limits ?? {}).length === 0) return {};
  return { ...(requests && { allocatedResources: requests }), resources };
}

/** prober_manager.go UpdatePodStatus, which looks at no ephemeral container. */
function readiness(role: ContainerRole, runtime: ContainerRuntime, isReady: boolean): boolean {
  if (role === 'ephemeral') return false;
  return role === 'init' ? hasSucceeded(runtime) : isReady;
}

/** The kubelet reports a container after its postStart hook. */
function reported(state: ContainerRunState, before: BeforeStart): ContainerRunState {
  return state.kind === 'running' && state.postStart ? { kind: 'waiting', reason: before } : state;
}

function shownState(state: ContainerRunState, containerID: string): ContainerState {
  switch (state.kind) {
    case 'waiting': {
      const { reason, message } = state;
      return { waiting: { reason, ...(message === undefined ? {} : { message }) } };
    }
    case 'running':
      return { running: { startedAt: formatTime(state.startedAt) } };
    case 'terminated':
      return { terminated: shownEnd(state, containerID) };
  }
}

function shownEnd(
  { exitCode, reason, message, startedAt, finishedAt }: Terminated,
  containerID: string,
): ContainerState['terminated'] {
  return {
    exitCode,
    reason,
    ...(message === undefined ? {} : { message }),
    startedAt: formatTime(startedAt),
    finishedAt: formatTime(finishedAt),
    ...{ containerID },
  };
}

function shownImage(image: string): string {
  const found = findImage(image);
  return 'canonicalName' in found ? found.canonicalName : image;
}

const imageIds = new Map<string, string>();
const maxImageIds = 1_000;

/** A digest that follows from the name, as the simulation has no layers to hash. */
function imageId(image: string): string {
  const known = imageIds.get(image);
  if (known !== undefined) return known;
  const name = shownImage(image);
  const colon = name.lastIndexOf(':');
  const repository = colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
  const digest = [...sha256(name)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const id = name.includes('@') ? name : `${repository}@sha256:${digest}`;
  if (imageIds.size >= maxImageIds) imageIds.clear();
  imageIds.set(image, id);
  return id;
}

/** 64 hexadecimal digits that differ for each run of each container. */
function idOf({ metadata }: Pod, { name }: Container, state: ContainerRunState, restarts: number): string {
  const text = `${metadata.uid}/${name}/${restarts}/${state.kind === 'waiting' ? '' : state.startedAt}`;
  let id = '';
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  for (let word = 0; word < 8; word += 1) {
    hash = Math.imul(hash ^ (hash >>> 15) ^ word, 0x2c1b3c6d);
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
    id += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return `containerd://${id}`;
}
