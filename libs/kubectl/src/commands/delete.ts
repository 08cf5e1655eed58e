import type { Propagation } from '@kubedrill/cluster-sim';
import { durationOf } from '../go-duration.ts';
import type { DryRun } from '../dry-run.ts';
import { dryRunFlag, dryRunNote, dryRunOf } from '../dry-run.ts';
import { fault, faultText, refusal, withSource, type Fault } from '../fault.ts';
import type { Flags } from '../flags.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError, NotModelled } from '../invocation.ts';
import { filenameFlags } from '../manifest-files.ts';
import { typeText } from '../resource-arguments.ts';
import type { VisitedObject, Visits } from '../resource-visit.ts';
import { findVisits, noSuchResource, selectionOf, visitAll, visitFlags, withoutMissing } from '../resource-visit.ts';

/** kubectl/pkg/cmd/delete/delete.go. */
export const deleteCommand: KubectlCommand = {
  name: 'delete',
  flags: {
    ...visitFlags,
    ...filenameFlags,
    cascade: { value: { whenBare: 'background' } },
    'dry-run': dryRunFlag,
    force: { value: 'none' },
    'grace-period': { value: 'required', type: 'int' },
    'ignore-not-found': { value: 'none' },
    interactive: { short: 'i', value: 'none' },
    now: { value: 'none' },
    output: { short: 'o', value: 'required' },
    raw: { value: 'required' },
    timeout: { value: 'required', type: 'duration' },
    wait: { value: 'none' },
  },
  run(invocation) {
    const { flags } = invocation;
    const options = deletionOf(invocation);
    if (flags.text('raw') !== '') throw new NotModelled('kubectl delete --raw');
    const selection = selectionOf(invocation);
    if (flags.isTrue('all') && (flags.text('selector') !== '' || flags.text('field-selector') !== ''))
      throw new CommandError("error: setting 'all' parameter but found a non empty selector. ");
    const visits = findVisits(invocation, { ...selection, requiresObject: false });
    refuseModes(invocation, options);
    if (flags.isTrue('interactive') && !confirmed(invocation, visits)) return;
    deleteVisits(invocation, visits, options);
  },
};

export interface Deletion {
  readonly propagation: Propagation;
  /** -1: as the objects say. */
  readonly grace: number;
  readonly isForced: boolean;
  readonly dryRun: DryRun;
  readonly ignoresMissing: boolean;
  readonly waits: boolean;
  /** Milliseconds; 0: for ever. */
  readonly timeout: number;
}

const propagations: Readonly<Record<string, Propagation>> = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
};

export function deletionOf(invocation: Invocation): Deletion {
  const { flags } = invocation;
  const isSelecting = ['selector', 'field-selector'].some((name) => flags.text(name) !== '') || flags.isTrue('all');
  return {
    propagation: propagationOf(invocation),
    ...graceOf(flags),
    dryRun: dryRunOf(flags),
    ignoresMissing: flags.has('ignore-not-found') ? flags.isTrue('ignore-not-found') : isSelecting,
    waits: !flags.has('wait') || flags.isTrue('wait'),
    timeout: durationOf(flags.text('timeout')),
  };
}

/** delete_flags.go parseCascadingFlag. */
function propagationOf({ console, flags }: Invocation): Propagation {
  const text = flags.has('cascade') ? flags.text('cascade') : 'background';
  const propagation = propagations[text];
  if (propagation !== undefined) return propagation;
  const isTrue = /^(1|t|T|TRUE|true|True)$/.test(text);
  if (isTrue || /^(0|f|F|FALSE|false|False)$/.test(text)) {
    console.note(
      `warning: --cascade=${text} is deprecated (boolean value) and can be replaced with --cascade=${isTrue ? 'background' : 'orphan'}.`,
    );
    return isTrue ? 'Background' : 'Orphan';
  }
  throw new CommandError(`error: invalid cascade value (${text}). Must be "background", "foreground", or "orphan"`);
}

function graceOf(flags: Flags): Pick<Deletion, 'grace' | 'isForced'> {
  const isForced = flags.isTrue('force');
  const given = flags.has('grace-period') ? Number(flags.text('grace-period')) : -1;
  if (flags.isTrue('now') && given !== -1)
    throw new CommandError('error: --now and --grace-period cannot be specified together');
  const grace = flags.isTrue('now') ? 1 : given;
  if (grace === 0 && !isForced) return { grace: 1, isForced };
  return { grace: isForced && grace < 0 ? 0 : grace, isForced };
}

