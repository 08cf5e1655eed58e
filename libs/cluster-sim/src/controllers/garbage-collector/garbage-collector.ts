import {
  apiVersionOf,
  kinds,
  resources,
  type Kind,
  type KubeObject,
  type ObjectKey,
  type OwnerReference,
} from '@kubedrill/kube-model';
import {
  noChanges,
  type Change,
  type Controller,
  type Propagation,
  type Reconciliation,
} from '../../engine/controller.ts';
import type { ObjectView, WatchEvent } from '../../store/object-view.ts';
import { objectKeyOf, released } from '../ownership.ts';

const foregroundFinalizer = 'foregroundDeletion';
const orphanFinalizer = 'orphan';
/** DefaultIgnoredResources. */
const collected = kinds.filter((kind) => kind !== 'Event');

/** pkg/controller/garbagecollector: what has no owner any more goes; owners that wait for their dependents are let go at last. */
export const garbageCollector: Controller = {
  name: 'garbagecollector',
  watches: collected,
  keysFor,
  reconcile,
};

function keysFor({ type, object, previous }: WatchEvent, view: ObjectView): readonly string[] {
  const { metadata } = object;
  if (type === 'DELETED') {
    const dependents = dependentsOf(view, metadata.uid).map(textOf);
    // An owner in the foreground may have waited for this one.
    const owners = (metadata.ownerReferences ?? []).flatMap((reference) => ownerOf(view, object, reference) ?? []);
    return [...dependents, ...owners.filter(isCollecting).map(textOf)];
  }
  if (isCollecting(object)) return [textOf(object)];
  const references = metadata.ownerReferences;
  const before = previous?.metadata.ownerReferences;
  if (references === before) return [];
  const isAffected = references?.some((reference) => standingOf(view, object, reference) !== 'solid');
  return [...(isAffected ? [textOf(object)] : []), ...unblockedOwners(view, object, before ?? [])];
}

/** addUnblockedOwnersToDeleteQueue: who may no longer have to wait for this dependent. */
function unblockedOwners(view: ObjectView, object: KubeObject, before: readonly OwnerReference[]): readonly string[] {
  return before.flatMap((reference) => {
    const owner = reference.blockOwnerDeletion === true ? ownerOf(view, object, reference) : undefined;
    return owner && isCollecting(owner) ? [textOf(owner)] : [];
  });
}

/** Being deleted, with work for the collector. */
function isCollecting({ metadata }: KubeObject): boolean {
  if (metadata.deletionTimestamp === undefined) return false;
  const { finalizers } = metadata;
  return finalizers !== undefined && (finalizers.includes(foregroundFinalizer) || finalizers.includes(orphanFinalizer));
}

