import { resources, type KubeObject, type ResourceInfo } from '@kubedrill/kube-model';
import { randomSuffix } from '../../engine/random.ts';
import { formatTime } from '../../engine/time.ts';
import { admittedName } from '../admission/admitted-name.ts';
import { refuseInNamespace } from '../admission/namespace-lifecycle.ts';
import { admitByPodSecurity } from '../admission/pod-security/pod-security.ts';
import type { KindDefinition } from '../kinds/kind-definition.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import type { ApiStatus } from '../request.ts';
import { alreadyExists, badRequest, failure, generatedNameTaken, invalid } from '../status.ts';
import type { FieldError } from '../validation/field-error.ts';
import { pathSegment, validateNames } from '../validation/metadata.ts';
import { boundExceeded, contextOf, encoded, exceededBound, withMetadata, type Write } from './backend.ts';
import { putWithCompanions } from './companions.ts';
import { withManager } from './managed-fields.ts';
import { withoutRepeatedOwners } from './owner-references.ts';
import { randomUid } from '../uid.ts';
import { validatingAdmission } from './validating-admission.ts';

/** apiserver/pkg/storage/names: a generated name has at most that many characters before its suffix. */
const maxGeneratedPrefix = 58;
const maxGeneratedNameAttempts = 8;

/** A create request after decoding: endpoints/handlers/create.go. */
export function createObject(write: Write, namespace: string, decoded: KubeObject): Outcome<KubeObject> {
  const info = resources[decoded.kind];
  const definition: KindDefinition = write.backend.registry.of(decoded.kind);
  const placed = inNamespace(info, namespace, withoutSystemFields(decoded));
  if (!placed.ok) return placed;
  const defaulted = definition.defaults(withoutRepeatedOwners(placed.object, write.warnings));
  const admitted = admitNew(write, definition, namespace, withManager(defaulted, undefined, write));
  if (!admitted.ok) return admitted;
  const refusal = refusedEscalation(write, definition, admitted.object, undefined);
  return refusal ? refused(refusal) : storeNew(write, definition, admitted.object);
}

/** For the few kinds by which somebody could get more than he may. */
export function refusedEscalation(
  write: Write,
  definition: KindDefinition,
  object: KubeObject,
  old: KubeObject | undefined,
): ApiStatus | undefined {
  return write.user && definition.refuseEscalation?.(object, old, contextOf(write));
}

/** Admission of what is not there yet, by whatever verb it comes. */
export function admitNew(
  write: Write,
  definition: KindDefinition,
  namespace: string,
  object: KubeObject,
): Outcome<KubeObject> {
  const info = resources[object.kind];
  const refusal = refuseInNamespace(write.backend.store, info, namespace, admittedName(object.metadata));
  if (refusal) return refused(refusal);
  return definition.admitCreate?.(object, contextOf(write)) ?? done(object);
}

/** rest.WipeObjectMetaSystemFields: nobody chooses these. */
function withoutSystemFields(object: KubeObject): KubeObject {
  const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, selfLink } = object.metadata;
  if (!uid && !creationTimestamp && !deletionTimestamp && deletionGracePeriodSeconds === undefined && !selfLink)
    return object;
  return withMetadata(object, {
    uid: undefined,
    creationTimestamp: undefined,
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
    selfLink: undefined,
  });
}

/** rest.EnsureObjectNamespaceMatchesRequestNamespace. */
export function inNamespace(info: ResourceInfo, namespace: string, object: KubeObject): Outcome<KubeObject> {
  const own = object.metadata.namespace ?? '';
  const expected = info.namespaced ? namespace : '';
  if (own === expected) return done(object);
  if (own === '') return done(withMetadata(object, { namespace: expected }));
  if (expected === '') return done(withMetadata(object, { namespace: undefined }));
  return refused(badRequest('the namespace of the provided object does not match the namespace sent on the request'));
}

