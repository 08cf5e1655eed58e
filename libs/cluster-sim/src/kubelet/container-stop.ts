import type { Pod } from '@kubedrill/kube-model';
import type { Duration, Instant } from '../engine/time.ts';
import type { StopReaction } from '../exec/program.ts';
import type { Stop } from './pod-runtime.ts';

/** kuberuntime_container.go minimumGracePeriodInSeconds: between the signal and the kill, whatever is left of the grace period. */
const shortestWindow: Duration = 2_000;

/** A process gets that long to react to its signal where its model does not say. */
const reactionTime: Duration = 250;

/** 128 + SIGKILL and 128 + SIGTERM. */
const killedExitCode = 137;
const terminatedExitCode = 143;

export interface StopOrder {
  readonly now: Instant;
  readonly grace: Duration;
  /** How long the preStop hook would take. */
  readonly hook: Duration;
  /** Until when the container waits for others that have to stop first. */
  readonly turn: Instant;
  readonly reaction: StopReaction | undefined;
}

/** kuberuntime_container.go killContainer: hook, turn, signal, kill; each but the last takes whole seconds from the grace period. */
export function stopOf({ now, grace, hook, turn, reaction }: StopOrder): Pick<Stop, 'at' | 'exitCode'> {
  const hookTime = Math.min(hook, grace);
  let signalAt = now + hookTime;
  let left = grace - wholeSeconds(hookTime);
  if (left > 0 && turn > signalAt) {
    const waited = Math.min(turn - signalAt, left);
    signalAt += waited;
    left -= wholeSeconds(waited);
  }
  const killAt = signalAt + Math.max(left, shortestWindow);
  const endsAt = reaction ? signalAt + (reaction.after ?? reactionTime) : killAt;
  return endsAt < killAt
    ? { at: endsAt, exitCode: reaction?.exitCode ?? terminatedExitCode }
    : { at: killAt, exitCode: killedExitCode };
}

function wholeSeconds(duration: Duration): Duration {
  return Math.floor(duration / 1000) * 1000;
}

/** What the signal does: nothing to a process with PID 1 that does not handle it. In a shared namespace it has another number. */
export function reactionIn({ spec }: Pod, onStop: StopReaction | undefined): StopReaction | undefined {
  return onStop ?? (spec.shareProcessNamespace || spec.hostPID ? { exitCode: terminatedExitCode } : undefined);
}

const shortestGrace = 1;
const usualGrace = 30;

/** The Pod's grace period: of its deletion, else of its spec (pod_workers.go calculateEffectiveGracePeriod). */
export function graceOf({ metadata, spec }: Pod): Duration {
  const seconds = metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? usualGrace;
  return Math.max(seconds, shortestGrace) * 1000;
}
