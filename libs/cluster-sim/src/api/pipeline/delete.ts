import { resources, type KubeObject, type ObjectKey } from '@kubedrill/kube-model';
import { formatTime } from '../../engine/time.ts';
import type { KindDefinition } from '../kinds/kind-definition.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import type { ApiStatus, DeleteOptions } from '../request.ts';
import { conflict, notFound } from '../status.ts';
import { withMetadata, type Write } from './backend.ts';

export interface Deleted {
  /** The last state, or the state that a grace period or a finalizer leaves. */
  readonly object: KubeObject;
  /** Whether it is gone. */
  readonly gone: boolean;
}

/** Store.Delete of registry/generic/registry/store.go, with rest.BeforeDelete. */
export function deleteObject(write: Write, key: ObjectKey, options: DeleteOptions): Outcome<Deleted> {
  const info = resources[key.kind];
  const definition: KindDefinition = write.backend.registry.of(key.kind);
  const existing = write.backend.store.get(key.kind, key.namespace, key.name);
  if (!existing) return refused(notFound(info, key.name));
  const refusal = definition.deletion?.admitDelete?.(existing);
  if (refusal) return refused(refusal);
  const violated = violatedPrecondition(existing, options);
  if (violated) return refused(violated);
  const marked = marking(write, definition, existing, options);
  if (marked === 'now') {
    if (!write.dryRun) removeObject(write, definition, existing);
    return done({ object: existing, gone: true });
  }
  if (marked === existing || write.dryRun) return done({ object: marked, gone: false });
  return done({ object: write.backend.store.put(marked), gone: false });
}

/** rest.BeforeDelete; here, and only here, Kubernetes names the kind where it else names the resource. */
export function violatedPrecondition(existing: KubeObject, { preconditions }: DeleteOptions): ApiStatus | undefined {
  const { name, uid, resourceVersion } = existing.metadata;
  const info = resources[existing.kind];
  const violated = (what: string, asked: string, stored: string | undefined, since: string): ApiStatus => {
    const problem = `the ${what} in the precondition (${asked}) does not match the ${what} in record (${stored})`;
    return conflict({ ...info, plural: info.kind }, name, `${problem}. The object might have been ${since}`);
  };
  if (preconditions?.uid !== undefined && preconditions.uid !== uid)
    return violated('UID', preconditions.uid, uid, 'deleted and then recreated');
  return preconditions?.resourceVersion !== undefined && preconditions.resourceVersion !== resourceVersion
    ? violated('ResourceVersion', preconditions.resourceVersion, resourceVersion, 'modified')
    : undefined;
}

/** 'now', or the object marked as going; the object itself where it is marked already. */
function marking(
  write: Write,
  definition: KindDefinition,
  existing: KubeObject,
  options: DeleteOptions,
): KubeObject | 'now' {
  const now = write.backend.clock.now();
  if (definition.deletion?.isHeld?.(existing)) return markedHeld(definition, existing, formatTime(now));
  const period = gracePeriod(definition, existing, options);
  if (period === 'pending') return existing;
  const finalizers = finalizersFor(definition, existing, options);
  const held = finalizers === existing.metadata.finalizers ? existing : withMetadata(existing, { finalizers });
  if (period > 0) return markedGracefully(held, period, now);
  if ((finalizers?.length ?? 0) === 0) return 'now';
  if (
    existing.metadata.deletionTimestamp !== undefined &&
    held === existing &&
    existing.metadata.deletionGracePeriodSeconds === 0
  )
    return existing;
  return markedWith(held, existing.metadata.deletionTimestamp ?? formatTime(now), 0);
}

function markedHeld(definition: KindDefinition, existing: KubeObject, now: string): KubeObject {
  if (existing.metadata.deletionTimestamp !== undefined) return existing;
  const marked = withMetadata(existing, { deletionTimestamp: now });
  return definition.deletion?.onMarked?.(marked) ?? marked;
}

