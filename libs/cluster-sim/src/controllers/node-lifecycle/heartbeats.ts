import type { Duration, Instant } from '../../engine/time.ts';

/** Since when a node is silent. Nothing is written for a heartbeat that comes: what counts is the last one, and that follows from the time. */
export interface Heartbeats {
  /** Undefined while they come. */
  cutAt(node: string): Instant | undefined;
}

/** A kubelet renews its Lease so often (pkg/kubelet: a quarter of nodeLeaseDurationSeconds, 40). */
const renewal: Duration = 10_000;

/** --node-monitor-period and --node-monitor-grace-period. */
const monitorPeriod: Duration = 5_000;
const monitorGrace: Duration = 50_000;

/** When the controller takes a node that is silent since then for unreachable: at its first look after the grace period. */
export function unreachableFrom(silentSince: Instant): Instant {
  const lastRenewal = Math.floor(silentSince / renewal) * renewal;
  return (Math.floor((lastRenewal + monitorGrace) / monitorPeriod) + 1) * monitorPeriod;
}
