import type { Evidence, Hop } from '@kubedrill/cluster-sim';

/** The fields that the hops name, from where the flow ended back to where it started. */
export function evidenceOf(hops: readonly Hop[]): readonly Evidence[] {
  return hops.toReversed().flatMap(({ evidence }) => evidence ?? []);
}
