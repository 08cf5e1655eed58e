import type { Container, Node, Pod, PodStatus, Probe } from '@kubedrill/kube-model';
import { sameValue } from '../controllers/same-value.ts';
import type { Duration, Instant } from '../engine/time.ts';
import type { Listener } from '../images/image-model.ts';
import type { ObjectView } from '../store/object-view.ts';
import { ContainerLifecycle } from './container-lifecycle.ts';
import { internalAddress } from './container-environment.ts';
import type { StartSurroundings } from './container-start.ts';
import type { PodBehaviour } from './pod-behaviour.ts';
import { roleOf } from './container-role.ts';
import { hasInitialized, hasSucceeded, isStarted } from './pod-phase.ts';
import type { ContainerRuntime, PodRuntime, Running } from './pod-runtime.ts';
import { statusOf } from './pod-status.ts';
import { answers } from './probe-answer.ts';
import { lacksVolumeSource } from './volume-files.ts';

/** What the worker of one Pod takes from its kubelet. */
export interface WorkerSurroundings extends Pick<StartSurroundings, 'processOverride' | 'networkOf'> {
  readonly view: ObjectView;
  readonly now: Instant;
  readonly node: Node;
  readonly behaviour: PodBehaviour | undefined;
  readonly services: () => ReadonlyMap<string, string>;
  allocateAddress(): string | undefined;
  exec(pod: Pod, container: Container, argv: readonly string[]): number | undefined;
}

export interface WorkerResult {
  readonly runtime: PodRuntime;
  /** Undefined when the stored status says so already. */
  readonly status: PodStatus | undefined;
  readonly wakeAt: Instant | undefined;
  /** It waits for something that is not there: a ConfigMap. */
  readonly isBlocked: boolean;
  /** To look again at this moment would find the same. */
  readonly isStable: boolean;
}

/** Brings one Pod to the present: pkg/kubelet/kubelet.go SyncPod. */
export class PodWorker {
  private readonly pod: Pod;
  private readonly surroundings: WorkerSurroundings;
  private readonly containers: Map<string, ContainerRuntime>;
  private readonly before: PodRuntime;
  private runtime: PodRuntime;
  private wakeAt: Instant | undefined;
  private isBlocked = false;

  constructor(pod: Pod, runtime: PodRuntime, surroundings: WorkerSurroundings) {
    this.pod = pod;
    this.before = runtime;
    this.runtime = runtime;
    this.surroundings = surroundings;
    this.containers = new Map(runtime.containers);
  }

  sync(): WorkerResult {
    if (this.isUp()) this.advanceContainers();
    const { pod, runtime, surroundings, wakeAt } = this;
    const status = statusOf({
      pod,
      runtime,
      hostAddress: internalAddress(surroundings.node) ?? '',
      now: surroundings.now,
      isFinal: surroundings.behaviour !== undefined,
      isReady: (container) => this.isReady(container),
    });
    return {
      runtime,
      status: sameValue(status, pod.status) ? undefined : status,
      wakeAt,
      isBlocked: this.isBlocked,
      isStable: runtime.containers === this.before.containers || !isInterwoven(pod),
    };
  }

  /** The sandbox stands once its time has come and its volumes can be mounted. */
  private isUp(): boolean {
    const { pod, runtime, surroundings } = this;
    if (runtime.address !== undefined) return true;
    if (surroundings.now < runtime.sandboxAt) {
      this.wakeAt = runtime.sandboxAt;
      return false;
    }
    this.isBlocked = lacksVolumeSource(pod, surroundings.view);
    if (this.isBlocked) return false;
    const address = pod.spec.hostNetwork
      ? internalAddress(surroundings.node)
      : (surroundings.behaviour?.address ?? surroundings.allocateAddress());
    if (address !== undefined) this.runtime = { ...runtime, address };
    return address !== undefined;
  }

  private advanceContainers(): void {
    const { containers, initContainers = [] } = this.pod.spec;
    const before = this.runtime.containers;
    if (hasInitialized(this.pod, before) || this.initialize(initContainers)) {
      for (const container of initContainers) if (roleOf(container, true) === 'sidecar') this.advance(container, true);
      for (const container of containers) this.advance(container, false);
    }
    if (initContainers.length > 0 && this.isOver()) this.stopSidecars(initContainers);
    if (!sameRuntimes(this.containers, before)) this.runtime = { ...this.runtime, containers: this.containers };
  }

  /** Init containers run one after the other; a sidecar lets the next one start once it has started itself. */
  private initialize(initContainers: readonly Container[]): boolean {
    for (const container of initContainers) {
      const runtime = this.advance(container, true);
      const isDone = roleOf(container, true) === 'sidecar' ? isStarted(runtime) : hasSucceeded(runtime);
      if (!isDone) return false;
    }
    return true;
  }

