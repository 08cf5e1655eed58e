import type { Container, Node, Pod, PodStatus, Probe } from '@kubedrill/kube-model';
import { sameValue } from '../controllers/same-value.ts';
import type { Duration, Instant } from '../engine/time.ts';
import type { Listener } from '../images/image-model.ts';
import type { ObjectView } from '../store/object-view.ts';
import { deadlineExceeded, deadlineOf } from './active-deadline.ts';
import { internalAddress } from './container-environment.ts';
import { ContainerLifecycle } from './container-lifecycle.ts';
import { initRoleOf, type ContainerRole } from './container-role.ts';
import type { StartSurroundings } from './container-start.ts';
import { graceOf } from './container-stop.ts';
import { runHook, type HookResult, type RunCommand } from './lifecycle-hook.ts';
import { openSockets, runningContainers } from './open-sockets.ts';
import type { PodBehaviour } from './pod-behaviour.ts';
import { hasInitialized, hasSucceeded, isStarted } from './pod-phase.ts';
import type { ContainerRuntime, PodRuntime, Running } from './pod-runtime.ts';
import { statusOf, terminatedStatus, type EndOfPod } from './pod-status.ts';
import { answers } from './probe-answer.ts';
import { missingVolumes } from './volume-files.ts';

/** What the worker of one Pod takes from its kubelet. */
export interface WorkerSurroundings extends Pick<
  StartSurroundings,
  'processOverride' | 'networkOf' | 'volumesOf' | 'home'
> {
  readonly view: ObjectView;
  readonly now: Instant;
  readonly node: Node;
  readonly behaviour: PodBehaviour | undefined;
  readonly services: () => ReadonlyMap<string, string>;
  allocateAddress(): string | undefined;
  readonly exec: RunCommand;
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
  /** Something of it runs, and is on its way to an end. */
  readonly isEnding: boolean;
}