function refuseModes({ console, flags }: Invocation, { grace, isForced }: Deletion): void {
  const output = flags.text('output');
  if (output !== '' && output !== 'name')
    throw new CommandError(`error: unexpected -o output mode: ${output}. We only support '-o name'`);
  if (!isForced) return;
  if (grace > 0)
    throw new CommandError('error: --force and --grace-period greater than 0 cannot be specified together');
  console.warn([
    'Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.',
  ]);
}

function confirmed({ console, stdin }: Invocation, { targets }: Visits): boolean {
  if (targets.length === 0) {
    console.print('No resources found');
    return false;
  }
  console.print(`You are about to delete the following ${targets.length} resource(s):`);
  for (const { resource, name } of targets) console.print(`${typeText(resource)}/${name}`);
  console.stdout += 'Do you want to continue? (y/N): ';
  const [answer = ''] = stdin.trimStart().split(/\s/, 1);
  if (answer.toLowerCase() === 'y') return true;
  console.print('deletion is cancelled');
  return false;
}

/** DeleteResult. */
export function deleteVisits(invocation: Invocation, visits: Visits, options: Deletion): void {
  const { console, isNamespaceGiven, flags } = invocation;
  const deleted: VisitedObject[] = [];
  let found = 0;
  const warnsOfScope = isNamespaceGiven && !flags.isTrue('all-namespaces');
  const problem = visitAll(invocation, visits, { requiresObject: false }, (target) => {
    found += 1;
    if (warnsOfScope && !target.resource.namespaced)
      console.warn(['deleting cluster-scoped resources, not scoped to the provided namespace']);
    const uid = uidOf(invocation, target);
    const refused = options.dryRun === 'client' ? undefined : send(invocation, target, options);
    if (refused) return withSource('deleting', target.source, refused);
    printDeleted(invocation, target, options);
    if (uid !== undefined) deleted.push({ ...target, object: { metadata: { uid } } });
    return undefined;
  });
  const left = options.ignoresMissing ? withoutMissing(problem) : problem;
  if (left) console.fail(faultText(left));
  else if (found === 0) console.print('No resources found');
  else if (options.waits && options.dryRun === 'none') waitUntilGone(invocation, deleted, options.timeout);
}

function uidOf({ cluster }: Invocation, { resource, namespace, name }: VisitedObject): string | undefined {
  return cluster.view.get(resource.kind, namespace, name)?.metadata.uid;
}

function send({ cluster, console }: Invocation, target: VisitedObject, options: Deletion): Fault | undefined {
  const { resource, namespace, name } = target;
  const { propagation, grace, dryRun } = options;
  if (name === '') return fault('resource name may not be empty');
  if (resource.version === '') return refusal(noSuchResource);
  const response = cluster.api.handle({
    verb: 'delete',
    resource,
    namespace,
    name,
    propagation,
    ...(grace < 0 ? {} : { gracePeriodSeconds: grace }),
    dryRun: dryRun === 'server',
  });
  console.warn(response.warnings);
  return response.ok ? undefined : refusal(response.status);
}

function printDeleted({ console, flags }: Invocation, { resource, namespace, name }: VisitedObject, options: Deletion) {
  const type = typeText(resource);
  if (flags.text('output') === 'name') {
    console.print(`${type}/${name}`);
    return;
  }
  const operation = options.grace === 0 ? 'force deleted' : 'deleted';
  const place = resource.namespaced ? ` from ${namespace} namespace` : '';
  console.print(`${type} "${name}" ${operation}${place}${dryRunNote(options.dryRun)}`);
}

const pollMilliseconds = 50;
/** kubectl would wait for a week; the time of a simulation is its own, but not without end. */
const longestWait = 600_000;

function waitUntilGone(invocation: Invocation, deleted: readonly VisitedObject[], timeout: number): void {
  const { cluster, console } = invocation;
  const isThere = (target: VisitedObject): boolean => {
    const { uid } = target.object.metadata as { readonly uid: string };
    return uidOf(invocation, target) === uid;
  };
  const end = cluster.clock.now() + (timeout === 0 ? longestWait : Math.min(timeout, longestWait));
  while (deleted.some(isThere) && cluster.clock.now() < end) cluster.advance(pollMilliseconds);
  const [late] = deleted.filter(isThere);
  if (late && timeout !== 0)
    console.fail(`error: timed out waiting for the condition on ${late.resource.plural}/${late.name}`);
}
