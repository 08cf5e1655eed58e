import type { ReplicaSet } from '@kubedrill/kube-model';
import type { DeploymentSync } from './deployment-sync.ts';
import { active, byCreation, maxUnavailable, replicasOfNew, sumOf } from './replica-sets.ts';

/** pkg/controller/deployment/rolling.go rolloutRolling: one step up or down at a time. */
export function rollOut(sync: DeploymentSync): void {
  if (!sync.fresh) return sync.createFresh();
  if (scaleUp(sync, sync.fresh) || scaleDown(sync, sync.fresh)) return;
  if (sync.isComplete) sync.trimHistory();
}

function scaleUp(sync: DeploymentSync, fresh: ReplicaSet): boolean {
  const { replicas } = fresh.spec;
  const wanted = sync.deployment.spec.replicas;
  if (replicas === wanted) return false;
  return sync.scale(fresh, replicas > wanted ? wanted : replicasOfNew(sync.deployment, [...sync.old, fresh], replicas));
}

/** reconcileOldReplicaSets: Pods that are not available go first, then as many others as availability allows. */
function scaleDown(sync: DeploymentSync, fresh: ReplicaSet): boolean {
  const old = active(sync.old);
  if (old.length === 0) return false;
  const total = sumOf([...sync.old, fresh], ({ spec }) => spec.replicas);
  const minAvailable = sync.deployment.spec.replicas - maxUnavailable(sync.deployment);
  const notYetAvailable = fresh.spec.replicas - (fresh.status.availableReplicas ?? 0);
  const allowed = total - minAvailable - notYetAvailable;
  if (allowed <= 0) return false;
  const removed = removeUnhealthy(sync, allowed) + removeAvailable(sync, minAvailable);
  return removed > 0;
}

function removeUnhealthy(sync: DeploymentSync, limit: number): number {
  let removed = 0;
  for (const set of active(sync.old).toSorted(byCreation)) {
    const unhealthy = set.spec.replicas - (set.status.availableReplicas ?? 0);
    const count = Math.min(limit - removed, unhealthy);
    if (count <= 0) continue;
    sync.scale(set, set.spec.replicas - count);
    removed += count;
  }
  return removed;
}

function removeAvailable(sync: DeploymentSync, minAvailable: number): number {
  const old = active(sync.old);
  const { fresh } = sync;
  const available = sumOf(fresh ? [...old, fresh] : old, ({ status }) => status.availableReplicas);
  let removed = 0;
  for (const set of old.toSorted(byCreation)) {
    const count = Math.min(set.spec.replicas, available - minAvailable - removed);
    if (count <= 0) break;
    sync.scale(set, set.spec.replicas - count);
    removed += count;
  }
  return removed;
}