/** Brings one Pod to the present: pkg/kubelet/kubelet.go SyncPod and SyncTerminatingPod. */
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
    const { pod, surroundings } = this;
    const deadline = deadlineOf(pod);
    if (deadline !== undefined && deadline <= surroundings.now) return this.end(deadlineExceeded);
    if (this.isUp()) this.advanceContainers();
    if (deadline !== undefined) this.wake(deadline);
    return this.result(undefined);
  }

  /** Stops all containers for good: the Pod is being deleted, or has reached a phase that is final. */
  end(reason?: EndOfPod): WorkerResult {
    this.conclude(graceOf(this.pod));
    return this.result(reason ?? {});
  }

  private result(end: EndOfPod | undefined): WorkerResult {
    const { pod, surroundings, wakeAt } = this;
    if (!sameRuntimes(this.containers, this.before.containers))
      this.runtime = { ...this.runtime, containers: this.containers };
    const { runtime } = this;
    const isEnding = runtime.endsWithin !== undefined && this.hasRunning();
    const sources = {
      pod,
      runtime,
      hostAddress: internalAddress(surroundings.node) ?? '',
      now: surroundings.now,
      isFinal: surroundings.behaviour !== undefined,
      end,
      conditionOrder: surroundings.behaviour?.conditionOrder,
      isReady: (container: Container) => this.isReady(container),
    };
    const status = end && !isEnding ? terminatedStatus(sources) : statusOf(sources);
    return {
      runtime,
      status: sameValue(status, pod.status) ? undefined : status,
      wakeAt,
      isBlocked: this.isBlocked,
      isStable: runtime.containers === this.before.containers || !isInterwoven(pod),
      isEnding,
    };
  }

  /** The sandbox stands once its time has come and its volumes can be mounted. */
  private isUp(): boolean {
    const { pod, runtime, surroundings } = this;
    if (runtime.address !== undefined) return true;
    if (surroundings.now < runtime.sandboxAt) {
      this.wake(runtime.sandboxAt);
      return false;
    }
    this.isBlocked = missingVolumes(pod, surroundings.view).length > 0;
    if (this.isBlocked) return false;
    const address = pod.spec.hostNetwork
      ? internalAddress(surroundings.node)
      : (surroundings.behaviour?.address ?? surroundings.allocateAddress());
    if (address !== undefined) this.runtime = { ...runtime, address };
    return address !== undefined;
  }

  private advanceContainers(): void {
    const { containers, initContainers = [], ephemeralContainers = [] } = this.pod.spec;
    if (this.runtime.endsWithin === undefined) {
      // Whatever has become of the others.
      for (const container of ephemeralContainers) this.advance(container, 'ephemeral');
      if (this.isInitialized() || this.initialize(initContainers)) {
        const { mustInitialize: _done, ...runtime } = this.runtime;
        if (_done) this.runtime = runtime;
        for (const container of initContainers)
          if (initRoleOf(container) === 'sidecar') this.advance(container, 'sidecar');
        for (const container of containers) this.advance(container, 'main');
      }
    }
    if (initContainers.length + ephemeralContainers.length > 0 && this.isOver()) this.conclude(graceOf(this.pod));
  }

  private isInitialized(): boolean {
    return !this.runtime.mustInitialize && hasInitialized(this.pod, this.containers);
  }

  /** Init containers run one after the other; a sidecar lets the next one start once it has started itself. */
  private initialize(initContainers: readonly Container[]): boolean {
    for (const container of initContainers) {
      const role = initRoleOf(container);
      const runtime = this.advance(container, role);
      const isDone = role === 'sidecar' ? isStarted(runtime) : hasSucceeded(runtime);
      if (!isDone) return false;
    }
    return true;
  }

  /** computePodActions KillPod: an init container has failed for good, or no main container runs or will run again. */
  private isOver(): boolean {
    const { containers, initContainers = [] } = this.pod.spec;
    const hasFailed = initContainers.some((container) => {
      const state = this.containers.get(container.name)?.state;
      return initRoleOf(container) === 'init' && state?.kind === 'terminated' && state.exitCode !== 0;
    });
    if (hasFailed || this.runtime.mustInitialize) return hasFailed;
    return containers.every(({ name }) => this.containers.get(name)?.state.kind === 'terminated');
  }

  private conclude(grace: Duration): void {
    const { endsWithin } = this.runtime;
    if (this.hasRunning() && (endsWithin === undefined || grace < endsWithin)) {
      this.runtime = { ...this.runtime, endsWithin: grace };
      this.stopInOrder(grace);
    }
    const { containers, initContainers = [], ephemeralContainers = [] } = this.pod.spec;
    for (const container of containers) this.keep(container, this.lifecycleOf(container, 'main'));
    for (const container of initContainers) this.keep(container, this.lifecycleOf(container, initRoleOf(container)));
    for (const container of ephemeralContainers) this.keep(container, this.lifecycleOf(container, 'ephemeral'));
  }

  /** kuberuntime_termination_order.go: sidecars stop after the main containers, the last one first. */
  private stopInOrder(grace: Duration): void {
    const { containers, initContainers = [], ephemeralContainers = [] } = this.pod.spec;
    let turn = this.surroundings.now;
    for (const container of containers) turn = Math.max(turn, this.stop(container, 'main', grace, 0) ?? turn);
    for (const container of ephemeralContainers) this.stop(container, 'ephemeral', grace, 0);
    for (const container of [...initContainers].reverse()) {
      const role = initRoleOf(container);
      const stopped = this.stop(container, role, grace, role === 'sidecar' ? turn : 0);
      if (role === 'sidecar') turn = Math.max(turn, stopped ?? turn);
    }
  }

  private stop(container: Container, role: ContainerRole, grace: Duration, turn: Instant): Instant | undefined {
    const lifecycle = this.lifecycleOf(container, role);
    const at = lifecycle.stop(grace, turn);
    if (lifecycle.runtime) this.containers.set(container.name, lifecycle.runtime);
    return at;
  }

  private keep(container: Container, lifecycle: ContainerLifecycle): void {
    const runtime = lifecycle.conclude();
    if (runtime) this.containers.set(container.name, runtime);
    this.wake(lifecycle.wakeAt);
  }

  private hasRunning(): boolean {
    for (const { state } of this.containers.values()) if (state.kind === 'running') return true;
    return false;
  }

  private lifecycleOf(container: Container, role: ContainerRole): ContainerLifecycle {
    const { pod, surroundings } = this;
    const address = this.runtime.address ?? '';
    return new ContainerLifecycle(pod, container, role, this.containers.get(container.name), {
      ...surroundings,
      address,
      services: surroundings.services,
      behaviour: surroundings.behaviour?.container(container),
      answers: (probe, state) => this.answers(probe, container, state),
      runHook: (hook, state) => this.runHook(hook, container, state),
    });
  }

  private advance(container: Container, role: ContainerRole): ContainerRuntime {
    const lifecycle = this.lifecycleOf(container, role);
    const runtime = lifecycle.advance();
    this.containers.set(container.name, runtime);
    this.wake(lifecycle.wakeAt);
    if (runtime.state.kind === 'waiting' && runtime.state.reason === 'CreateContainerConfigError')
      this.isBlocked = true;
    return runtime;
  }

  private runHook(hook: 'postStart' | 'preStop', container: Container, state: Running): HookResult | undefined {
    const handler = container.lifecycle?.[hook];
    if (!handler) return undefined;
    const { pod, surroundings } = this;
    return runHook(handler, {
      pod,
      container,
      address: this.runtime.address ?? '',
      listeners: () => this.listenersBeside(container, state),
      run: (argv) => surroundings.exec(pod, container, argv, state.instance),
    });
  }

  private answers(probe: Probe, container: Container, state: Running): boolean {
    const { pod, surroundings } = this;
    return answers(probe, container, {
      now: surroundings.now,
      address: this.runtime.address ?? '',
      listeners: this.listenersBeside(container, state),
      exec: (target, argv) => surroundings.exec(pod, target, argv)?.exitCode,
    });
  }

  /** The Pod's open sockets, with the container in that state. */
  private listenersBeside({ name }: Container, state: Running): readonly Listener[] {
    const { now, processOverride } = this.surroundings;
    const others = runningContainers(this.containers).filter((container) => container.name !== name);
    const sockets = openSockets(this.pod, [{ name, state }, ...others], processOverride, now);
    return sockets.map(({ listener }) => listener);
  }

  private isReady(container: Container): boolean {
    const runtime = this.containers.get(container.name);
    const state = runtime?.state;
    if (state?.kind !== 'running') return false;
    const dictated = this.surroundings.behaviour?.container(container);
    if (dictated) return dictated.ready && state.startedAt + (dictated.readyAfter ?? 0) <= this.surroundings.now;
    return isStarted(runtime) && (state.readiness === undefined || state.readiness.result === true);
  }

  private wake(at: Instant | undefined): void {
    if (at !== undefined && at > this.surroundings.now) this.wakeAt = Math.min(at, this.wakeAt ?? at);
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
