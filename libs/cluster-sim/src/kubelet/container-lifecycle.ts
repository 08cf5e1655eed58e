import type { Container, Pod, Probe } from '@kubedrill/kube-model';
import type { Duration, Instant } from '../engine/time.ts';
import { nextBackOff, restartTime } from './back-off.ts';
import { probed, probedForReadiness, sameProgress, type Probing } from './container-probes.ts';
import type { ContainerRole } from './container-role.ts';
import { addressAwaited, running, startContainer, startErrorShows, type StartSurroundings } from './container-start.ts';
import { graceOf, reactionIn, stopOf } from './container-stop.ts';
import { afterFailedPull, failedAgain } from './image-pull.ts';
import type { HookResult } from './lifecycle-hook.ts';
import type { ContainerBehaviour } from './pod-behaviour.ts';
import type {
  ContainerRunState,
  ContainerRuntime,
  PullAttempts,
  Running,
  Stop,
  Terminated,
  Waiting,
} from './pod-runtime.ts';
import { restarts, restartsAfterKill } from './restart-policy.ts';

/** A container may start, end and start again at one moment, but not without end. */
const maxTurns = 8;

export interface LifecycleSurroundings extends StartSurroundings {
  readonly behaviour: ContainerBehaviour | undefined;
  /** What a probe of the running container finds now. */
  answers(probe: Probe, state: Running): boolean;
  /** Runs the hook of the container, if it has one. */
  runHook(hook: 'postStart' | 'preStop', state: Running): HookResult | undefined;
}

/** What a container waits for that was made and could not be started. */
const startErrors: ReadonlySet<string> = new Set(['RunContainerError', 'PostStartHookError']);

type Held = NonNullable<ContainerBehaviour['waiting']>;

