import type { Deployment, ReplicaSet } from '@kubedrill/kube-model';
import { noChanges, type Controller, type Reconciliation } from '../../engine/controller.ts';
import type { Instant } from '../../engine/time.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { matcherOf } from '../label-selector.ts';
import { keyOf, splitKey } from '../object-key.ts';
import { claim, controllerOf } from '../ownership.ts';
import { sameValue } from '../same-value.ts';
import { selectingAll } from './deployment-commentary.ts';
import { DeploymentSync } from './deployment-sync.ts';
import { resize } from './proportional-scaling.ts';
import { recreate } from './recreate.ts';
import { rollOut } from './rolling-update.ts';

/** pkg/controller/deployment/deployment_controller.go. */
export const deploymentController: Controller = {
  name: 'deployment',
  watches: ['Deployment', 'ReplicaSet', 'Pod'],
  keysFor,
  reconcile,
};

function keysFor({ type, object }: WatchEvent, view: ObjectView): readonly string[] {
  switch (object.kind) {
    case 'Deployment':
      return type === 'DELETED' ? [] : [keyOf(object.metadata)];
    case 'ReplicaSet':
      return ownersOf(object, view);
    case 'Pod':
      // A strategy of Recreate waits for the last old Pod to go.
      return type === 'DELETED'
        ? recreatingOwner(object.metadata.namespace ?? '', controllerOf(object.metadata)?.name, view)
        : [];
    default:
      return [];
  }
}

/** The Deployment that controls the ReplicaSet, or those that might adopt it. */
function ownersOf(set: ReplicaSet, view: ObjectView): readonly string[] {
  const { namespace = '', labels } = set.metadata;
  const owner = controllerOf(set.metadata);
  if (owner) return owner.kind === 'Deployment' ? [`${namespace}/${owner.name}`] : [];
  return view
    .list('Deployment', namespace)
    .filter(({ spec }) => matcherOf(spec.selector)(labels))
    .map(({ metadata }) => keyOf(metadata));
}

function recreatingOwner(namespace: string, setName: string | undefined, view: ObjectView): readonly string[] {
  const set = setName === undefined ? undefined : view.get('ReplicaSet', namespace, setName);
  const owner = set && controllerOf(set.metadata);
  if (owner?.kind !== 'Deployment') return [];
  const deployment = view.get('Deployment', namespace, owner.name);
  return deployment?.spec.strategy.type === 'Recreate' ? [keyOf(deployment.metadata)] : [];
}

function reconcile(view: ObjectView, key: string, now: Instant): Reconciliation {
  const { namespace, name } = splitKey(key);
  const deployment = view.get('Deployment', namespace, name);
  if (!deployment) return noChanges;
  if (selectsEverything(deployment)) return { ...observed(deployment), remarks: [selectingAll(deployment)] };
  const matches = matcherOf(deployment.spec.selector);
  const { claimed, changes } = claim(
    deployment,
    view.indexed('ReplicaSet', 'owner', deployment.metadata.uid),
    view.indexed('ReplicaSet', 'orphan', namespace),
    ({ metadata }) => matches(metadata.labels),
  );
  const sync = new DeploymentSync(view, deployment, claimed, changes, now);
  if (deployment.metadata.deletionTimestamp !== undefined) {
    sync.syncRevision();
    return sync.finish('statusOnly');
  }
  sync.notePause();
  if (deployment.spec.paused) {
    sync.syncRevision();
    resize(sync);
    return sync.finish('statusOnly');
  }
  return rolledOut(sync);
}

function rolledOut(sync: DeploymentSync): Reconciliation {
  sync.syncRevision();
  if (sync.isScalingEvent()) {
    resize(sync);
    return sync.finish('statusOnly');
  }
  if (sync.deployment.spec.strategy.type === 'Recreate') recreate(sync);
  else rollOut(sync);
  return sync.finish('rollout');
}

function selectsEverything({ spec }: Deployment): boolean {
  return sameValue(spec.selector, {});
}

function observed(deployment: Deployment): Reconciliation {
  const { generation } = deployment.metadata;
  if ((deployment.status.observedGeneration ?? 0) >= (generation ?? 0)) return noChanges;
  const status = { ...deployment.status, observedGeneration: generation };
  return { changes: [{ verb: 'updateStatus', object: { ...deployment, status } }] };
}
