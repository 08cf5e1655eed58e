import { resources, type JsonObject, type KubeObject, type ObjectKey } from '@kubedrill/kube-model';
import type { UserInfo } from '../authorization/access.ts';
import type { KindDefinition } from '../kinds/kind-definition.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import { notFound } from '../status.ts';
import { applyObject } from './apply.ts';
import type { Backend, Write } from './backend.ts';
import { nestedTooDeep } from './body-depth.ts';
import { admitNew, createObject, inNamespace } from './create.ts';
import { decodeBody } from './decode-body.ts';
import { deleteObject, type Deleted } from './delete.ts';
import { listObjects } from './list.ts';
import { misnamed } from './object-name.ts';
import { withoutRepeatedOwners } from './owner-references.ts';
import { patchedObject, type Patch } from './patch.ts';
import { createBinding } from './pod-binding.ts';
import { createEviction } from './pod-eviction.ts';
import { applyScale } from './scale-apply.ts';
import { readScale, writeScale } from './scale.ts';
import { refusedSubresource, withoutMethod, writtenPart } from './subresources.ts';
import { createToken } from './token-request.ts';
import { updateObject, type Update, type Updated } from './update.ts';

/** Requests by verb and subresource: apiserver/pkg/endpoints/handlers. */

type RequestOf<V extends ApiRequest['verb']> = Extract<ApiRequest, { verb: V }>;

const defaultFieldManager = 'kubedrill';
export function answerRequest(backend: Backend, request: ApiRequest): ApiResponse {
  const { resource } = request;
  if ('subresource' in request && request.subresource !== undefined) {
    const refusal = refusedSubresource(resource, backend.registry.of(resource.kind), request.subresource, request.verb);
    if (refusal) return { ...refused(refusal), warnings: [] };
  }
  switch (request.verb) {
    case 'get':
      return get(backend, request);
    case 'list':
      return list(backend, request);
    case 'create':
      return create(backend, request);
    case 'update':
      return update(backend, request);
    case 'patch':
      return patch(backend, request);
    case 'delete':
      return remove(backend, request);
    case 'deletecollection':
      return removeCollection(backend, request);
  }
}

/** A write of a client, who is told of the warnings. */
interface ClientWrite extends Write {
  readonly warnings: string[];
}

function writeOf(
  backend: Backend,
  request: { readonly dryRun?: boolean; readonly fieldManager?: string; readonly user?: UserInfo },
): ClientWrite {
  const { dryRun, fieldManager, user } = request;
  return { backend, user, dryRun: dryRun === true, fieldManager: fieldManager ?? defaultFieldManager, warnings: [] };
}

function respond(write: ClientWrite, outcome: Outcome<KubeObject | JsonObject>, code: 200 | 201 = 200): ApiResponse {
  const { warnings } = write;
  return outcome.ok ? { ok: true, code, object: outcome.object, warnings } : { ...outcome, warnings };
}

function get(backend: Backend, request: RequestOf<'get'>): ApiResponse {
  const { resource, namespace, name, subresource } = request;
  const write = writeOf(backend, {});
  if (subresource === 'scale') return respond(write, readScale(write, { info: resource, namespace, name }));
  const found = backend.store.get(resource.kind, namespace, name);
  warnOfDeprecation(backend, request, write);
  return respond(write, found ? done(found) : refused(notFound(resource, name)));
}

/** Kinds that warn on every request for them. */
function warnOfDeprecation(backend: Backend, { resource }: ApiRequest, write: ClientWrite): void {
  const { deprecation } = backend.registry.of(resource.kind);
  if (deprecation !== undefined) write.warnings.push(deprecation);
}

function list(backend: Backend, request: RequestOf<'list'>): ApiResponse {
  const { resource, namespace } = request;
  const write = writeOf(backend, {});
  warnOfDeprecation(backend, request, write);
  return listResponse(write, listObjects(backend, resource.kind, namespace, request));
}

function listResponse({ backend, warnings }: ClientWrite, outcome: Outcome<readonly KubeObject[]>): ApiResponse {
  if (!outcome.ok) return { ...outcome, warnings };
  const resourceVersion = String(backend.store.resourceVersion);
  return { ok: true, code: 200, items: outcome.object, resourceVersion, warnings };
}

function decodedBody(
  write: ClientWrite,
  { schema }: KindDefinition,
  { resource, body, fieldValidation = 'Strict' }: RequestOf<'create' | 'update'>,
): Outcome<KubeObject> {
  return decodeBody(resource, schema, body, fieldValidation, write);
}

function create(backend: Backend, request: RequestOf<'create'>): ApiResponse {
  const { resource, namespace, subresource } = request;
  const write = writeOf(backend, request);
  warnOfDeprecation(backend, request, write);
  if (subresource !== undefined) return respond(write, createUnder(write, request), 201);
  const definition: KindDefinition = backend.registry.of(resource.kind);
  const decoded = decodedBody(write, definition, request);
  return respond(write, decoded.ok ? createObject(write, namespace, decoded.object) : decoded, 201);
}

