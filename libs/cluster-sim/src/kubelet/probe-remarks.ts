import type { Container, Pod, Probe } from '@kubedrill/kube-model';
import type { Duration, Instant } from '../engine/time.ts';
import { openSockets, runningContainers } from './open-sockets.ts';
import type { PodRuntime, Running } from './pod-runtime.ts';
import { probeFailure, type ExecOutput } from './probe-failure.ts';
import { firstProbe, periodOf } from './probe-schedule.ts';
import type { StartSurroundings } from './container-start.ts';

/** pkg/kubelet/prober/prober.go: each probe that fails is an Event. */

export const probeKinds = ['startup', 'readiness', 'liveness'] as const;
type ProbeKind = (typeof probeKinds)[number];

const titles: Readonly<Record<ProbeKind, string>> = {
  startup: 'Startup',
  readiness: 'Readiness',
  liveness: 'Liveness',
};

export interface ProbeScene {
  readonly pod: Pod;
  readonly container: Container;
  readonly runtime: PodRuntime;
  readonly now: Instant;
  readonly processOverride: StartSurroundings['processOverride'];
  /** What the command of an exec probe has said. */
  readonly outputOf: (container: Container, probe: Probe) => ExecOutput | undefined;
}

export interface FailingProbe {
  readonly kind: ProbeKind;
  /** Of this run: what fails anew is another one. */
  readonly first: Instant;
  readonly period: Duration;
  readonly message: () => string;
}

/** Those of the running container that get no good answer at present. */
export function failingProbes(scene: ProbeScene, state: Running): readonly FailingProbe[] {
  return probeKinds.flatMap((kind): readonly FailingProbe[] => {
    const [probe, progress] = [scene.container[`${kind}Probe`], state[kind]];
    if (!probe || !progress || progress.answer || !isProbed(kind, state)) return [];
    return [
      {
        kind,
        first: firstProbe(probe, state.startedAt, progress.since),
        period: periodOf(probe),
        message: messageOf(scene, kind, probe, state),
      },
    ];
  });
}

const noProbes: readonly Probe[] = [];

/** Exec probes among them. */
export function failingCommands(container: Container, state: Running): readonly Probe[] {
  const { startupProbe, readinessProbe, livenessProbe } = container;
  if (!startupProbe?.exec && !readinessProbe?.exec && !livenessProbe?.exec) return noProbes;
  return probeKinds.flatMap((kind) => {
    const [probe, progress] = [container[`${kind}Probe`], state[kind]];
    return probe?.exec && progress && !progress.answer ? [probe] : [];
  });
}

/** The failure with which a probe's threshold was reached: the probe waits for another container then (worker.go onHold). */
export function fatalFailure(scene: ProbeScene, state: Running): (() => string) | undefined {
  const kind = (['startup', 'liveness'] as const).find((one) => state[one]?.result === false);
  const probe = kind && scene.container[`${kind}Probe`];
  return probe && messageOf(scene, kind, probe, state);
}

/** The startup probe has the container to itself; what is being stopped is probed for readiness only. */
function isProbed(kind: ProbeKind, { startup, stop, postStart }: Running): boolean {
  if (postStart) return false;
  const hasStarted = startup === undefined || startup.result === true;
  return kind === 'readiness' ? hasStarted : !stop && hasStarted === (kind === 'liveness');
}

function messageOf(scene: ProbeScene, kind: ProbeKind, probe: Probe, state: Running): () => string {
  return () => `${titles[kind]} probe ${failureOf(scene, probe, state)}`;
}

function failureOf(
  { pod, container, runtime, now, processOverride, outputOf }: ProbeScene,
  probe: Probe,
  state: Running,
): string {
  const others = runningContainers(runtime.containers).filter(({ name }) => name !== container.name);
  const sockets = openSockets(pod, [{ name: container.name, state }, ...others], processOverride, now);
  return probeFailure(probe, container, {
    now,
    address: runtime.address ?? '',
    listeners: sockets.map(({ listener }) => listener),
    output: outputOf(container, probe),
  });
}