/** Store.Create of registry/generic/registry/store.go: a taken generated name is drawn again. */
function storeNew(write: Write, definition: KindDefinition, object: KubeObject): Outcome<KubeObject> {
  const prefix = object.metadata.name ? '' : (object.metadata.generateName ?? '');
  if (prefix === '') return storeNamed(write, definition, object);
  let outcome: Outcome<KubeObject> | undefined;
  for (let attempt = 0; attempt < maxGeneratedNameAttempts; attempt += 1) {
    const name = prefix.slice(0, maxGeneratedPrefix) + randomSuffix(write.backend.random);
    outcome = storeNamed(write, definition, withMetadata(object, { name }));
    if (outcome.ok || outcome.status.reason !== 'AlreadyExists') return outcome;
  }
  return outcome ?? refused(badRequest('name must be provided'));
}

function storeNamed(write: Write, definition: KindDefinition, object: KubeObject): Outcome<KubeObject> {
  const info = resources[object.kind];
  const prepared = prepareNew(write, definition, object);
  if (!prepared.ok) return prepared;
  const refusal = validatingAdmission(write, prepared.object, undefined);
  if (refusal) return refused(refusal);
  const { name, namespace } = prepared.object.metadata;
  const existing = write.backend.store.get(object.kind, namespace ?? '', name);
  // etcd3's Create looks at the version before it looks for the key.
  if (prepared.object.metadata.resourceVersion)
    return refused(failure(500, '', 'resourceVersion should not be set on objects to be created'));
  if (existing) return refused(taken(info, existing, object));
  return putNew(write, definition, prepared.object);
}

/** CheckGeneratedNameError: who gives a prefix as well is told about generating, although the name is his own. */
function taken(info: ResourceInfo, existing: KubeObject, { metadata }: KubeObject): ApiStatus {
  const { name, deletionTimestamp } = existing.metadata;
  const status = metadata.generateName ? generatedNameTaken(info, name) : alreadyExists(info, name);
  return deletionTimestamp === undefined
    ? status
    : { ...status, message: `object is being deleted: ${status.message}` };
}

/** Fills the system's fields, allocates, lets the strategy prepare, and validates: rest.BeforeCreate. */
export function prepareNew(write: Write, definition: KindDefinition, object: KubeObject): Outcome<KubeObject> {
  const info = resources[object.kind];
  const context = contextOf(write);
  const identity = { uid: randomUid(context.random), creationTimestamp: formatTime(context.now) };
  const filled = { ...object, metadata: { ...object.metadata, ...identity } };
  const allocated = definition.allocation?.onCreate(filled, context) ?? done(filled);
  if (!allocated.ok) return allocated;
  const prepared = definition.strategy.prepareForCreate(allocated.object, context);
  const errors = definition.strategy.validateCreate(prepared, context);
  if (errors.length > 0) return refused(invalid(info, prepared.metadata.name, errors));
  // All else that rest.BeforeCreate asks of metadata, the strategies have asked already.
  const misnomers: FieldError[] = [];
  validateNames(prepared.metadata, pathSegment, misnomers);
  if (misnomers.length > 0) return refused(invalid(info, prepared.metadata.name, misnomers));
  write.warnings?.push(...(definition.strategy.warningsOnCreate?.(prepared) ?? []));
  const refusal = admitByPodSecurity(context.view, prepared, undefined, write.warnings);
  if (refusal) return refused(refusal);
  return done(definition.strategy.canonicalize?.(prepared) ?? prepared);
}

export function putNew(write: Write, definition: KindDefinition, object: KubeObject): Outcome<KubeObject> {
  const { backend } = write;
  const bound = exceededBound(backend, object.kind);
  if (bound) return refused(boundExceeded(bound, backend.bounds[bound]));
  const written = encoded(write, definition, object);
  return done(write.dryRun ? written : putWithCompanions(write, definition, written, undefined));
}
