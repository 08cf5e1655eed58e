import { apiVersionOf, resources, type Json, type KubeObject } from '@kubedrill/kube-model';
import { managedListOf, managersOf } from '../apply/managed-list.ts';
import type { KindDefinition } from '../kinds/kind-definition.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import { convertUnstructured } from '../schema/convert-unstructured.ts';
import { conflict } from '../status.ts';
import { appliedDocument, managerRequired, unconvertible } from './applied-document.ts';
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

function appliedObject(write: Write, apply: ServerSideApply, existing: KubeObject | undefined): Outcome<KubeObject> {
  const { key, subresource, body, force } = apply;
  const info = resources[key.kind];
  const definition: KindDefinition = write.backend.registry.of(key.kind);
  const outcome = appliedDocument({
    rules: rulesOf(definition, subresource),
    live: existing && unmanaged(existing),
    body,
    managers: managersOf(existing?.metadata.managedFields),
    applier: writerOf(write, { apiVersion: apiVersionOf(info) }, 'Apply', subresource),
    kind: info.kind,
    force,
  });
  if (!outcome.ok) return outcome;
  const decoded = convertUnstructured(definition.schema, outcome.object.object);
  if (!decoded.ok) return refused(unconvertible(body, decoded.message));
  if (decoded.holdsEmpties) write.holdsEmpties = true;
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
