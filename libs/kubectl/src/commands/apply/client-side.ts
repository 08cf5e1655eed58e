import {
  createThreeWayPatch,
  encodeGoJson,
  lastAppliedAnnotation,
  patchLocally,
  type ApiResponse,
  type ApiStatus,
} from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { dryRunOf } from '../../dry-run.ts';
import type { Fault } from '../../fault.ts';
import { fault, isNotFound, refusal, withSource } from '../../fault.ts';
import { fieldValidationOf } from '../../field-validation.ts';
import type { Invocation } from '../../invocation.ts';
import { objectText } from '../../object-text.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { fetchObject, shownAs } from '../../resource-visit.ts';
import { withChangeCause } from '../../recorded-cause.ts';
import { savedConfiguration, withConfiguration, withoutNulls } from '../../saved-configuration.ts';
import { deletionOf } from '../delete.ts';

export interface Applied {
  readonly object: JsonObject;
  readonly operation: 'created' | 'configured' | 'unchanged' | 'serverside-applied';
}

const mostRetries = 5;
const retryPause = 1_000;

/** kubectl/pkg/cmd/apply/apply.go applyOneObject: creates what is not there, else patches three-way. */
export function applyOnClient(invocation: Invocation, target: VisitedObject): Applied | Fault {
  const modified = withConfiguration(withChangeCause(invocation, target.object), true);
  const live = fetchObject(invocation, target);
  if ('kind' in live)
    return isNotFound(live)
      ? create(invocation, { ...target, object: withoutNulls(modified) })
      : withSource(
          `retrieving current configuration of:\n${objectText(target)}\nfrom server for:`,
          target.source,
          live,
        );
  if (savedConfiguration(live.object) === undefined) warnOfMissing(invocation, target);
  if (dryRunOf(invocation.flags) === 'client') return patchHere(invocation, live, modified);
  return patch(invocation, live, modified);
}

function warnOfMissing({ console }: Invocation, { resource, name }: VisitedObject): void {
  console.note(
    `Warning: resource ${resource.plural}/${name} is missing the ${lastAppliedAnnotation} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`,
  );
}

function create(invocation: Invocation, target: VisitedObject): Applied | Fault {
  if (dryRunOf(invocation.flags) === 'client') return { object: target.object, operation: 'created' };
  const created = post(invocation, target, target.object);
  return 'kind' in created
    ? withSource('creating', target.source, created)
    : { object: created.object, operation: 'created' };
}

interface Sent {
  readonly object: JsonObject;
}

function post(invocation: Invocation, { resource, namespace }: VisitedObject, object: JsonObject): Sent | Fault {
  const { resourceVersion: _, ...metadata } = isJsonObject(object.metadata) ? object.metadata : {};
  const response = invocation.cluster.api.handle({
    verb: 'create',
    resource,
    namespace,
    body: { ...object, metadata },
    ...writeOptions(invocation),
  });
  return sentBy(invocation, resource, response);
}

function writeOptions({ flags }: Invocation) {
  return {
    dryRun: dryRunOf(flags) === 'server',
    fieldManager: flags.has('field-manager') ? flags.text('field-manager') : 'kubectl-client-side-apply',
    fieldValidation: fieldValidationOf(flags),
  };
}

function sentBy({ console }: Invocation, resource: VisitedObject['resource'], response: ApiResponse): Sent | Fault {
  console.warn(response.warnings);
  if (!response.ok) return refusal(response.status);
  return { object: 'object' in response ? shownAs(resource, response.object) : {} };
}

interface Patched {
  readonly patch: JsonObject;
  readonly sent: Sent | Fault;
}

/** patcher.go Patch: a conflict is met with another try. */
function patch(invocation: Invocation, live: VisitedObject, modified: JsonObject): Applied | Fault {
  const { cluster, flags } = invocation;
  let current = live;
  let result = patchOnce(invocation, current, modified);
  for (let tries = 1; tries <= mostRetries && isRefusedFor(result.sent, ['Conflict']); tries += 1) {
    if (tries > 1) cluster.advance(retryPause);
    const again = fetchObject(invocation, live);
    if ('kind' in again) return failed(live, {}, again);
    current = again;
    result = patchOnce(invocation, current, modified);
  }
  const { patch: sentPatch, sent } = result;
  if (!('kind' in sent))
    return { object: sent.object, operation: Object.keys(sentPatch).length === 0 ? 'unchanged' : 'configured' };
  if (!flags.isTrue('force') || !isRefusedFor(sent, ['Conflict', 'Invalid']))
    return failed(live, sentPatch, withSource('patching', live.source, sent));
  const recreated = deleteAndCreate(invocation, live, modified);
  return 'kind' in recreated
    ? failed(live, modified, recreated)
    : { object: recreated.object, operation: 'configured' };
}

