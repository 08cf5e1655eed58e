import type { Container, Probe } from '@kubedrill/kube-model';
import type { Instant } from '../engine/time.ts';
import type { Running } from './pod-runtime.ts';
import { look, type ProbeProgress } from './probe-schedule.ts';

export interface Probing {
  readonly now: Instant;
  /** What a probe of the running container finds now. */
  readonly answers: (probe: Probe, state: Running) => boolean;
  readonly wake: (at: Instant) => void;
}

/** All probes of a running container. Readiness and liveness are not probed before it has started up. */
export function probed(container: Container, state: Running, probing: Probing): Running {
  const { startupProbe, readinessProbe, livenessProbe } = container;
  const startup = progress(startupProbe, state, state.startup, probing);
  if (startup && startup.result !== true) return { ...state, startup };
  const readiness = progress(readinessProbe, state, state.readiness, probing);
  const liveness = progress(livenessProbe, state, state.liveness, probing);
  return { ...state, ...(startup && { startup }), ...(readiness && { readiness }), ...(liveness && { liveness }) };
}

/** Of a container that is being stopped only the readiness counts on (prober manager StopLivenessAndStartup). */
export function probedForReadiness(container: Container, state: Running, probing: Probing): Running {
  if (state.startup && state.startup.result !== true) return state;
  const readiness = progress(container.readinessProbe, state, state.readiness, probing);
  return readiness ? { ...state, readiness } : state;
}

function progress(
  probe: Probe | undefined,
  state: Running,
  before: ProbeProgress | undefined,
  { now, answers, wake }: Probing,
): ProbeProgress | undefined {
  if (!probe || !before) return undefined;
  // A container that has started up once is not asked again.
  if (before === state.startup && before.result === true) return before;
  const outlook = look(probe, state.startedAt, before, answers(probe, state), now);
  if (outlook.changesAt !== undefined) wake(outlook.changesAt);
  return outlook.progress;
}

export function sameProgress(left: Running, right: Running): boolean {
  return (['startup', 'readiness', 'liveness'] as const).every((kind) => {
    const [a, b] = [left[kind], right[kind]];
    return a === b || (a?.result === b?.result && a?.answer === b?.answer && a?.since === b?.since);
  });
}
