import { resources, type KubeObject, type ObjectKey, type ResourceInfo } from '@kubedrill/kube-model';
import { admitByPodSecurity } from '../admission/pod-security/pod-security.ts';
import { isSameOwnership } from '../apply/managed-list.ts';
import type { WrittenPart } from '../apply/reset-fields.ts';
import type { KindDefinition, SubresourceStrategy, Strategy } from '../kinds/kind-definition.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import { conflict, failure, invalid, modified, notFound } from '../status.ts';
import type { FieldError } from '../validation/field-error.ts';
import { invalid as invalidField } from '../validation/field-error.ts';
import { goQuote } from '../validation/go-quote.ts';
import { pathSegment, validateCommonMetadata, validateCommonMetadataUpdate } from '../validation/metadata.ts';
import { metadataPath } from '../validation/path.ts';
import { contextOf, encoded, withMetadata, type Write } from './backend.ts';
import { putWithCompanions } from './companions.ts';
import { prepareNew, putNew, refusedEscalation } from './create.ts';
import { removeObject } from './delete.ts';
import { withManager } from './managed-fields.ts';
import { preconditionFailed } from './storage-key.ts';
import { validatingAdmission } from './validating-admission.ts';
import { isUnchanged } from './unchanged.ts';

export interface Update {
  readonly key: ObjectKey;
  readonly subresource?: Exclude<WrittenPart, undefined>;
  /** metadata.uid of a replaced object: it has to be the stored one's. */
  readonly uid?: string;
  /** Default: as the kind's strategy says. */
  readonly mayCreate?: boolean;
  /** What metadata.managedFields says of the write, where that is not the subresource: a scale writes the object itself. */
  readonly writtenAs?: 'scale';
  /** `updated` says itself who owns which field. */
  readonly ownersAreKnown?: true;
  /** The new object, complete with defaults. Without an existing one: what to create. */
  updated(existing: KubeObject | undefined): Outcome<KubeObject>;
}

export interface Updated {
  readonly object: KubeObject;
  readonly created: boolean;
}

/** Store.Update of registry/generic/registry/store.go. */
export function updateObject(write: Write, update: Update): Outcome<Updated> {
  const { kind, namespace, name } = update.key;
  const info = resources[kind];
  const definition: KindDefinition = write.backend.registry.of(kind);
  const strategy = update.subresource === undefined ? definition.strategy : definition[update.subresource];
  if (!strategy) return refused(notFound(info, name));
  const existing = write.backend.store.get(kind, namespace, name);
  if (!existing) return createInstead(write, definition, update);
  if (update.uid && update.uid !== existing.metadata.uid)
    return refused(conflict(info, name, preconditionFailed(update.key, 'UID', update.uid, existing.metadata.uid)));
  const updated = update.updated(existing);
  if (!updated.ok) return updated;
  const refusal = refusedEscalation(write, definition, updated.object, existing);
  if (refusal) return refused(refusal);
  const recorded = withOwners(write, update, updated.object, existing);
  const admitted = update.subresource === undefined ? definition.admitUpdate?.(recorded, existing) : undefined;
  const current = withCurrentVersion(info, definition, admitted ?? recorded, existing);
  if (!current.ok) return current;
  const prepared = beforeUpdate(write, definition, strategy, current.object, existing, update.subresource);
  if (!prepared.ok) return prepared;
  return done({ object: store(write, definition, prepared.object, existing), created: false });
}

/** Who owns which field is a matter of what was sent, before the kind's strategy touches it. */
function withOwners(write: Write, update: Update, object: KubeObject, existing: KubeObject | undefined): KubeObject {
  if (update.ownersAreKnown) return object;
  return withManager(object, existing, write, update.writtenAs ?? update.subresource);
}

function createInstead(write: Write, definition: KindDefinition, update: Update): Outcome<Updated> {
  const { kind, name } = update.key;
  const info = resources[kind];
  const mayCreate = update.mayCreate ?? (update.subresource === undefined && definition.strategy.allowCreateOnUpdate);
  if (!mayCreate) return refused(notFound(info, name));
  if (update.uid) return refused(conflict(info, name, preconditionFailed(update.key, 'UID', update.uid, '')));
  const updated = update.updated(undefined);
  if (!updated.ok) return updated;
  const refusal = refusedEscalation(write, definition, updated.object, undefined);
  if (refusal) return refused(refusal);
  const prepared = prepareNew(write, definition, withOwners(write, update, updated.object, undefined));
  if (!prepared.ok) return prepared;
  const unadmitted = validatingAdmission(write, prepared.object, undefined);
  if (unadmitted) return refused(unadmitted);
  const stored = putNew(write, definition, prepared.object);
  return stored.ok ? done({ object: stored.object, created: true }) : stored;
}

