import {
  apiVersionOf,
  isJsonObject,
  resources,
  type Json,
  type JsonObject,
  type KubeObject,
} from '@kubedrill/kube-model';
import { absentObject, applyConfiguration } from '../apply/field-manager.ts';
import { managedListOf, managersOf } from '../apply/managed-list.ts';
import { typeErrors } from '../apply/typed-validation.ts';
import { jsonKind } from '../go-text.ts';
import type { KindDefinition } from '../kinds/kind-definition.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import type { ApiStatus } from '../request.ts';
import { convertUnstructured } from '../schema/convert-unstructured.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { badRequest, conflict, failure } from '../status.ts';
import { withMetadata, type Write } from './backend.ts';
import { admitNew, inNamespace } from './create.ts';
import { typed } from './decode-body.ts';
import { rulesOf, unmanaged, writerOf } from './managed-fields.ts';
import { misnamed } from './object-name.ts';
import { withoutRepeatedOwners } from './owner-references.ts';
import type { Update, Updated } from './update.ts';
import { updateObject } from './update.ts';

export interface ServerSideApply {
  readonly key: Update['key'];
  readonly subresource: Update['subresource'];
  readonly body: Json;
  readonly force: boolean;
}

/** A patch of type apply: endpoints/handlers/patch.go applyPatcher. Creates what is absent. */
export function applyObject(write: Write, apply: ServerSideApply): Outcome<Updated> {
  if (!write.fieldManager) return refused(managerRequired);
  const { key, subresource } = apply;
  return updateObject(write, {
    key,
    subresource,
    mayCreate: subresource === undefined,
    ownersAreKnown: true,
    updated: (existing) => appliedObject(write, apply, existing),
  });
}

const managerRequired = failure(
  422,
  'Invalid',
  'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  {
    group: 'meta.k8s.io',
    kind: 'PatchOptions',
    causes: [
      { reason: 'FieldValueRequired', message: 'Required value: is required for apply patch', field: 'fieldManager' },
    ],
  },
);

function appliedObject(write: Write, apply: ServerSideApply, existing: KubeObject | undefined): Outcome<KubeObject> {
  const { key, subresource, body } = apply;
  const info = resources[key.kind];
  const definition: KindDefinition = write.backend.registry.of(key.kind);
  const rules = rulesOf(definition, subresource);
  if (!isJsonObject(body)) return refused(badRequest(notAnObject(body)));
  const typeMeta = { apiVersion: apiVersionOf(info), kind: info.kind };
  const absent = absentObject(rules.schema, typeMeta);
  const live = existing ? unmanaged(existing) : absent;
  const refusal = misfit(body, definition) ?? mistyped(body, live, rules.schema);
  if (refusal) return refused(refusal);
  const outcome = applyConfiguration(rules, {
    live,
    absent,
    configuration: body,
    managers: managersOf(existing?.metadata.managedFields),
    applier: writerOf(write, typeMeta, 'Apply', subresource),
    force: apply.force,
  });
  if (!outcome.ok) return outcome;
  const decoded = convertUnstructured(definition.schema, outcome.object.object);
  if (!decoded.ok) return refused(unconvertible(body, decoded.message));
  const object = withMetadata(typed(info, decoded.value), { managedFields: managedListOf(outcome.object.managers) });
  return placed(write, apply, definition, object, existing);
}

/** The checks after the patch, and admission. */
function placed(
  write: Write,
  { key }: ServerSideApply,
  definition: KindDefinition,
  object: KubeObject,
  existing: KubeObject | undefined,
): Outcome<KubeObject> {
  const info = resources[key.kind];
  const { uid } = object.metadata;
  if (!existing && uid) return refused(conflict(info, key.name, uidWithoutObject(uid)));
  const inPlace = inNamespace(info, key.namespace, object);
  if (!inPlace.ok) return inPlace;
  const wrongName = misnamed(inPlace.object, key.name);
  if (wrongName) return refused(wrongName);
  const complete = definition.defaults(withoutRepeatedOwners(inPlace.object, write.warnings));
  return existing ? done(complete) : admitNew(write, definition, key.namespace, complete);
}

function uidWithoutObject(uid: string): string {
  return `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
}

function notAnObject(body: Json): string {
  const problem = `json: cannot unmarshal ${jsonKind(body)} into Go value of type map[string]interface {}`;
  return `error decoding YAML: error unmarshaling JSON: while decoding JSON: ${problem}`;
}

/** versionCheckManager: a configuration says what it is. */
function misfit(body: JsonObject, { kind }: KindDefinition): ApiStatus | undefined {
  const info = resources[kind];
  if (body['kind'] !== info.kind || body['apiVersion'] !== apiVersionOf(info))
    return badRequest(`invalid object type: ${groupVersionKind(body)}`);
  return Array.isArray(metadataOf(body)['managedFields'])
    ? badRequest('metadata.managedFields must be nil')
    : undefined;
}

function mistyped(body: JsonObject, live: JsonObject, schema: ObjectSchema): ApiStatus | undefined {
  const errors = typeErrors(schema, body);
  if (errors !== undefined)
    return failure(500, '', `failed to create typed patch object (${identification(body)}): ${errors}`);
  const liveErrors = typeErrors(schema, live, 'allowed');
  if (liveErrors === undefined) return undefined;
  return failure(500, '', `failed to create typed live object (${identification(live)}): ${liveErrors}`);
}

function unconvertible(body: JsonObject, problem: string): ApiStatus {
  const words = `unable to convert unstructured object to ${groupVersionKind(body)}: ${problem}`;
  return failure(500, '', `failed to convert new object (${identification(body)}) to proper version: ${words}`);
}

/** "namespace/name; group/version, Kind=kind" */
function identification(body: JsonObject): string {
  const { namespace, name } = metadataOf(body);
  return `${textOr(namespace)}/${textOr(name)}; ${groupVersionKind(body)}`;
}

function groupVersionKind({ apiVersion, kind }: JsonObject): string {
  const version = textOr(apiVersion);
  if (version.split('/').length > 2) return '/, Kind=';
  return `${version.includes('/') ? version : `/${version}`}, Kind=${textOr(kind)}`;
}

function metadataOf(body: JsonObject): JsonObject {
  return isJsonObject(body['metadata']) ? body['metadata'] : {};
}

function textOr(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
