import { isPodTerminal } from '../pod-state.ts';
import { controllerOf } from '../ownership.ts';
import type { DeploymentSync } from './deployment-sync.ts';
import { active, sumOf } from './replica-sets.ts';

/** pkg/controller/deployment/recreate.go rolloutRecreate: the new Pods come when all old ones are gone. */
export function recreate(sync: DeploymentSync): void {
  let isScaled = false;
  for (const set of active(sync.old)) isScaled = sync.scale(set, 0) || isScaled;
  if (isScaled || oldPodsRun(sync)) return;
  if (!sync.fresh) return sync.createFresh();
  sync.scale(sync.fresh, sync.deployment.spec.replicas);
  if (sync.isComplete) sync.trimHistory();
}

/** oldPodsRunning: terminating Pods count, which the ReplicaSets' status leaves out. */
function oldPodsRun(sync: DeploymentSync): boolean {
  if (sumOf(sync.old, ({ status }) => status.replicas) > 0) return true;
  return sync.old.some(({ metadata }) =>
    sync.view
      .indexed('Pod', 'owner', metadata.uid)
      .some((pod) => controllerOf(pod.metadata)?.uid === metadata.uid && !isPodTerminal(pod)),
  );
}
