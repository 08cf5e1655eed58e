import type { Hop } from '@kubedrill/cluster-sim';

/** The way of a flow, a line per station; the last is where it ended. */
export function renderHops(hops: readonly Hop[]): readonly string[] {
  return hops.map(({ kind, at, text }, index) => `${String(index + 1).padStart(2)}. ${at} [${kind}] ${text}`);
}
