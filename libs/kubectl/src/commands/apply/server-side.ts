import { lastAppliedAnnotation, type ApiResponse, type Subresource } from '@kubedrill/cluster-sim';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import { apiVersionOf, isJsonObject } from '@kubedrill/kube-model';
import { dryRunOf } from '../../dry-run.ts';
import type { Fault } from '../../fault.ts';
import { bareText, fault, refusal } from '../../fault.ts';
import { fieldValidationOf } from '../../field-validation.ts';
import type { Invocation } from '../../invocation.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { fetchObject, shownAs } from '../../resource-visit.ts';
import { savedConfiguration } from '../../saved-configuration.ts';
import type { Applied } from './client-side.ts';
import { managersOf, ownersOfAnnotation, upgradedManagers } from './manager-upgrade.ts';

const ownManager = 'kubectl';
const annotationManager = 'kubectl-last-applied';
const later = 'This is non-fatal and will be retried next time you apply. Error:';

/** apply.go applyOneObject with --server-side. */
export function applyOnServer(invocation: Invocation, target: VisitedObject): Applied | Fault {
  const { console, flags } = invocation;
  if (target.name === '') return fault('resource name may not be empty');
  const manager = managerOf(invocation);
  const applied = send(invocation, target, target.object, manager);
  if ('kind' in applied) return isConflict(applied) ? conflictAdvice(applied) : applied;
  let { object } = applied;
  const saved =
    flags.has('field-manager') && manager !== ownManager ? undefined : keepAnnotation(invocation, target, object);
  if (saved && 'kind' in saved) {
    console.note(
      `Warning: failed to migrate ${lastAppliedAnnotation} for Server-Side Apply. ${later} ${bareText(saved)}`,
    );
    return { object, operation: 'serverside-applied' };
  }
  object = saved?.object ?? object;
  const migrated = migrate(invocation, target, object, manager);
  if (migrated && 'kind' in migrated)
    console.note(
      `Warning: server rejected managed fields migration to Server-Side Apply. ${later} ${bareText(migrated)}`,
    );
  else if (migrated) object = reapplied(invocation, target, migrated.object, manager);
  return { object, operation: 'serverside-applied' };
}

function managerOf({ flags }: Invocation): string {
  return flags.has('field-manager') ? flags.text('field-manager') : ownManager;
}

type Sent = { readonly object: JsonObject } | Fault;

function send(
  invocation: Invocation,
  target: VisitedObject,
  body: JsonObject,
  manager: string,
  isForced?: boolean,
): Sent {
  const { cluster, flags } = invocation;
  const { resource, namespace, name } = target;
  const subresource = flags.text('subresource') as Subresource | '';
  const response = cluster.api.handle({
    verb: 'patch',
    patchType: 'apply',
    resource,
    namespace,
    name,
    body,
    force: isForced ?? flags.isTrue('force-conflicts'),
    ...(subresource === '' ? {} : { subresource }),
    ...writeOptions(invocation, manager),
  });
  return sentBy(invocation, target, response);
}

function writeOptions({ flags }: Invocation, fieldManager: string) {
  return { dryRun: dryRunOf(flags) === 'server', fieldManager, fieldValidation: fieldValidationOf(flags) };
}

function sentBy({ console }: Invocation, { resource }: VisitedObject, response: ApiResponse): Sent {
  console.warn(response.warnings);
  if (!response.ok) return refusal(response.status);
  return { object: 'object' in response ? shownAs(resource, response.object) : {} };
}

function isConflict(problem: Fault): boolean {
  return problem.kind === 'refusal' && problem.status.reason === 'Conflict';
}

function conflictAdvice(problem: Fault): Fault {
  return fault(
    [
      bareText(problem),
      'Please review the fields above--they currently have other managers. Here',
      'are the ways you can resolve this warning:',
      '* If you intend to manage all of these fields, please re-run the apply',
      '  command with the `--force-conflicts` flag.',
      '* If you do not intend to manage all of the fields, please edit your',
      '  manifest to remove references to the fields that should keep their',
      '  current managers.',
      '* You may co-own fields by updating your manifest to match the existing',
      "  value; in this case, you'll become the manager if the other manager(s)",
      '  stop managing the field (remove it from their configuration).',
      'See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts',
    ].join('\n'),
  );
}

/** saveLastApplyAnnotationIfNecessary: another manager keeps the annotation for those who go back. */
function keepAnnotation(invocation: Invocation, target: VisitedObject, object: JsonObject): Sent | undefined {
  const annotation = savedConfiguration(object);
  if (annotation === undefined || ownersOfAnnotation(object, 'Apply').length > 0) return undefined;
  const { resource, namespace, name } = target;
  const body: JsonObject = {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: {
      annotations: { [lastAppliedAnnotation]: annotation },
      name,
      ...(namespace === '' ? {} : { namespace }),
    },
  };
  return send(invocation, target, body, annotationManager, false);
}

const mostTries = 5;

/** migrateToSSAIfNecessary; undefined where there is nothing to do. */
function migrate(
  invocation: Invocation,
  target: VisitedObject,
  applied: JsonObject,
  manager: string,
): Sent | undefined {
  const former = ownersOfAnnotation(applied, 'Update').map((entry) => entry.manager);
  let object = applied;
  let sent: Sent | undefined;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const upgraded = upgradedManagers(managersOf(object), new Set(former), manager);
    if (!upgraded) return undefined;
    sent = replaceManagers(invocation, target, object, upgraded as unknown as Json);
    if (!('kind' in sent) || !isConflict(sent)) return sent;
    const again = fetchObject(invocation, target);
    if ('kind' in again) return again;
    object = again.object;
  }
  return sent;
}

function replaceManagers(invocation: Invocation, target: VisitedObject, object: JsonObject, managers: Json): Sent {
  const { resource, namespace, name } = target;
  const { resourceVersion } = isJsonObject(object.metadata) ? object.metadata : {};
  const response = invocation.cluster.api.handle({
    verb: 'patch',
    patchType: 'json',
    resource,
    namespace,
    name,
    body: [
      { op: 'replace', path: '/metadata/managedFields', value: managers },
      { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion ?? null },
    ],
    ...writeOptions(invocation, managerOf(invocation)),
  });
  return sentBy(invocation, target, response);
}

function reapplied(invocation: Invocation, target: VisitedObject, migrated: JsonObject, manager: string): JsonObject {
  const again = send(invocation, target, target.object, manager);
  if (!('kind' in again)) return again.object;
  invocation.console.note(
    `Warning: failed to re-apply configuration after performing Server-Side Apply migration. ${later} ${bareText(again)}`,
  );
  return migrated;
}
