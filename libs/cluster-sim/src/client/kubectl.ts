import type { JsonObject, Kind, ManifestDocument } from '@kubedrill/kube-model';
import type { ApiResponse, ApiServer, FieldValidation } from '../api/request.ts';
import type { Schema } from '../api/schema/schema.ts';
import type { AppliedDocument } from '../cluster.ts';
import { withoutNullMembers } from '../api/patch/strategic-directives.ts';
import { createThreeWayPatch } from '../api/patch/strategic-diff.ts';
import type { KubectlStep } from './kubectl-error-text.ts';
import { kubectlErrorText, unsentStatus } from './kubectl-error-text.ts';
import type { LastAppliedPlace } from './last-applied.ts';
import { readLastApplied, recordLastApplied, withLastApplied } from './last-applied.ts';
import type { ManifestObject, NamespaceChoice } from './manifest-object.ts';
import { recognize, unpackLists } from './manifest-object.ts';

/** What kubectl needs to know of the cluster that it talks to. */
export interface KubectlContext {
  readonly api: ApiServer;
  schemaOf(kind: Kind): Schema;
}

export interface KubectlOptions {
  /** For objects that name none. Default 'default'. */
  readonly namespace?: string;
  /** As with --namespace: manifests of another namespace are refused. Default false. */
  readonly enforceNamespace?: boolean;
  /** Default Strict, as kubectl's --validate. */
  readonly fieldValidation?: FieldValidation;
  /** Default: the annotation. */
  readonly lastApplied?: LastAppliedPlace;
  /** As --dry-run. Default 'none'. */
  readonly dryRun?: 'none' | 'client' | 'server';
}

/** As `kubectl apply -f`, client-side: creates what is absent, else patches three-way. Goes on after a refused document. */
export function kubectlApply(
  context: KubectlContext,
  documents: readonly ManifestDocument[],
  options: KubectlOptions = {},
): readonly AppliedDocument[] {
  return forEachObject(documents, options, (object) => applyObject(context, object, options));
}

/** As `kubectl create -f`. */
export function kubectlCreate(
  context: Pick<KubectlContext, 'api'>,
  documents: readonly ManifestDocument[],
  options: KubectlOptions = {},
): readonly AppliedDocument[] {
  return forEachObject(documents, options, (object) => {
    if (options.dryRun === 'client') return unsent(object, 'created');
    const response = post(context, object, object.value, options, 'kubectl-create');
    record(object, response, options);
    return finish(object, response, done('created', options), { kind: 'creating', file: object.document.file });
  });
}

/** As `kubectl replace -f`; like it, creates what is missing. */
export function kubectlReplace(
  context: Pick<KubectlContext, 'api'>,
  documents: readonly ManifestDocument[],
  options: KubectlOptions = {},
): readonly AppliedDocument[] {
  return forEachObject(documents, options, (object) => {
    const { resource, namespace, name, value } = object;
    if (options.dryRun === 'client') return unsent(object, 'replaced');
    const live = get(context, object);
    const body = live.ok ? withResourceVersion(value, 'object' in live ? live.object : {}) : value;
    const response = context.api.handle({
      verb: 'update',
      resource,
      namespace,
      name,
      body,
      fieldManager: 'kubectl-replace',
      fieldValidation: options.fieldValidation ?? 'Strict',
      dryRun: options.dryRun === 'server',
    });
    return finish(object, response, done('replaced', options), { kind: 'replacing', file: object.document.file });
  });
}

export interface ServerSideApplyOptions extends KubectlOptions {
  /** Default 'kubectl'. */
  readonly fieldManager?: string;
  /** As --force-conflicts: takes over what others own. Default false. */
  readonly force?: boolean;
}

/** As `kubectl apply --server-side -f`. */
export function kubectlServerSideApply(
  context: Pick<KubectlContext, 'api'>,
  documents: readonly ManifestDocument[],
  options: ServerSideApplyOptions = {},
): readonly AppliedDocument[] {
  return forEachObject(documents, options, (object) => {
    const { resource, namespace, name, value } = object;
    const unnamed = name === '' ? namelessMessage(object) : undefined;
    if (unnamed !== undefined) return refuseUnsent(object.document, unnamed);
    const response = context.api.handle({
      verb: 'patch',
      patchType: 'apply',
      resource,
      namespace,
      name,
      body: value,
      fieldManager: options.fieldManager ?? 'kubectl',
      force: options.force ?? false,
      fieldValidation: options.fieldValidation ?? 'Strict',
      dryRun: options.dryRun === 'server',
    });
    record(object, response, options);
    return finish(object, response, done('serverside-applied', options), { kind: 'applying on the server' });
  });
}

function forEachObject(
  documents: readonly ManifestDocument[],
  options: KubectlOptions,
  send: (object: ManifestObject) => AppliedDocument,
): readonly AppliedDocument[] {
  const choice: NamespaceChoice = {
    namespace: options.namespace ?? 'default',
    enforced: options.enforceNamespace ?? false,
  };
  return unpackLists(documents).map((document) => {
    const recognized = recognize(document, choice);
    return recognized.ok ? send(recognized.object) : refuseUnsent(document, recognized.message);
  });
}

function refuseUnsent(document: ManifestDocument, message: string): AppliedDocument {
  const status = unsentStatus(message);
  return {
    document,
    response: { ok: false, status, warnings: [] },
    printed: kubectlErrorText(status, { kind: 'other' }),
  };
}

