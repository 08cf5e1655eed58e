import type { Deployment, ReplicaSet } from '@kubedrill/kube-model';
import { desiredReplicas, maxReplicas } from './annotations.ts';
import type { DeploymentSync } from './deployment-sync.ts';
import { active, byCreation, bySize, isRollingUpdate, maxSurge, sumOf } from './replica-sets.ts';

/** pkg/controller/deployment/sync.go sync: only the size changes, between rollouts, in the middle of one, or while paused. */
export function resize(sync: DeploymentSync): void {
  scale(sync);
  if (sync.deployment.spec.paused) sync.trimHistory();
}

function scale(sync: DeploymentSync): void {
  const { deployment, fresh, old } = sync;
  const wanted = deployment.spec.replicas;
  const only = activeOrLatest(fresh, old);
  if (only) {
    sync.scale(only, wanted);
  } else if (fresh && isSaturated(deployment, fresh)) {
    for (const set of active(old)) sync.scale(set, 0);
  } else if (isRollingUpdate(deployment)) {
    for (const [set, size] of proportions(deployment, active(fresh ? [...old, fresh] : old)))
      sync.scale(set, size, 'always');
  }
}

/** FindActiveOrLatest: undefined when more than one has Pods, or there is none at all. */
function activeOrLatest(fresh: ReplicaSet | undefined, old: readonly ReplicaSet[]): ReplicaSet | undefined {
  const all = active(fresh ? [...old, fresh] : old);
  if (all.length > 1) return undefined;
  return all[0] ?? fresh ?? old.toSorted(byCreation).at(-1);
}

function isSaturated({ spec }: Deployment, set: ReplicaSet): boolean {
  const { replicas } = spec;
  return (
    set.spec.replicas === replicas && desiredReplicas(set) === replicas && set.status.availableReplicas === replicas
  );
}

/** Each gets its share of what is added or taken away; what rounding leaves over goes to the largest. */
function proportions(deployment: Deployment, sets: readonly ReplicaSet[]): readonly (readonly [ReplicaSet, number])[] {
  const wanted = deployment.spec.replicas;
  const allowed = wanted > 0 ? wanted + maxSurge(deployment) : 0;
  const toAdd = allowed - sumOf(sets, ({ spec }) => spec.replicas);
  if (toAdd === 0) return sets.map((set) => [set, set.spec.replicas]);
  const sorted = sets.toSorted(bySize(toAdd > 0 ? 'newerFirst' : 'olderFirst'));
  let added = 0;
  const sizes = sorted.map((set): [ReplicaSet, number] => {
    const share = proportion(deployment, set, toAdd, added);
    added += share;
    return [set, set.spec.replicas + share];
  });
  const [largest] = sizes;
  if (largest) largest[1] = Math.max(0, largest[1] + toAdd - added);
  return sizes;
}

/** GetReplicaSetProportion. */
function proportion(deployment: Deployment, set: ReplicaSet, toAdd: number, added: number): number {
  if (set.spec.replicas === 0 || toAdd === added) return 0;
  const fraction = fractionOf(deployment, set);
  return toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added);
}

function fractionOf(deployment: Deployment, set: ReplicaSet): number {
  const { replicas } = deployment.spec;
  if (replicas === 0) return -set.spec.replicas;
  const before = maxReplicas(set) || (deployment.status.replicas ?? 0);
  if (before === 0) return 0;
  return Math.round((set.spec.replicas * (replicas + maxSurge(deployment))) / before) - set.spec.replicas;
}
