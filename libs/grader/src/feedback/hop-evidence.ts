import type { Evidence, Hop } from '@kubedrill/cluster-sim';

/**
 * The fields that the hops name, from where the flow ended back to where it started. A policy that has let the flow pass has least
 * to do with its end.
 */
export function evidenceOf(hops: readonly Hop[]): readonly Evidence[] {
  const isPassed = (hop: Hop): boolean => hop.kind === 'policy' && hop !== hops.at(-1);
  const backwards = hops.toReversed();
  const inOrder = [...backwards.filter((hop) => !isPassed(hop)), ...backwards.filter(isPassed)];
  return inOrder.flatMap(({ evidence }) => evidence ?? []);
}