/** One container between its start and its last end, at one moment. It notes when it has to be looked at again. */
export class ContainerLifecycle {
  wakeAt: Instant | undefined;
  runtime: ContainerRuntime | undefined;
  private readonly pod: Pod;
  private readonly container: Container;
  private readonly role: ContainerRole;
  private readonly surroundings: LifecycleSurroundings;

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
    this.runtime = runtime;
    return runtime;
  }

  /** Tells it to stop for good, and says when it will have stopped; a stop that is under way is not put off. */
  stop(grace: Duration, turn: Instant): Instant | undefined {
    const { runtime } = this;
    if (runtime?.state.kind !== 'running') return undefined;
    const { state } = runtime;
    const ordered = this.stopOf(state, grace, turn);
    const { at, exitCode } = state.stop && state.stop.at <= ordered.at ? state.stop : ordered;
    this.runtime = { ...runtime, state: { ...state, stop: { at, exitCode, then: 'nothing' } } };
    return at;
  }

  /** Carries a container on that is not started any more. */
  conclude(): ContainerRuntime | undefined {
    const { runtime } = this;
    if (runtime?.state.kind === 'running') this.runtime = this.running(runtime, runtime.state);
    // A deleted Pod's container waits for nothing: it shows how it has ended (ShouldContainerBeRestarted).
    else if (runtime?.state.kind === 'waiting' && runtime.last && this.pod.metadata.deletionTimestamp !== undefined)
      this.runtime = { state: runtime.last, restarts: runtime.restarts };
    return this.runtime;
  }

  private get now(): Instant {
    return this.surroundings.now;
  }

  private start(): ContainerRunState {
    const { behaviour } = this.surroundings;
    // What is dictated besides comes with the first turn.
    if (behaviour) return running(this.now, undefined, this.container);
    const state = startContainer(this.pod, this.container, this.surroundings);
    const hook = state.kind === 'running' ? this.surroundings.runHook('postStart', state) : undefined;
    if (state.kind !== 'running' || !hook) return state;
    const { elapsed, failure } = hook;
    return { ...state, postStart: { until: this.now + elapsed, ...(failure === undefined ? {} : { failure }) } };
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
    return { ...held, restarts: count + 1, last: endOf({ startedAt: this.now }, this.now, lastExitCode) };
  }

  private waiting(runtime: ContainerRuntime, state: Waiting): ContainerRuntime {
    const { reason, image, until, message, pull } = state;
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
    if (reason === addressAwaited) return { ...runtime, state: this.start() };
    if (pull) return { ...runtime, state: afterFailedPull(state, pull, this.now) ?? this.pulledAgain(state, pull) };
    return runtime.last && startErrors.has(reason) ? this.backedOff(runtime, runtime.last) : this.restarted(runtime);
  }

  private pulledAgain(state: Waiting, pull: PullAttempts): ContainerRunState {
    const next = this.start();
    return next.kind === 'waiting' && next.pull ? failedAgain(state, pull, this.now) : next;
  }

  /** With a process that runs in time carried on to the present. */
  private carriedOn(state: Running): Running {
    const { instance } = state;
    const live = instance?.process.live;
    if (!instance || !live || live.home !== this.surroundings.home) return state;
    const process = live.dueAt <= this.now ? live.advance(this.now) : instance.process;
    this.wake(live.dueAt);
    return process === instance.process ? state : { ...state, instance: { ...instance, process } };
  }

  private running(before: ContainerRuntime, stateBefore: Running): ContainerRuntime {
    const state = this.carriedOn(stateBefore);
    const runtime = state === stateBefore ? before : { ...before, state };
    const { instance, startedAt, stop, postStart } = state;
    if (!instance && !stop) return { ...runtime, state: this.start() };
    const { exit, startup = 0 } = instance?.process ?? {};
    this.wake(startedAt + startup);
    const exitAt = exit && startedAt + exit.after;
    if (exitAt !== undefined && exitAt <= Math.min(this.now, stop?.at ?? exitAt)) {
      const ended = endOf(state, exitAt, exit?.code ?? 0, exit?.reason);
      return stop ? this.afterStop(runtime, ended, stop, state) : { ...runtime, state: ended };
    }
    if (exitAt !== undefined) this.wake(exitAt);
    if (stop) return this.stopping(runtime, state, stop);
    if (postStart) return this.hooked(runtime, state, postStart);
    return this.kept(runtime, state);
  }

  /** Running as it should, unless its image has changed or a probe says otherwise. */
  private kept(runtime: ContainerRuntime, state: Running): ContainerRuntime {
    const { startupProbe, livenessProbe } = this.container;
    if (state.instance?.context.container.image !== this.container.image) return this.killed(runtime, state, 'restart');
    if (!state.startup && !state.readiness && !state.liveness) return runtime;
    const after = probed(this.container, state, this.probing());
    if (after.startup?.result === false) return this.killed(runtime, after, 'restart', startupProbe);
    if (after.liveness?.result === false) return this.killed(runtime, after, 'restart', livenessProbe);
    return sameProgress(after, state) ? runtime : { ...runtime, state: after };
  }

  /** The kubelet waits for the postStart hook; one that fails costs the container its life. */
  private hooked(
    runtime: ContainerRuntime,
    state: Running,
    { until, failure }: NonNullable<Running['postStart']>,
  ): ContainerRuntime {
    if (until > this.now) {
      this.wake(until);
      return runtime;
    }
    if (failure !== undefined) return this.killed(runtime, state, 'failStart');
    const { postStart: _done, ...started } = state;
    return { ...runtime, state: started };
  }

  /** A probe's own grace period has precedence over the Pod's, unless the Pod is being deleted (setTerminationGracePeriod). */
  private killed(runtime: ContainerRuntime, state: Running, then: Stop['then'], probe?: Probe): ContainerRuntime {
    const own = this.pod.metadata.deletionTimestamp === undefined ? probe?.terminationGracePeriodSeconds : undefined;
    const grace = own === undefined ? graceOf(this.pod) : own * 1000;
    return { ...runtime, state: { ...state, stop: { ...this.stopOf(state, grace, this.now), then } } };
  }

  private stopOf(state: Running, grace: Duration, turn: Instant): Pick<Stop, 'at' | 'exitCode'> {
    const { pod, container, surroundings, now } = this;
    const hook = state.stop ? 0 : (surroundings.runHook('preStop', state)?.elapsed ?? 0);
    const process = surroundings.processOverride?.(pod, container) ?? state.instance?.process;
    const reaction = reactionIn(pod, process ? process.onStop : { exitCode: 0 });
    return stopOf({ now, grace, hook, turn, reaction });
  }

  private stopping(runtime: ContainerRuntime, state: Running, stop: Stop): ContainerRuntime {
    if (stop.at <= this.now) return this.afterStop(runtime, endOf(state, stop.at, stop.exitCode), stop, state);
    this.wake(stop.at);
    if (state.postStart) return runtime;
    const after = probedForReadiness(this.container, state, this.probing());
    return sameProgress(after, state) ? runtime : { ...runtime, state: after };
  }

  private afterStop(runtime: ContainerRuntime, end: Terminated, { then }: Stop, state: Running): ContainerRuntime {
    if (then === 'failStart') {
      const message = state.postStart?.failure;
      const until = this.now + startErrorShows;
      return { ...runtime, last: end, state: { kind: 'waiting', reason: 'PostStartHookError', message, until } };
    }
    if (then === 'nothing' || !restartsAfterKill(this.pod, this.container, this.role))
      return { ...runtime, state: end };
    const isChanged = state.instance?.context.container.image !== this.container.image;
    const backOff = isChanged ? undefined : runtime.backOff;
    // The back-off looks at the end before this one, which the kubelet has not seen yet (doBackOff).
    const former = runtime.last?.finishedAt;
    if (former !== undefined && restartTime(backOff, former) > this.now) return { ...runtime, state: end };
    const next = former === undefined ? backOff : nextBackOff(backOff, former, this.now);
    return { state: this.start(), last: end, restarts: runtime.restarts + 1, ...(next && { backOff: next }) };
  }

  private terminated(runtime: ContainerRuntime, state: Terminated): ContainerRuntime {
    if (!restarts(this.pod, this.container, this.role, state.exitCode))
      return runtime.state === state ? runtime : { ...runtime, state };
    if (state.reason !== 'StartError') return this.backedOff(runtime, state);
    const until = this.now + startErrorShows;
    const { message } = state;
    return { ...runtime, last: state, state: { kind: 'waiting', reason: 'RunContainerError', message, until } };
  }

  /** doBackOff. */
  private backedOff(runtime: ContainerRuntime, state: Terminated): ContainerRuntime {
    if (!restarts(this.pod, this.container, this.role, state.exitCode)) return { ...runtime, state };
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

  private ended(runtime: ContainerRuntime, state: Running, finishedAt: Instant, exitCode: number): ContainerRuntime {
    if (finishedAt <= this.now) return { ...runtime, state: endOf(state, finishedAt, exitCode) };
    this.wake(finishedAt);
    return runtime;
  }

  private probing(): Probing {
    const { now, surroundings } = this;
    return {
      now,
      answers: (probe, state) => surroundings.answers(probe, state),
      wake: (at) => {
        this.wake(at);
      },
    };
  }

  private wake(at: Instant): void {
    if (at > this.now && at < Infinity && (this.wakeAt === undefined || at < this.wakeAt)) this.wakeAt = at;
  }
}

function endOf(
  { startedAt, instance }: Pick<Running, 'startedAt' | 'instance'>,
  finishedAt: Instant,
  exitCode: number,
  reason = exitCode === 0 ? 'Completed' : 'Error',
): Terminated {
  const logs = instance?.process.logs;
  return { kind: 'terminated', exitCode, reason, startedAt, finishedAt, ...(logs && { logs }) };
}

/** time.Duration's String: "40s", "1m20s", "5m0s". */
function goDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}
