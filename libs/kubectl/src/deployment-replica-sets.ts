import { findNewReplicaSet, formatLabelSelector, replicaSetsByCreation, type ApiStatus } from '@kubedrill/cluster-sim';
import type { Deployment, ReplicaSet } from '@kubedrill/kube-model';
import type { ObjectReader } from './describers/object-reader.ts';

export type DeploymentReplicaSets =
  | {
      readonly ok: true;
      /** All but the new one, the oldest first. */
      readonly old: readonly ReplicaSet[];
      readonly fresh: ReplicaSet | undefined;
    }
  | { readonly ok: false; readonly status: ApiStatus };

/** kubectl/pkg/util/deployment GetAllReplicaSets. */
export function replicaSetsOf(deployment: Deployment, reader: ObjectReader): DeploymentReplicaSets {
  const { metadata, spec } = deployment;
  const read = reader.list('ReplicaSet', metadata.namespace ?? '', { labels: formatLabelSelector(spec.selector) });
  if (!read.ok) return read;
  const owned = read.objects.filter((set) => isControlledBy(set, metadata.uid)).toSorted(replicaSetsByCreation);
  const fresh = findNewReplicaSet(deployment, owned);
  return { ok: true, old: owned.filter((set) => set !== fresh), fresh };
}

function isControlledBy({ metadata: { ownerReferences = [] } }: ReplicaSet, uid: string): boolean {
  return ownerReferences.some((owner) => owner.controller === true && owner.uid === uid);
}