function createUnder(
  write: Write,
  { namespace, name = '', body, subresource }: RequestOf<'create'>,
): Outcome<JsonObject> {
  switch (subresource) {
    case 'binding':
      return createBinding(write, namespace, name, body);
    case 'token':
      return createToken(write, namespace, name, body);
    default:
      return createEviction(write, namespace, name, body);
  }
}

function update(backend: Backend, request: RequestOf<'update'>): ApiResponse {
  const { resource, namespace, name, body, subresource } = request;
  const write = writeOf(backend, request);
  warnOfDeprecation(backend, request, write);
  if (subresource === 'scale') return respond(write, writeScale(write, { info: resource, namespace, name }, { body }));
  const definition: KindDefinition = backend.registry.of(resource.kind);
  const decoded = decodedBody(write, definition, request);
  if (!decoded.ok) return respond(write, decoded);
  const placed = inNamespace(resource, namespace, decoded.object);
  if (!placed.ok) return respond(write, placed);
  const wrongName = misnamed(placed.object, name);
  if (wrongName) return respond(write, refused(wrongName));
  const object = definition.defaults(withoutRepeatedOwners(placed.object, write.warnings));
  const { uid } = object.metadata;
  const key: ObjectKey = { kind: resource.kind, namespace, name };
  const updated: Update['updated'] = (existing) =>
    existing ? done(object) : admitNew(write, definition, namespace, object);
  return updatedResponse(write, updateObject(write, { key, subresource: writtenPart(subresource), uid, updated }));
}

function updatedResponse(write: ClientWrite, outcome: Outcome<Updated>): ApiResponse {
  return outcome.ok
    ? respond(write, done(outcome.object.object), outcome.object.created ? 201 : 200)
    : respond(write, outcome);
}

function patch(backend: Backend, request: RequestOf<'patch'>): ApiResponse {
  const { resource, namespace, name, patchType, body, subresource } = request;
  const write = writeOf(backend, request);
  warnOfDeprecation(backend, request, write);
  const tooDeep = nestedTooDeep(body);
  if (tooDeep) return respond(write, refused(tooDeep));
  if (patchType === 'apply') return apply(write, request);
  const { fieldValidation = 'Strict' } = request;
  const change: Patch = { type: patchType, body, fieldValidation };
  if (subresource === 'scale')
    return respond(write, writeScale(write, { info: resource, namespace, name }, { patch: change }));
  const updated = updateObject(write, {
    key: { kind: resource.kind, namespace, name },
    subresource: writtenPart(subresource),
    mayCreate: false,
    updated: (existing) => (existing ? patchedObject(write, existing, change) : refused(notFound(resource, name))),
  });
  return updatedResponse(write, updated);
}

function apply(
  write: ClientWrite,
  { resource, namespace, name, subresource, body, force, fieldManager }: RequestOf<'patch'>,
): ApiResponse {
  const key: ObjectKey = { kind: resource.kind, namespace, name };
  const applier = { ...write, fieldManager };
  if (subresource === 'scale')
    return respond(write, applyScale(applier, { info: resource, namespace, name }, body, force === true));
  return updatedResponse(
    write,
    applyObject(applier, { key, subresource: writtenPart(subresource), body, force: force === true }),
  );
}

function remove(backend: Backend, request: RequestOf<'delete'>): ApiResponse {
  const { resource, namespace, name } = request;
  const write = writeOf(backend, request);
  warnOfDeprecation(backend, request, write);
  const deleted = deleteObject(write, { kind: resource.kind, namespace, name }, request);
  return respond(write, deleted.ok ? done(deletionAnswer(backend, deleted.object)) : deleted);
}

/** finalizeDelete: some kinds answer with the object that is gone, others with a Status. */
function deletionAnswer(backend: Backend, { object, gone }: Deleted): KubeObject | JsonObject {
  if (!gone || backend.registry.of(object.kind).deletion?.answersWithObject) return object;
  const { plural, group } = resources[object.kind];
  const { name, uid } = object.metadata;
  const details = { name, ...(group === '' ? {} : { group }), kind: plural, uid };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}

function removeCollection(backend: Backend, request: RequestOf<'deletecollection'>): ApiResponse {
  const { resource, namespace } = request;
  // Namespaces can only be deleted one by one.
  if (resource.kind === 'Namespace') return { ...refused(withoutMethod), warnings: [] };
  const listed = listObjects(backend, resource.kind, namespace, request);
  const write = writeOf(backend, request);
  warnOfDeprecation(backend, request, write);
  if (!listed.ok) return { ...listed, warnings: write.warnings };
  for (const { kind, metadata } of listed.object) {
    const outcome = deleteObject(write, { kind, namespace: metadata.namespace ?? '', name: metadata.name }, request);
    if (!outcome.ok && outcome.status.reason !== 'NotFound') return { ...outcome, warnings: write.warnings };
  }
  return listResponse(write, listed);
}
