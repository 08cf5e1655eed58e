import type { Container, Pod, Probe } from '@kubedrill/kube-model';
import type { Instant } from '../engine/time.ts';
import { nextBackOff, restartTime } from './back-off.ts';
import type { ContainerRole } from './container-role.ts';
import { pullBackOff, running, startContainer, type StartSurroundings } from './container-start.ts';
import type { ContainerBehaviour } from './pod-behaviour.ts';
import type { ContainerRunState, ContainerRuntime, Running, Terminated, Waiting } from './pod-runtime.ts';
import { look, type ProbeProgress } from './probe-schedule.ts';
import { restarts } from './restart-policy.ts';

/** A container that is told to stop ends by its signal: 128 + SIGTERM. */
const terminatedExitCode = 143;

/** A container may start, end and start again at one moment, but not without end. */
const maxTurns = 8;

export interface LifecycleSurroundings extends StartSurroundings {
  readonly behaviour: ContainerBehaviour | undefined;
  /** What a probe of the running container finds now. */
  answers(probe: Probe, state: Running): boolean;
}

type Held = NonNullable<ContainerBehaviour['waiting']>;

/** One container between its start and its last end, at one moment. It notes when it has to be looked at again. */
export class ContainerLifecycle {
  wakeAt: Instant | undefined;
  private readonly pod: Pod;
  private readonly container: Container;
  private readonly role: ContainerRole;
  private readonly surroundings: LifecycleSurroundings;
  private runtime: ContainerRuntime | undefined;

  constructor(
    pod: Pod,
    container: Container,
    role: ContainerRole,
    before: ContainerRuntime | undefined,
    surroundings: LifecycleSurroundings,
  ) {
    this.pod = pod;
    this.container = container;
    this.role = role;
    this.runtime = before;
    this.surroundings = surroundings;
  }

  /** Carries the container on to the present. */
  advance(): ContainerRuntime {
    let runtime = this.runtime ?? { state: this.start(), restarts: 0 };
    for (let turn = 0; turn < maxTurns; turn += 1) {
      const next = this.turn(runtime);
      if (next === runtime) break;
      runtime = next;
    }
    return runtime;
  }

  /** Ends it for good, because the Pod has come to its end. */
  stop(): ContainerRuntime | undefined {
    const { runtime } = this;
    return runtime?.state.kind === 'running' ? this.stopped(runtime, runtime.state) : runtime;
  }

  private get now(): Instant {
    return this.surroundings.now;
  }

  private start(): ContainerRunState {
    const { behaviour } = this.surroundings;
    if (!behaviour) return startContainer(this.pod, this.container, this.surroundings);
    // What is dictated besides comes with the first turn.
    return running(this.now, undefined, this.container);
  }

  private turn(runtime: ContainerRuntime): ContainerRuntime {
    if (this.surroundings.behaviour) return this.dictated(runtime, this.surroundings.behaviour);
    switch (runtime.state.kind) {
      case 'waiting':
        return this.waiting(runtime, runtime.state);
      case 'running':
        return this.running(runtime, runtime.state);
      case 'terminated':
        return this.terminated(runtime, runtime.state);
    }
  }

  private dictated(runtime: ContainerRuntime, behaviour: ContainerBehaviour): ContainerRuntime {
    const { state } = runtime;
    const { waiting, exit } = behaviour;
    if (state.kind === 'terminated') return runtime;
    if (waiting) return this.held(runtime, waiting);
    if (state.kind === 'waiting') return { ...runtime, state: running(this.now, undefined, this.container) };
    this.wake(state.startedAt + (behaviour.readyAfter ?? 0));
    return exit ? this.ended(runtime, state, state.startedAt + exit.after, exit.code) : runtime;
  }

  /** Held at a reason, perhaps after a run that has ended. */
  private held(runtime: ContainerRuntime, { reason, message, lastExitCode }: Held): ContainerRuntime {
    const { state, restarts: count } = runtime;
    if (state.kind === 'waiting' && state.reason === reason) return runtime;
    const held: ContainerRuntime = { ...runtime, state: { kind: 'waiting', reason, message } };
    if (lastExitCode === undefined) return held;
    const end = { reason: lastExitCode === 0 ? 'Completed' : 'Error', startedAt: this.now, finishedAt: this.now };
    return { ...held, restarts: count + 1, last: { kind: 'terminated', exitCode: lastExitCode, ...end } };
  }

