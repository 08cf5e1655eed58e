import type { Probe } from '@kubedrill/kube-model';
import type { Instant } from '../engine/time.ts';

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
  const { initialDelaySeconds = 0, periodSeconds = 10, successThreshold = 1, failureThreshold = 3 } = probe;
  const period = Math.max(1, periodSeconds) * 1000;
  const earliest = Math.max(since, startedAt + initialDelaySeconds * 1000);
  const firstTick = startedAt + Math.ceil((earliest - startedAt) / period) * period;
  return firstTick + ((answer ? successThreshold : failureThreshold) - 1) * period;
}
