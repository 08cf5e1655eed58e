import type { Kind, KubeObject, ObjectKey, ObjectMeta, OwnerReference } from '@kubedrill/kube-model';
import type { Change } from '../engine/controller.ts';

/** metav1.GetControllerOf. */
export function controllerOf({ ownerReferences }: ObjectMeta): OwnerReference | undefined {
  return ownerReferences?.find(({ controller }) => controller === true);
}

/** metav1.NewControllerRef. */
export function controllerReference({ apiVersion, kind, metadata }: KubeObject): OwnerReference {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true };
}

export function objectKeyOf<K extends Kind>({
  kind,
  metadata,
}: {
  readonly kind: K;
  readonly metadata: ObjectMeta;
}): ObjectKey<K> {
  return { kind, namespace: metadata.namespace ?? '', name: metadata.name };
}

export interface Claim<O extends KubeObject> {
  /** What belongs to the owner after the changes. */
  readonly claimed: readonly O[];
  readonly changes: readonly Change[];
}

/**
 * pkg/controller/controller_ref_manager.go ClaimObject: adopts orphans that match, lets go what no longer matches. `owned` are
 * the objects that name the owner, `orphans` those of the namespace that no controller has.
 */
export function claim<O extends KubeObject>(
  owner: KubeObject,
  owned: readonly O[],
  orphans: readonly O[],
  matches: (object: O) => boolean,
): Claim<O> {
  const { uid, deletionTimestamp } = owner.metadata;
  const isGoing = deletionTimestamp !== undefined;
  const claimed: O[] = [];
  const changes: Change[] = [];
  for (const object of owned) {
    if (controllerOf(object.metadata)?.uid !== uid) continue;
    if (matches(object)) claimed.push(object);
    else if (!isGoing) changes.push({ verb: 'update', object: released(object, uid) });
  }
  for (const object of orphans) {
    if (isGoing || object.metadata.deletionTimestamp !== undefined || !matches(object)) continue;
    const ownerReferences = [...(object.metadata.ownerReferences ?? []), controllerReference(owner)];
    const adopted: O = { ...object, metadata: { ...object.metadata, ownerReferences } };
    claimed.push(adopted);
    changes.push({ verb: 'update', object: adopted });
  }
  return { claimed, changes };
}

/** The object without its reference to that owner. */
export function released<O extends KubeObject>(object: O, ownerUid: string): O {
  const { ownerReferences, ...metadata } = object.metadata;
  const others = ownerReferences?.filter(({ uid }) => uid !== ownerUid) ?? [];
  return { ...object, metadata: others.length > 0 ? { ...metadata, ownerReferences: others } : metadata };
}
