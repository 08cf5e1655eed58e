import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { creationFlags } from '../created-object.ts';
import { deletionFlags } from '../deletion-flags.ts';
import { dryRunNote, dryRunOf } from '../dry-run.ts';
import type { Fault } from '../fault.ts';
import { faultText, refusal, withSource } from '../fault.ts';
import { fieldValidationOf } from '../field-validation.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError, NotModelled } from '../invocation.ts';
import { filenameFlags, hasFiles } from '../manifest-files.ts';
import { recordFlag } from '../record-flag.ts';
import type { VisitedObject, VisitOptions } from '../resource-visit.ts';
import { findVisits, noSuchResource, shownAs, subresourceOf, visitAll } from '../resource-visit.ts';
import { ResultPrinter } from '../result-printer.ts';
import { withConfiguration } from '../saved-configuration.ts';
import { deleteVisits, deletionOf } from './delete.ts';

/** kubectl/pkg/cmd/replace/replace.go. */
export const replace: KubectlCommand = {
  name: 'replace',
  flags: {
    ...creationFlags,
    ...filenameFlags,
    ...deletionFlags,
    ...recordFlag,
    raw: { value: 'required' },
    subresource: { value: 'required' },
  },
  run(invocation) {
    const { console, flags } = invocation;
    const fieldValidation = fieldValidationOf(flags);
    dryRunOf(flags);
    const printer = new ResultPrinter(invocation);
    if (!hasFiles(invocation)) throw new CommandError('error: must specify one of -f and -k');
    refuseModes(invocation);
    const options: VisitOptions = { fieldValidation, subresource: subresourceOf(flags) };
    const problem = flags.isTrue('force')
      ? replaceByForce(invocation, options, printer)
      : visitAll(invocation, findVisits(invocation, options), options, (target) =>
          replaceOne(invocation, target, printer),
        );
    if (problem) console.fail(faultText(problem));
  },
};

function refuseModes({ flags }: Invocation): void {
  const isForced = flags.isTrue('force');
  if (flags.has('grace-period') && Number(flags.text('grace-period')) >= 0 && !isForced)
    throw new CommandError('error: --grace-period must have --force specified');
  if (flags.has('timeout') && !isForced) throw new CommandError('error: --timeout must have --force specified');
  if (isForced && dryRunOf(flags) !== 'none')
    throw new CommandError('error: --dry-run can not be used when --force is set');
  if (flags.text('raw') !== '') throw new NotModelled('kubectl replace --raw');
}

type Sent = { readonly object: JsonObject } | Fault;

function replaceOne(invocation: Invocation, target: VisitedObject, printer: ResultPrinter): Fault | undefined {
  const { flags } = invocation;
  const dryRun = dryRunOf(flags);
  const object = withConfiguration(target.object, flags.isTrue('save-config'));
  const sent: Sent = dryRun === 'client' ? { object } : put(invocation, target, object);
  if ('kind' in sent) return withSource('replacing', target.source, sent);
  printer.print(sent.object, `replaced${dryRunNote(dryRun)}`);
  return undefined;
}

/** resource.Helper Replace: of an object without a version, that of the live one. */
function put(invocation: Invocation, target: VisitedObject, object: JsonObject): Sent {
  const { cluster, flags } = invocation;
  const { resource, namespace, name } = target;
  if (resource.version === '') return refusal(noSuchResource);
  const subresource = subresourceOf(flags);
  const own = isJsonObject(object.metadata) ? object.metadata : {};
  const live = cluster.view.get(resource.kind, namespace, name)?.metadata.resourceVersion;
  const metadata = own.resourceVersion === undefined && live !== undefined ? { ...own, resourceVersion: live } : own;
  const response = cluster.api.handle({
    verb: 'update',
    resource,
    namespace,
    name,
    body: { ...object, metadata },
    ...(subresource && { subresource }),
    ...writeOptions(invocation),
  });
  return sentBy(invocation, target, response);
}

function writeOptions({ flags }: Invocation) {
  return {
    dryRun: dryRunOf(flags) === 'server',
    fieldManager: flags.has('field-manager') ? flags.text('field-manager') : 'kubectl-replace',
    fieldValidation: fieldValidationOf(flags),
  };
}

function sentBy(
  { console }: Invocation,
  { resource }: VisitedObject,
  response: ReturnType<Invocation['cluster']['api']['handle']>,
): Sent {
  console.warn(response.warnings);
  if (!response.ok) return refusal(response.status);
  return { object: 'object' in response ? shownAs(resource, response.object) : {} };
}

const pollPause = 1_000;
const mostPolls = 300;

/** forceReplace: deletes, waits, creates. */
function replaceByForce(invocation: Invocation, options: VisitOptions, printer: ResultPrinter): Fault | undefined {
  const { cluster, console, flags } = invocation;
  const deletion = deletionOf(invocation);
  const given = flags.has('grace-period') ? Number(flags.text('grace-period')) : -1;
  const { fieldValidation: _, ...unchecked } = options;
  const visits = findVisits(invocation, { ...unchecked, requiresObject: false });
  const before = console.exitCode;
  deleteVisits(invocation, visits, {
    ...deletion,
    grace: given === 0 ? 1 : given,
    ignoresMissing: true,
    waits: given === 0 || flags.isTrue('wait'),
  });
  if (console.exitCode !== before) return undefined;
  const isThere = ({ resource, namespace, name }: VisitedObject): boolean =>
    cluster.view.get(resource.kind, namespace, name) !== undefined;
  for (let polls = 0; polls < mostPolls && visits.targets.some(isThere); polls += 1) cluster.advance(pollPause);
  const created = findVisits(invocation, options);
  if (created.targets.length === 0 && created.faults.length === 0)
    throw new CommandError('error: no objects passed to replace');
  return visitAll(invocation, created, options, (target) => {
    const object = withConfiguration(target.object, flags.isTrue('save-config'));
    const sent = post(invocation, target, object);
    if ('kind' in sent) return sent;
    printer.print(sent.object, 'replaced');
    return undefined;
  });
}

function post(invocation: Invocation, target: VisitedObject, object: JsonObject): Sent {
  const { resource, namespace } = target;
  const { resourceVersion: _, ...metadata } = isJsonObject(object.metadata) ? object.metadata : {};
  const response = invocation.cluster.api.handle({
    verb: 'create',
    resource,
    namespace,
    body: { ...object, metadata },
    ...writeOptions(invocation),
  });
  return sentBy(invocation, target, response);
}