function applyObject(context: KubectlContext, object: ManifestObject, options: KubectlOptions): AppliedDocument {
  const unnamed = object.name === '' ? namelessMessage(object) : undefined;
  if (unnamed !== undefined) return refuseUnsent(object.document, unnamed);
  const place = placeOf(options);
  const live = get(context, object);
  if (live.ok && options.dryRun === 'client') return unsent(object, 'configured');
  if (live.ok)
    return 'object' in live ? patchObject(context, object, live.object as JsonObject, options) : missingObject();
  if (live.status.reason !== 'NotFound') return finish(object, live, 'configured', { kind: 'other' });
  if (options.dryRun === 'client') return unsent(object, 'created');
  // Nulls mean nothing in a new object; without them create and patch come to the same.
  const body = withoutNullMembers(withLastApplied(object, place)) as JsonObject;
  const response = post(context, object, body, options, 'kubectl-client-side-apply');
  record(object, response, options);
  return finish(object, response, done('created', options), { kind: 'creating', file: object.document.file });
}

function namelessMessage({ value, document }: ManifestObject): string {
  const metadata = value.metadata as JsonObject | undefined;
  const generateName = metadata?.generateName;
  if (typeof generateName === 'string' && generateName !== '')
    return `from ${generateName}: cannot use generate name with apply`;
  return `error when retrieving current configuration of:\nfrom server for: ${JSON.stringify(document.file)}: resource name may not be empty`;
}

function patchObject(
  context: KubectlContext,
  object: ManifestObject,
  live: JsonObject,
  options: KubectlOptions,
): AppliedDocument {
  const place = placeOf(options);
  const { resource, namespace, name, document } = object;
  const lastApplied = readLastApplied(object, live, place);
  if (lastApplied === undefined) return refuseUnsent(document, 'invalid JSON document');
  const created = createThreeWayPatch(
    lastApplied,
    withLastApplied(object, place),
    live,
    context.schemaOf(resource.kind),
  );
  if (!created.ok) return refuseUnsent(document, created.message);
  // kubectl keeps an empty patch to itself; sending it changes nothing and answers with the object.
  const response = context.api.handle({
    verb: 'patch',
    patchType: 'strategic',
    resource,
    namespace,
    name,
    body: created.patch,
    fieldManager: 'kubectl-client-side-apply',
    fieldValidation: options.fieldValidation ?? 'Strict',
    dryRun: options.dryRun === 'server',
  });
  record(object, response, options);
  const operation = Object.keys(created.patch).length === 0 ? 'unchanged' : 'configured';
  return {
    ...finish(object, response, done(operation, options), {
      kind: 'patching',
      file: document.file,
      object,
      patch: created.patch,
    }),
    patch: created.patch,
  };
}

function post(
  { api }: Pick<KubectlContext, 'api'>,
  object: ManifestObject,
  body: JsonObject,
  options: KubectlOptions,
  fieldManager: string,
): ApiResponse {
  const { resource, namespace } = object;
  return api.handle({
    verb: 'create',
    resource,
    namespace,
    body,
    fieldManager,
    fieldValidation: options.fieldValidation ?? 'Strict',
    dryRun: options.dryRun === 'server',
  });
}

function get({ api }: Pick<KubectlContext, 'api'>, { resource, namespace, name }: ManifestObject): ApiResponse {
  return api.handle({ verb: 'get', resource, namespace, name });
}

/** kubectl fills in the live object's version where the manifest names none (resource.Helper Replace). */
function withResourceVersion(value: JsonObject, live: unknown): JsonObject {
  const metadata = (value.metadata ?? {}) as JsonObject;
  const liveMetadata = (live as { readonly metadata?: { readonly resourceVersion?: string } }).metadata;
  if (metadata.resourceVersion !== undefined || liveMetadata?.resourceVersion === undefined) return value;
  return { ...value, metadata: { ...metadata, resourceVersion: liveMetadata.resourceVersion } };
}

/** Only what really happened counts as applied. */
function record(object: ManifestObject, response: ApiResponse, options: KubectlOptions): void {
  if (response.ok && options.dryRun !== 'server') recordLastApplied(object, placeOf(options));
}

function done(operation: string, { dryRun }: KubectlOptions): string {
  return dryRun === 'server' ? `${operation} (server dry run)` : operation;
}

/** --dry-run=client: what would be sent stands for the answer. */
function unsent(object: ManifestObject, operation: string): AppliedDocument {
  const response: ApiResponse = { ok: true, code: 200, object: object.value, warnings: [] };
  return finish(object, response, `${operation} (dry run)`, { kind: 'other' });
}

function finish(object: ManifestObject, response: ApiResponse, operation: string, step: KubectlStep): AppliedDocument {
  const { document, resource, name } = object;
  const shown = resource.group === '' ? resource.singular : `${resource.singular}.${resource.group}`;
  return {
    document,
    response,
    printed: response.ok ? `${shown}/${name} ${operation}` : kubectlErrorText(response.status, step),
  };
}

function placeOf(options: KubectlOptions): LastAppliedPlace {
  return options.lastApplied ?? { kind: 'annotation' };
}

function missingObject(): never {
  throw new Error('the API server answered a get with a list');
}
