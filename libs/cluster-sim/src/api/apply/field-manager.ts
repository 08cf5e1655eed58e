import type { Json, JsonObject } from '@kubedrill/kube-model';
import { done, refused, type Outcome } from '../outcome.ts';
import { deepEqual } from '../patch/json-value.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { zeroObject } from '../schema/empty-values.ts';
import { applyConflict } from './apply-conflict.ts';
import { FieldSet } from './field-set.ts';
import { allowedByLastApplied, withCurrentLastApplied } from './last-applied.ts';
import { capped, identityOf, type Manager, type ManagerName, type Managers } from './managers.ts';
import { applied, updatedOwners, type ApplyResult, type Rules } from './ownership.ts';
import { field } from './path-element.ts';

/** Who writes, and when (RFC 3339). */
export interface Writer extends ManagerName {
  readonly time: string;
}

/** What no manager ever owns: stripmeta.go. */
const nobodys = FieldSet.of([
  [field('apiVersion')],
  [field('kind')],
  [field('metadata')],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((name) => [field('metadata'), field(name)]),
]);

/** kubectl takes over what its client-side apply owned before. */
const kubectl = 'kubectl';
const beforeFirstApply = 'before-first-apply';

/** What an object is compared with when it is new. */
export function absentObject(
  schema: ObjectSchema,
  typeMeta: { readonly apiVersion: string; readonly kind: string },
): JsonObject {
  return { ...zeroObject(schema), apiVersion: typeMeta.apiVersion, kind: typeMeta.kind };
}

/** The managers after a create, update or patch: managedfieldsupdater.go. Objects without metadata.managedFields. */
export function managersAfterUpdate(
  rules: Rules,
  live: Json,
  next: Json,
  managers: Managers,
  writer: Writer,
): Managers {
  const { managers: others, taken } = updatedOwners(rules, live, next, managers);
  const fields = taken.difference(nobodys);
  if (fields.isEmpty) return capped(others);
  const identity = identityOf(writer);
  const before = others.get(identity)?.fields ?? FieldSet.empty;
  return capped(new Map([...others, [identity, managerOf(writer, before.union(fields))]]));
}

function managerOf({ manager, operation, apiVersion, subresource, time }: Writer, fields: FieldSet): Manager {
  return { manager, operation, apiVersion, subresource, time, fields };
}

export interface Application {
  readonly live: JsonObject;
  /** What `live` is when nothing is there: absentObject. */
  readonly absent: JsonObject;
  /** Of the schema's type: typeErrors found nothing. */
  readonly configuration: JsonObject;
  readonly managers: Managers;
  readonly applier: Writer & { readonly operation: 'Apply' };
  readonly force: boolean;
}

export interface Applied {
  readonly object: JsonObject;
  readonly managers: Managers;
}

/** FieldManager.Apply with its chain of managers, from the version check on; all without metadata.managedFields. */
export function applyConfiguration(rules: Rules, application: Application): Outcome<Applied> {
  const { live, configuration, applier } = application;
  const managers = withFirstManager(rules, application);
  const result = applyAsKubectl(rules, application, managers);
  if (!result.ok) return refused(applyConflict(result.conflicts));
  const isChanged = !deepEqual(result.object, live);
  const object = isChanged ? (result.object as JsonObject) : live;
  const described = applier.manager === kubectl ? withCurrentLastApplied(object, configuration) : object;
  return done({ object: described, managers: withApplier(result.managers, applier, isChanged) });
}

/** Fields that nobody followed so far get a manager with the first apply: skipnonapplied.go. */
function withFirstManager(rules: Rules, { absent, live, managers, applier }: Application): Managers {
  if (managers.size > 0 || live === absent) return managers;
  const writer: Writer = { ...applier, manager: beforeFirstApply, operation: 'Update' };
  return managersAfterUpdate(rules, absent, live, managers, writer);
}

/** lastappliedmanager.go. */
function applyAsKubectl(rules: Rules, application: Application, managers: Managers): ApplyResult {
  const { live, configuration, applier, force } = application;
  const result = applied(rules, live, configuration, managers, { ...applier, force });
  if (result.ok || applier.manager !== kubectl) return result;
  const allowed = allowedByLastApplied(rules.schema, live, applier.apiVersion);
  if (!allowed) return result;
  const conflicts = result.conflicts.filter(({ path }) => !allowed.has(path));
  if (conflicts.length > 0) return { ok: false, conflicts };
  return applied(rules, live, configuration, managers, { ...applier, force: true });
}

function withApplier(managers: Managers, applier: Writer, isChanged: boolean): Managers {
  const identity = identityOf(applier);
  const own = managers.get(identity);
  if (!own) return managers;
  const fields = own.fields.difference(nobodys);
  const next = new Map(managers);
  if (fields.isEmpty) next.delete(identity);
  else next.set(identity, { ...own, fields, time: isChanged ? applier.time : own.time });
  return next;
}