function failed(target: VisitedObject, patchBody: JsonObject, problem: Fault): Fault {
  const place = `applying patch:\n${encodeGoJson(patchBody)}\nto:\n${objectText(target)}\nfor:`;
  return withSource(place, target.source, problem);
}

function isRefusedFor(sent: Sent | Fault, reasons: readonly ApiStatus['reason'][]): boolean {
  return 'kind' in sent && sent.kind === 'refusal' && reasons.includes(sent.status.reason);
}

function patchOnce(invocation: Invocation, live: VisitedObject, modified: JsonObject): Patched {
  const { cluster } = invocation;
  const { resource, namespace, name } = live;
  const computed = threeWayPatch(invocation, live, modified);
  if ('kind' in computed) return { patch: {}, sent: computed };
  const { patch: body } = computed;
  if (Object.keys(body).length === 0) return { patch: body, sent: live };
  const response = cluster.api.handle({
    verb: 'patch',
    patchType: 'strategic',
    resource,
    namespace,
    name,
    body,
    ...writeOptions(invocation),
  });
  return { patch: body, sent: sentBy(invocation, resource, response) };
}

/** patcher.go patchSimple. */
export function threeWayPatch(
  { cluster }: Invocation,
  { resource, object }: VisitedObject,
  modified: JsonObject,
): { readonly patch: JsonObject } | Fault {
  const original = originalOf(object);
  if (original === undefined) return fault('invalid JSON document');
  const created = createThreeWayPatch(original, modified, object, cluster.api.schemaOf(resource.kind));
  if (created.ok) return { patch: created.patch };
  const texts = [original, modified, object].map((document) => encodeGoJson(document));
  const [before, after, now] = texts;
  return fault(
    `creating patch with:\noriginal:\n${before ?? ''}\nmodified:\n${after ?? ''}\ncurrent:\n${now ?? ''}\nfor: ${created.message}`,
  );
}

function originalOf(live: JsonObject): JsonObject | undefined {
  const saved = savedConfiguration(live);
  if (saved === undefined || saved === '') return {};
  try {
    const parsed: unknown = JSON.parse(saved);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** PatchLocal: what --dry-run=client shows. */
function patchHere(invocation: Invocation, live: VisitedObject, modified: JsonObject): Applied | Fault {
  const computed = threeWayPatch(invocation, live, modified);
  if ('kind' in computed) return failed(live, {}, computed);
  const { patch: body } = computed;
  if (Object.keys(body).length === 0) return { object: live.object, operation: 'unchanged' };
  const patched = patchLocally(invocation.cluster.api, live.resource, 'strategic', live.object, body);
  return patched.ok
    ? { object: patched.object, operation: 'configured' }
    : failed(live, body, fault(`applying patch locally: ${patched.message}`));
}

const pollPause = 1_000;
const mostPolls = 600;

/** What fails to come back as it should is made again as it was. */
function deleteAndCreate(invocation: Invocation, live: VisitedObject, modified: JsonObject): Sent | Fault {
  const { cluster } = invocation;
  const { resource, namespace, name } = live;
  const { propagation, grace } = deletionOf(invocation);
  const gracePeriod = grace < 0 ? {} : { gracePeriodSeconds: grace };
  const response = cluster.api.handle({ verb: 'delete', resource, namespace, name, propagation, ...gracePeriod });
  if (!response.ok) return refusal(response.status);
  for (let polls = 0; polls < mostPolls && cluster.view.get(resource.kind, namespace, name); polls += 1)
    cluster.advance(pollPause);
  const created = post(invocation, live, modified);
  if (!('kind' in created)) return created;
  const restored = post(invocation, live, withoutServerFields(live.object));
  return 'kind' in restored ? restored : created;
}

function withoutServerFields(object: JsonObject): JsonObject {
  const { uid: _, managedFields: __, ...metadata } = isJsonObject(object.metadata) ? object.metadata : {};
  return { ...object, metadata };
}