/** The optimistic lock: an object that names a version has to name the stored one. */
function withCurrentVersion(
  info: ResourceInfo,
  definition: KindDefinition,
  object: KubeObject,
  existing: KubeObject,
): Outcome<KubeObject> {
  const { name, resourceVersion } = object.metadata;
  const stored = existing.metadata.resourceVersion;
  if (resourceVersion === stored) return done(object);
  if (!resourceVersion || resourceVersion === '0') {
    if (definition.strategy.allowUnconditionalUpdate) return done(withMetadata(object, { resourceVersion: stored }));
    const error = invalidField(metadataPath.child('resourceVersion'), 0, 'must be specified for an update');
    return refused(invalid({ ...info, kind: info.plural as typeof info.kind }, name, [error]));
  }
  if (!/^[0-9]+$/.test(resourceVersion))
    return refused(failure(500, '', `strconv.ParseUint: parsing ${goQuote(resourceVersion)}: invalid syntax`));
  return refused(conflict(info, name, modified));
}

/** rest.BeforeUpdate, after what is drawn from pools. */
function beforeUpdate(
  write: Write,
  definition: KindDefinition,
  strategy: Strategy<KubeObject['kind']> | SubresourceStrategy<KubeObject['kind']>,
  object: KubeObject,
  old: KubeObject,
  subresource: Update['subresource'],
): Outcome<KubeObject> {
  const context = contextOf(write);
  const allocation = subresource === undefined ? definition.allocation : undefined;
  const allocated = allocation?.onUpdate(object, old, context) ?? done(object);
  if (!allocated.ok) return allocated;
  const sameGeneration =
    allocated.object.metadata.generation === old.metadata.generation
      ? allocated.object
      : withMetadata(allocated.object, { generation: old.metadata.generation });
  const prepared = withSystemFields(strategy.prepareForUpdate(sameGeneration, old, context), old);
  const errors: FieldError[] = [];
  validateCommonMetadata(prepared.metadata, resources[object.kind].namespaced, pathSegment, errors, old.metadata);
  validateCommonMetadataUpdate(prepared.metadata, old.metadata, errors);
  errors.push(...strategy.validateUpdate(prepared, old, context));
  if (errors.length > 0) return refused(invalid(resources[object.kind], prepared.metadata.name, errors));
  write.warnings?.push(...(strategy.warningsOnUpdate?.(prepared, old) ?? []));
  const isReviewed = subresource === undefined || subresource === 'ephemeralcontainers' || subresource === 'resize';
  const refusal = isReviewed ? admitByPodSecurity(context.view, prepared, old, write.warnings) : undefined;
  if (refusal) return refused(refusal);
  const unadmitted = subresource === undefined ? validatingAdmission(write, prepared, old) : undefined;
  if (unadmitted) return refused(unadmitted);
  return done(definition.strategy.canonicalize?.(prepared) ?? prepared);
}

/** What a client left out of the metadata, or may not change. */
function withSystemFields(object: KubeObject, old: KubeObject): KubeObject {
  const { metadata } = object;
  const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds } = old.metadata;
  const gracePeriod = metadata.deletionGracePeriodSeconds ?? deletionGracePeriodSeconds;
  if (
    metadata.uid &&
    metadata.creationTimestamp === creationTimestamp &&
    metadata.deletionTimestamp === deletionTimestamp &&
    metadata.deletionGracePeriodSeconds === gracePeriod
  )
    return object;
  return withMetadata(object, {
    uid: metadata.uid || uid,
    creationTimestamp,
    deletionTimestamp: deletionTimestamp ?? metadata.deletionTimestamp,
    deletionGracePeriodSeconds: gracePeriod,
  });
}

function store(write: Write, definition: KindDefinition, sent: KubeObject, existing: KubeObject): KubeObject {
  const object = encoded(write, definition, sent);
  if (isReadyToGo(definition, object, existing)) {
    if (!write.dryRun) removeObject(write, definition, object);
    return object;
  }
  const [owners, before] = [object.metadata.managedFields, existing.metadata.managedFields];
  if (isUnchanged(object, existing) && isSameOwnership(owners, before)) return existing;
  return write.dryRun ? object : putWithCompanions(write, definition, object, existing);
}

/** ShouldDeleteDuringUpdate: the update took away the last thing that held a deleted object. */
function isReadyToGo(definition: KindDefinition, object: KubeObject, existing: KubeObject): boolean {
  if ((object.metadata.finalizers?.length ?? 0) > 0 || existing.metadata.deletionTimestamp === undefined) return false;
  if (definition.deletion?.isHeld?.(object)) return false;
  return (existing.metadata.deletionGracePeriodSeconds ?? 0) === 0;
}