  /** computePodActions KillPod: an init container has failed for good, or no main container runs or will run again. */
  private isOver(): boolean {
    const { containers, initContainers = [] } = this.pod.spec;
    const hasFailed = initContainers.some((container) => {
      const state = this.containers.get(container.name)?.state;
      return roleOf(container, true) === 'init' && state?.kind === 'terminated' && state.exitCode !== 0;
    });
    return hasFailed || containers.every(({ name }) => this.containers.get(name)?.state.kind === 'terminated');
  }

  private stopSidecars(initContainers: readonly Container[]): void {
    for (const container of initContainers) {
      const stopped = this.lifecycleOf(container, true).stop();
      if (stopped) this.containers.set(container.name, stopped);
    }
  }

  private lifecycleOf(container: Container, isInit: boolean): ContainerLifecycle {
    const { pod, surroundings } = this;
    const address = this.runtime.address ?? '';
    return new ContainerLifecycle(pod, container, roleOf(container, isInit), this.containers.get(container.name), {
      ...surroundings,
      address,
      services: surroundings.services,
      behaviour: surroundings.behaviour?.container(container),
      answers: (probe, state) => this.answers(probe, container, state),
    });
  }

  private advance(container: Container, isInit: boolean): ContainerRuntime {
    const lifecycle = this.lifecycleOf(container, isInit);
    const runtime = lifecycle.advance();
    this.containers.set(container.name, runtime);
    if (lifecycle.wakeAt !== undefined) this.wakeAt = Math.min(lifecycle.wakeAt, this.wakeAt ?? lifecycle.wakeAt);
    if (runtime.state.kind === 'waiting' && runtime.state.reason === 'CreateContainerConfigError')
      this.isBlocked = true;
    return runtime;
  }

  private answers(probe: Probe, container: Container, state: Running): boolean {
    const { pod, surroundings } = this;
    const { now, processOverride } = surroundings;
    const own = { name: container.name, state };
    return answers(probe, container, {
      now,
      address: this.runtime.address ?? '',
      listeners: openSockets(pod, [own, ...this.others(container.name)], processOverride, now).map(
        ({ listener }) => listener,
      ),
      exec: (target, argv) => surroundings.exec(pod, target, argv),
    });
  }

  private others(name: string): readonly RunningContainer[] {
    return runningContainers(this.containers).filter((container) => container.name !== name);
  }

  private isReady(container: Container): boolean {
    const runtime = this.containers.get(container.name);
    const state = runtime?.state;
    if (state?.kind !== 'running') return false;
    const dictated = this.surroundings.behaviour?.container(container);
    if (dictated) return dictated.ready && state.startedAt + (dictated.readyAfter ?? 0) <= this.surroundings.now;
    return isStarted(runtime) && (state.readiness === undefined || state.readiness.result === true);
  }
}

/** Whether a container that has just started may change what another one, or its own probe, finds. */
function isInterwoven({ spec }: Pod): boolean {
  if (spec.initContainers?.length) return true;
  return spec.containers.some(
    (container) => container.readinessProbe ?? container.livenessProbe ?? container.startupProbe,
  );
}

function sameRuntimes(
  left: ReadonlyMap<string, ContainerRuntime>,
  right: ReadonlyMap<string, ContainerRuntime>,
): boolean {
  if (left.size !== right.size) return false;
  for (const [name, runtime] of left) if (right.get(name) !== runtime) return false;
  return true;
}

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
    const container = processOverride && containerOf(pod, name);
    const process = (container && processOverride?.(pod, container)) ?? instance?.process;
    if (!process || startedAt + (process.startup ?? 0) > now) return [];
    return process.listeners.map((listener) => ({ container: name, listener }));
  });
}

function containerOf({ spec }: Pod, name: string): Container | undefined {
  const isNamed = (container: Container): boolean => container.name === name;
  return spec.containers.find(isNamed) ?? spec.initContainers?.find(isNamed);
}

/** A process gets that long to react to its signal unless somebody dictates another time. */
const reactionTime: Duration = 250;

/** How long the Pod stays once it is being deleted: preStop hooks, then the signal, cut short by the grace period. */
export function terminationTime({ metadata, spec }: Pod, behaviour: PodBehaviour | undefined): Duration {
  const grace = (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  if (behaviour?.terminateAfter !== undefined) return Math.min(behaviour.terminateAfter, grace);
  const hooks = spec.containers.map(({ lifecycle }) => sleepOf(lifecycle?.['preStop']));
  return Math.min(Math.max(0, ...hooks) + reactionTime, grace);
}

/** The time of a preStop hook: `sleep`, or a command that sleeps. */
function sleepOf(hook: unknown): Duration {
  const { sleep, exec } = (hook ?? {}) as { sleep?: { seconds?: number }; exec?: { command?: readonly string[] } };
  if (sleep) return (sleep.seconds ?? 0) * 1000;
  const slept = /(?:^|[\s;/])sleep\s+(\d+(?:\.\d+)?)/.exec((exec?.command ?? []).join(' '));
  return slept ? Number(slept[1]) * 1000 : 0;
}