function markedWith(object: KubeObject, deletionTimestamp: string, seconds: number): KubeObject {
  const { generation, deletionTimestamp: before } = object.metadata;
  const bumped = before === undefined && (generation ?? 0) > 0 ? { generation: (generation ?? 0) + 1 } : {};
  return withMetadata(object, { deletionTimestamp, deletionGracePeriodSeconds: seconds, ...bumped });
}

/** Seconds that the object still has; 'pending': it is going already, and not sooner than asked. */
function gracePeriod(definition: KindDefinition, existing: KubeObject, options: DeleteOptions): number | 'pending' {
  const asked =
    options.gracePeriodSeconds !== undefined && options.gracePeriodSeconds < 0 ? 1 : options.gracePeriodSeconds;
  if (!definition.deletion?.gracePeriodSeconds) return 0;
  if (existing.metadata.deletionTimestamp === undefined)
    return definition.deletion.gracePeriodSeconds(existing, asked) ?? 0;
  const running = existing.metadata.deletionGracePeriodSeconds ?? 0;
  if (running === 0) return 0;
  return asked === undefined || asked >= running ? 'pending' : asked;
}

/** A shorter grace period counts from the time of the first deletion; where that is over already, the shortest one is left. */
function markedGracefully(object: KubeObject, seconds: number, now: number): KubeObject {
  const { deletionTimestamp, deletionGracePeriodSeconds } = object.metadata;
  if (deletionTimestamp === undefined) return markedWith(object, formatTime(now + duration(seconds)), seconds);
  const began = Date.parse(deletionTimestamp) - duration(deletionGracePeriodSeconds ?? 0);
  const end = began + duration(seconds);
  return end < now ? markedWith(object, formatTime(now), 1) : markedWith(object, formatTime(end), seconds);
}

/** time.Duration counts nanoseconds in 64 bits: what is longer comes around to the other side. */
function duration(seconds: number): number {
  return Number(BigInt.asIntN(64, BigInt(seconds) * 1_000_000_000n) / 1_000_000n);
}

/** deletionFinalizersForGarbageCollection: the collector works on what carries one of its two finalizers. */
function finalizersFor(
  definition: KindDefinition,
  existing: KubeObject,
  options: DeleteOptions,
): readonly string[] | undefined {
  const before = existing.metadata.finalizers;
  if (definition.deletion?.ignoresDependents) return before;
  const asked = options.propagation;
  const marked = before?.find((name) => name === 'orphan' || name === 'foregroundDeletion');
  const byDefault = marked ?? (definition.deletion?.orphansByDefault ? 'orphan' : undefined);
  const orphan = asked === 'Orphan' || (asked === undefined && byDefault === 'orphan');
  const foreground = asked === 'Foreground' || (asked === undefined && byDefault === 'foregroundDeletion');
  if (!before && !orphan && !foreground) return before;
  const others = (before ?? []).filter((name) => name !== 'orphan' && name !== 'foregroundDeletion');
  const after = [...others, ...(orphan ? ['orphan'] : []), ...(foreground ? ['foregroundDeletion'] : [])];
  const isSame = after.length === before?.length && after.every((name) => before.includes(name));
  return isSame ? before : after.length === 0 ? undefined : after;
}

/** Takes the object out of the store, and what the API server itself removes along with it. */
export function removeObject(write: Write, definition: KindDefinition, object: KubeObject): void {
  const { store } = write.backend;
  store.remove({ kind: object.kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name });
  removeAll(write, definition.deletion?.alongWith?.(object) ?? []);
}

/** Some of them may be gone already. */
export function removeAll(write: Write, keys: readonly ObjectKey[]): void {
  for (const key of keys) {
    const outcome = deleteObject(write, key, {});
    if (!outcome.ok && outcome.status.reason !== 'NotFound') throw new Error(outcome.status.message);
  }
}
