import type { ReplicaSet, ReplicationController } from '@kubedrill/kube-model';
import { hasLabels, matcherOf, type LabelMatcher } from '../label-selector.ts';

/** What keeps a number of equal Pods; the two kinds differ in the form of their selectors. */
export type ReplicatingSet = ReplicaSet | ReplicationController;

export function matcherOfSet(set: ReplicatingSet): LabelMatcher {
  if (set.kind === 'ReplicaSet') return matcherOf(set.spec.selector);
  const { selector } = set.spec;
  return (labels) => hasLabels(labels, selector);
}