function textOf(object: KubeObject): string {
  return `${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

function keyFrom(text: string): ObjectKey {
  const [kind = '', namespace = '', name = ''] = text.split('/');
  return { kind: kind as Kind, namespace, name };
}

function dependentsOf(view: ObjectView, uid: string): readonly KubeObject[] {
  const dependents: KubeObject[] = [];
  for (const kind of collected) dependents.push(...view.indexed(kind, 'owner', uid));
  return dependents;
}

type Standing = 'solid' | 'dangling' | 'waiting';

function standingOf(view: ObjectView, dependent: KubeObject, reference: OwnerReference): Standing {
  if (!canBeOwner(dependent, reference)) return 'solid';
  const owner = ownerOf(view, dependent, reference);
  if (!owner) return 'dangling';
  return isInForeground(owner) ? 'waiting' : 'solid';
}

/** What the collector cannot look up (no such kind, a namespaced owner of what is in no namespace) is an error to it, and the dependent stays. */
function canBeOwner({ kind: dependent }: KubeObject, { apiVersion, kind }: OwnerReference): boolean {
  if (!Object.hasOwn(resources, kind)) return false;
  const known = resources[kind as Kind];
  return apiVersionOf(known) === apiVersion && (resources[dependent].namespaced || !known.namespaced);
}

function ownerOf(view: ObjectView, dependent: KubeObject, { kind, name, uid }: OwnerReference): KubeObject | undefined {
  if (!Object.hasOwn(resources, kind)) return undefined;
  const known = kind as Kind;
  const namespace = resources[known].namespaced ? (dependent.metadata.namespace ?? '') : '';
  const owner = view.get(known, namespace, name);
  return owner?.metadata.uid === uid ? owner : undefined;
}

function reconcile(view: ObjectView, text: string): Reconciliation {
  const { kind, namespace, name } = keyFrom(text);
  const object = view.get(kind, namespace, name);
  if (!object) return noChanges;
  if (object.metadata.deletionTimestamp === undefined) return { changes: collect(view, object) };
  const { finalizers = [] } = object.metadata;
  if (finalizers.includes(orphanFinalizer)) return { changes: orphanDependents(view, object) };
  return finalizers.includes(foregroundFinalizer) ? { changes: awaitDependents(view, object) } : noChanges;
}

/** attemptToDeleteItem. */
function collect(view: ObjectView, object: KubeObject): readonly Change[] {
  const references = object.metadata.ownerReferences ?? [];
  if (references.length === 0) return [];
  const standings = references.map((reference) => standingOf(view, object, reference));
  if (standings.includes('solid')) {
    const ownerReferences = references.filter((_reference, index) => standings[index] === 'solid');
    if (ownerReferences.length === references.length) return [];
    return [{ verb: 'update', object: { ...object, metadata: { ...object.metadata, ownerReferences } } as KubeObject }];
  }
  const dependents = standings.includes('waiting') ? dependentsOf(view, object.metadata.uid) : [];
  const propagation = dependents.length > 0 ? 'Foreground' : policyOf(object);
  const deletion: Change = { verb: 'delete', key: objectKeyOf(object), uid: object.metadata.uid, propagation };
  return dependents.some(isInForeground) ? [unblocking(object, references), deletion] : [deletion];
}

function isInForeground(object: KubeObject): boolean {
  return isCollecting(object) && object.metadata.finalizers?.includes(foregroundFinalizer) === true;
}

/** Owners and dependents that wait for each other would wait for ever. */
function unblocking(object: KubeObject, references: readonly OwnerReference[]): Change {
  const ownerReferences = references.map((reference) => ({ ...reference, blockOwnerDeletion: false }));
  return { verb: 'update', object: { ...object, metadata: { ...object.metadata, ownerReferences } } as KubeObject };
}

function policyOf({ metadata }: KubeObject): Propagation {
  if (metadata.finalizers?.includes(orphanFinalizer)) return 'Orphan';
  return metadata.finalizers?.includes(foregroundFinalizer) ? 'Foreground' : 'Background';
}

/** processDeletingDependentsItem: only dependents that block are waited for. */
function awaitDependents(view: ObjectView, owner: KubeObject): readonly Change[] {
  const { uid } = owner.metadata;
  const blocking = dependentsOf(view, uid).filter(({ metadata }) =>
    metadata.ownerReferences?.some((reference) => reference.uid === uid && reference.blockOwnerDeletion === true),
  );
  if (blocking.length === 0) return [withoutFinalizer(owner, foregroundFinalizer)];
  return blocking
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .flatMap((dependent) => collect(view, dependent));
}

function orphanDependents(view: ObjectView, owner: KubeObject): readonly Change[] {
  const { uid } = owner.metadata;
  const releases = dependentsOf(view, uid).map((dependent): Change => ({
    verb: 'update',
    object: released(dependent, uid),
  }));
  return [...releases, withoutFinalizer(owner, orphanFinalizer)];
}

function withoutFinalizer(object: KubeObject, unwanted: string): Change {
  const { finalizers, ...metadata } = object.metadata;
  const others = finalizers?.filter((finalizer) => finalizer !== unwanted) ?? [];
  const changed = { ...object, metadata: others.length > 0 ? { ...metadata, finalizers: others } : metadata };
  return { verb: 'update', object: changed as KubeObject };
}