  private waiting(runtime: ContainerRuntime, state: Waiting): ContainerRuntime {
    const { reason, image, until, message } = state;
    if (image !== undefined && image !== this.container.image) return { ...runtime, state: this.start() };
    if (reason === 'CreateContainerConfigError') {
      const retried = this.start();
      return retried.kind === 'waiting' && retried.message === message ? runtime : { ...runtime, state: retried };
    }
    if (until === undefined) return runtime;
    if (until > this.now) {
      this.wake(until);
      return runtime;
    }
    if (reason === 'ErrImagePull') return { ...runtime, state: pullBackOff(this.container.image, message) };
    return this.restarted(runtime);
  }

  private running(runtime: ContainerRuntime, state: Running): ContainerRuntime {
    const { instance, startedAt } = state;
    if (!instance) return { ...runtime, state: this.start() };
    const { exit, startup = 0 } = instance.process;
    this.wake(startedAt + startup);
    if (instance.context.container.image !== this.container.image) return this.stopped(runtime, state);
    if (exit && startedAt + exit.after <= this.now)
      return this.ended(runtime, state, startedAt + exit.after, exit.code, exit.reason);
    const probed = this.probed(state);
    if (probed.startup?.result === false || probed.liveness?.result === false) return this.stopped(runtime, probed);
    if (exit) this.wake(startedAt + exit.after);
    return sameProgress(probed, state) ? runtime : { ...runtime, state: probed };
  }

  private probed(state: Running): Running {
    const { startupProbe, readinessProbe, livenessProbe } = this.container;
    const startup = this.progress(startupProbe, state, state.startup);
    // Readiness and liveness are not probed before the container has started up.
    if (startup && startup.result !== true) return { ...state, startup };
    const readiness = this.progress(readinessProbe, state, state.readiness);
    const liveness = this.progress(livenessProbe, state, state.liveness);
    return { ...state, ...(startup && { startup }), ...(readiness && { readiness }), ...(liveness && { liveness }) };
  }

  private progress(
    probe: Probe | undefined,
    state: Running,
    before: ProbeProgress | undefined,
  ): ProbeProgress | undefined {
    if (!probe || !before) return undefined;
    // A container that has started up once is not asked again.
    if (before === state.startup && before.result === true) return before;
    const { progress, changesAt } = look(
      probe,
      state.startedAt,
      before,
      this.surroundings.answers(probe, state),
      this.now,
    );
    if (changesAt !== undefined) this.wake(changesAt);
    return progress;
  }

  private terminated(runtime: ContainerRuntime, state: Terminated): ContainerRuntime {
    if (!restarts(this.pod, this.container, this.role, state.exitCode)) return runtime;
    const at = restartTime(runtime.backOff, state.finishedAt);
    if (at <= this.now) return this.restarted({ ...runtime, last: state });
    return { ...runtime, last: state, state: this.crashLoop(runtime, at) };
  }

  private crashLoop({ backOff }: ContainerRuntime, until: Instant): Waiting {
    const { namespace = '', name, uid } = this.pod.metadata;
    const pause = goDuration((backOff?.duration ?? 0) / 1000);
    const message = `back-off ${pause} restarting failed container=${this.container.name} pod=${name}_${namespace}(${uid})`;
    return { kind: 'waiting', reason: 'CrashLoopBackOff', message, until };
  }

  private restarted({ restarts: count, last, backOff }: ContainerRuntime): ContainerRuntime {
    return {
      state: this.start(),
      ...(last ? { last } : {}),
      restarts: count + 1,
      backOff: nextBackOff(backOff, last?.finishedAt ?? this.now, this.now),
    };
  }

  private ended(
    runtime: ContainerRuntime,
    { startedAt }: Running,
    finishedAt: Instant,
    exitCode: number,
    reason = exitCode === 0 ? 'Completed' : 'Error',
  ): ContainerRuntime {
    if (finishedAt > this.now) {
      this.wake(finishedAt);
      return runtime;
    }
    return { ...runtime, state: { kind: 'terminated', exitCode, reason, startedAt, finishedAt } };
  }

  private stopped(runtime: ContainerRuntime, { startedAt }: Running): ContainerRuntime {
    const state: Terminated = {
      kind: 'terminated',
      exitCode: terminatedExitCode,
      reason: 'Error',
      startedAt,
      finishedAt: this.now,
    };
    return { ...runtime, state };
  }

  private wake(at: Instant): void {
    if (at > this.now && (this.wakeAt === undefined || at < this.wakeAt)) this.wakeAt = at;
  }
}

function sameProgress(left: Running, right: Running): boolean {
  return (['startup', 'readiness', 'liveness'] as const).every((kind) => {
    const [a, b] = [left[kind], right[kind]];
    return a === b || (a?.result === b?.result && a?.answer === b?.answer && a?.since === b?.since);
  });
}

/** time.Duration's String: "40s", "1m20s", "5m0s". */
function goDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}
