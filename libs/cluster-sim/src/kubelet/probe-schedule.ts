import type { Probe } from '@kubedrill/kube-model';
import type { Duration, Instant } from '../engine/time.ts';

/** Where a probe stands: the kubelet's verdict, and the answer that it gets at present. */
export interface ProbeProgress {
  /** Undefined: it has not counted yet (startup). */
  readonly result: boolean | undefined;
  readonly answer: boolean;
  /** From when on the container answers so. */
  readonly since: Instant;
}

export interface ProbeOutlook {
  readonly progress: ProbeProgress;
  /** When the verdict changes if the answer stays as it is; undefined: it stays. */
  readonly changesAt: Instant | undefined;
}

/**
 * pkg/kubelet/prober/worker.go without ticking: probes go out every period from the start of the container on, count from the
 * initial delay on, and change the verdict after as many equal answers in a row as the threshold says.
 */
export function look(
  probe: Probe,
  startedAt: Instant,
  before: ProbeProgress,
  answer: boolean,
  now: Instant,
): ProbeOutlook {
  const since = before.answer === answer ? before.since : now;
  if (before.result === answer) return { progress: { result: answer, answer, since }, changesAt: undefined };
  const changesAt = changeTime(probe, startedAt, since, answer);
  if (changesAt > now) return { progress: { result: before.result, answer, since }, changesAt };
  return { progress: { result: answer, answer, since }, changesAt: undefined };
}

function changeTime(probe: Probe, startedAt: Instant, since: Instant, answer: boolean): Instant {
  const { successThreshold = 1, failureThreshold = 3 } = probe;
  return firstProbe(probe, startedAt, since) + ((answer ? successThreshold : failureThreshold) - 1) * periodOf(probe);
}

/** The first one that goes out from that moment on. */
export function firstProbe(probe: Probe, startedAt: Instant, since: Instant): Instant {
  const period = periodOf(probe);
  const earliest = Math.max(since, startedAt + (probe.initialDelaySeconds ?? 0) * 1000);
  return startedAt + Math.ceil((earliest - startedAt) / period) * period;
}

export function periodOf({ periodSeconds = 10 }: Probe): Duration {
  return Math.max(1, periodSeconds) * 1000;
}
