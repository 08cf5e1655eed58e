import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import { absentObject, applyConfiguration, type Application, type Applied } from '../apply/field-manager.ts';
import type { Managers } from '../apply/managers.ts';
import type { Rules } from '../apply/ownership.ts';
import { typeErrors } from '../apply/typed-validation.ts';
import { jsonKind } from '../go-text.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { ApiStatus } from '../request.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { badRequest, failure } from '../status.ts';

/** A configuration and what it is applied to: objects, or the Scale of one. */
export interface AppliedConfiguration {
  readonly rules: Rules;
  readonly kind: string;
  /** Without metadata.managedFields; undefined where nothing is there yet. */
  readonly live: JsonObject | undefined;
  readonly managers: Managers;
  readonly body: Json;
  readonly applier: Application['applier'];
  readonly force: boolean;
}

/** What a configuration makes of a document: FieldManager.Apply with the checks before it. */
export function appliedDocument(apply: AppliedConfiguration): Outcome<Applied> {
  const { rules, kind, body, managers, applier, force } = apply;
  const { apiVersion } = applier;
  if (!isJsonObject(body)) return refused(badRequest(notAnObject(body)));
  const absent = absentObject(rules.schema, { apiVersion, kind });
  const live = apply.live ?? absent;
  const refusal = misfit(body, apiVersion, kind) ?? mistyped(body, live, rules.schema);
  if (refusal) return refused(refusal);
  return applyConfiguration(rules, { live, absent, configuration: body, managers, applier, force });
}

export const managerRequired = failure(
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

function notAnObject(body: Json): string {
  const problem = `json: cannot unmarshal ${jsonKind(body)} into Go value of type map[string]interface {}`;
  return `error decoding YAML: error unmarshaling JSON: while decoding JSON: ${problem}`;
}

/** versionCheckManager: a configuration says what it is. */
function misfit(body: JsonObject, apiVersion: string, kind: string): ApiStatus | undefined {
  if (body['kind'] !== kind || body['apiVersion'] !== apiVersion)
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

export function unconvertible(body: Json, problem: string): ApiStatus {
  const document = isJsonObject(body) ? body : {};
  const words = `unable to convert unstructured object to ${groupVersionKind(document)}: ${problem}`;
  return failure(500, '', `failed to convert new object (${identification(document)}) to proper version: ${words}`);
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
