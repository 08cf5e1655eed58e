import type { Deployment, PodTemplateSpec, ReplicaSet } from '@kubedrill/kube-model';
import { labelOf } from '../label-selector.ts';
import { without } from '../string-map.ts';
import { sameValue } from '../same-value.ts';
import { scaledValue } from '../scaled-value.ts';

/** pkg/controller/deployment/util/deployment_util.go: questions about the ReplicaSets of a Deployment. */

export const hashLabel = 'pod-template-hash';

export function sumOf(sets: readonly ReplicaSet[], count: (set: ReplicaSet) => number | undefined): number {
  return sets.reduce((sum, set) => sum + (count(set) ?? 0), 0);
}

export function active(sets: readonly ReplicaSet[]): readonly ReplicaSet[] {
  return sets.filter((set) => set.spec.replicas > 0);
}

/** ReplicaSetsByCreationTimestamp. */
export function byCreation(left: ReplicaSet, right: ReplicaSet): number {
  const [first, second] = [left.metadata, right.metadata];
  if (first.creationTimestamp !== second.creationTimestamp)
    return first.creationTimestamp < second.creationTimestamp ? -1 : 1;
  return first.name < second.name ? -1 : 1;
}

/** ReplicaSetsBySizeNewer and ReplicaSetsBySizeOlder: the largest first, ties by age. */
export function bySize(ties: 'newerFirst' | 'olderFirst') {
  return (left: ReplicaSet, right: ReplicaSet): number =>
    right.spec.replicas - left.spec.replicas ||
    (ties === 'newerFirst' ? byCreation(right, left) : byCreation(left, right));
}

/** EqualIgnoreHash. */
export function sameTemplate(left: PodTemplateSpec, right: PodTemplateSpec): boolean {
  if (!sameValue(left.spec, right.spec)) return false;
  return sameValue(withoutHash(left.metadata), withoutHash(right.metadata));
}

function withoutHash(metadata: PodTemplateSpec['metadata']): unknown {
  const labels = metadata?.labels;
  if (labelOf(labels, hashLabel) === undefined) return metadata ?? {};
  return { ...metadata, labels: without(labels, [hashLabel]) };
}

/** FindNewReplicaSet: the oldest that has the Deployment's template. */
export function findNew(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return sets.toSorted(byCreation).find((set) => sameTemplate(set.spec.template, deployment.spec.template));
}

export function isRollingUpdate({ spec }: Deployment): boolean {
  return spec.strategy.type === 'RollingUpdate';
}

export function maxSurge(deployment: Deployment): number {
  return isRollingUpdate(deployment) ? fenceposts(deployment).surge : 0;
}

export function maxUnavailable(deployment: Deployment): number {
  const { replicas } = deployment.spec;
  if (!isRollingUpdate(deployment) || replicas === 0) return 0;
  return Math.min(fenceposts(deployment).unavailable, replicas);
}

/** ResolveFenceposts: both zero would stand still for ever. */
function fenceposts({ spec }: Deployment): { readonly surge: number; readonly unavailable: number } {
  const { maxSurge = 0, maxUnavailable = 0 } = spec.strategy.rollingUpdate ?? {};
  const surge = scaledValue(maxSurge, spec.replicas, Math.ceil);
  const unavailable = scaledValue(maxUnavailable, spec.replicas, Math.floor);
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable };
}

/** NewRSNewReplicas. */
export function replicasOfNew(deployment: Deployment, all: readonly ReplicaSet[], replicas: number): number {
  const wanted = deployment.spec.replicas;
  if (!isRollingUpdate(deployment)) return wanted;
  const surge = scaledValue(deployment.spec.strategy.rollingUpdate?.maxSurge ?? 0, wanted, Math.ceil);
  const current = sumOf(all, (set) => set.spec.replicas);
  if (current >= wanted + surge) return replicas;
  return replicas + Math.min(wanted + surge - current, wanted - replicas);
}

/** DeploymentComplete. */
export function isComplete(deployment: Deployment, status: Deployment['status']): boolean {
  const { replicas } = deployment.spec;
  return (
    (status.updatedReplicas ?? 0) === replicas &&
    (status.replicas ?? 0) === replicas &&
    (status.availableReplicas ?? 0) === replicas &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}
