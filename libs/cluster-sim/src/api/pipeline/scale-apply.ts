import { apiVersionOf, type Json, type JsonObject, type ResourceInfo } from '@kubedrill/kube-model';
import { FieldSet } from '../apply/field-set.ts';
import { managedListOf, managersOf } from '../apply/managed-list.ts';
import { identityOf, type Manager, type Managers } from '../apply/managers.ts';
import { field } from '../apply/path-element.ts';
import { documentSchema } from '../apply/typed-value.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import { convertUnstructured } from '../schema/convert-unstructured.ts';
import { appliedDocument, managerRequired, unconvertible } from './applied-document.ts';
import { withMetadata, type Write } from './backend.ts';
import { writerOf } from './managed-fields.ts';
import { replicasOf, refusedScale, scaled, scaleOf, scaleSchema, type ScaleTarget } from './scale.ts';
import { updateObject } from './update.ts';

const scaleVersion = 'autoscaling/v1';

/** Server-side apply of a Scale: who owns its replicas is who owns those of the workload. */
export function applyScale(write: Write, target: ScaleTarget, body: Json, force: boolean): Outcome<JsonObject> {
  if (!write.fieldManager) return refused(managerRequired);
  const found = scaled(write, target);
  if (!found.ok) return found;
  const { access, scaled: existing } = found.object;
  const managers = managersOf(existing.metadata.managedFields);
  const outcome = appliedDocument({
    rules: { schema: documentSchema(scaleSchema), resetFields: FieldSet.empty },
    kind: 'Scale',
    live: scaleOf(access, existing),
    managers: managersOfScale(managers, target.info),
    body,
    applier: writerOf(write, { apiVersion: scaleVersion }, 'Apply', 'scale'),
    force,
  });
  if (!outcome.ok) return outcome;
  const decoded = convertUnstructured(scaleSchema, outcome.object.object);
  if (!decoded.ok) return refused(unconvertible(body, decoded.message));
  const refusal = refusedScale(target, existing, decoded.value);
  if (refusal) return refused(refusal);
  const managedFields = managedListOf(managersOfWorkload(managers, outcome.object.managers, target.info));
  const updated = updateObject(write, {
    key: { kind: existing.kind, namespace: target.namespace, name: target.name },
    ownersAreKnown: true,
    updated: () => done(withMetadata(access.withReplicas(existing, replicasOf(decoded.value)), { managedFields })),
  });
  return updated.ok ? done(scaleOf(access, updated.object.object)) : updated;
}

/** The same place in a Scale and in every workload that has one. */
const replicasPath = [field('spec'), field('replicas')];
const replicas = FieldSet.of([replicasPath]);

/** ScaleHandler.ToSubresource of apimachinery/pkg/util/managedfields/scalehandler.go. */
function managersOfScale(managers: Managers, info: ResourceInfo): Managers {
  return byIdentity(
    [...managers.values()]
      .filter(({ apiVersion, fields }) => apiVersion === apiVersionOf(info) && fields.has(replicasPath))
      .map((manager) => ({ ...manager, apiVersion: scaleVersion, fields: replicas })),
  );
}

/** ScaleHandler.ToParent: whoever no longer owns the replicas of the Scale has lost those of the workload. */
function managersOfWorkload(managers: Managers, ofScale: Managers, info: ResourceInfo): Managers {
  const merged = new Map<string, Manager>();
  const others = new Map(ofScale);
  const apiVersion = apiVersionOf(info);
  for (const [identity, manager] of managers) {
    if (manager.apiVersion !== apiVersion) continue;
    const isOwner = manager.fields.has(replicasPath);
    const fields = isOwner && !others.delete(identity) ? manager.fields.difference(replicas) : manager.fields;
    if (!fields.isEmpty) merged.set(identity, { ...manager, fields });
  }
  for (const [identity, manager] of others)
    if (manager.fields.has(replicasPath)) merged.set(identity, { ...manager, apiVersion, fields: replicas });
  return merged;
}

function byIdentity(managers: readonly Manager[]): Managers {
  return new Map(managers.map((manager) => [identityOf(manager), manager]));
}
