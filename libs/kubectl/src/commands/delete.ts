import { kubectlErrorText, type Propagation } from '@kubedrill/cluster-sim';
import { dryRunFlag, dryRunNote, dryRunOf } from '../dry-run.ts';
import type { DryRun } from '../dry-run.ts';
import type { FoundObject } from '../found-objects.ts';
import { findObjects, selectorFlags } from '../found-objects.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { readResourceArguments, typeText } from '../resource-arguments.ts';

/** kubectl/pkg/cmd/delete/delete.go. */
export const deleteCommand: KubectlCommand = {
  name: 'delete',
  flags: {
    ...selectorFlags,
    output: { short: 'o', value: 'required' },
    all: { value: 'none' },
    cascade: { value: { whenBare: 'background' } },
    force: { value: 'none' },
    now: { value: 'none' },
    'grace-period': { value: 'required' },
    wait: { value: { whenBare: 'true' } },
    'dry-run': dryRunFlag,
  },
  run(invocation) {
    const { console, flags, operands } = invocation;
    const selection = readResourceArguments(operands);
    const isSelecting = flags.has('selector') || flags.has('field-selector') || flags.isTrue('all');
    if (selection.objects.length === 0 && !isSelecting)
      throw new CommandError('error: resource(s) were provided, but no name was specified');
    if (flags.isTrue('all') && selection.objects.length > 0)
      throw new CommandError('error: name cannot be provided when a selector is specified');
    const options = deletionOf(invocation);
    if (options.isForced && options.grace === 0)
      console.warn([
        'Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.',
      ]);
    const found = findObjects(invocation, selection);
    const deleted = found.filter((one) => deleteOne(invocation, one, options));
    if (found.length === 0 && console.exitCode === 0) console.print('No resources found');
    if (options.dryRun === 'none' && (!flags.has('wait') || flags.isTrue('wait'))) waitUntilGone(invocation, deleted);
  },
};

interface Deletion {
  readonly propagation: Propagation;
  readonly grace?: number;
  readonly isForced: boolean;
  readonly dryRun: DryRun;
}

const propagations: Readonly<Record<string, Propagation>> = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
};

function deletionOf({ flags }: Invocation): Deletion {
  const cascade = flags.has('cascade') ? flags.text('cascade') : 'background';
  const propagation = propagations[cascade];
  if (propagation === undefined)
    throw new CommandError(
      `error: Invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan".`,
    );
  const isForced = flags.isTrue('force');
  const given = flags.has('grace-period') ? Number(flags.text('grace-period')) : -1;
  const grace = flags.isTrue('now') ? 1 : given < 0 && isForced ? 0 : given;
  if (grace === 0 && !isForced) return { propagation, grace: 1, isForced, dryRun: dryRunOf(flags) };
  return { propagation, ...(grace < 0 ? {} : { grace }), isForced, dryRun: dryRunOf(flags) };
}

function deleteOne(invocation: Invocation, { resource, object }: FoundObject, options: Deletion): boolean {
  const { cluster, console, flags } = invocation;
  const { name, namespace = '' } = object.metadata;
  const { propagation, grace, isForced, dryRun } = options;
  if (dryRun !== 'client') {
    const response = cluster.api.handle({
      verb: 'delete',
      resource,
      namespace,
      name,
      propagation,
      ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
      dryRun: dryRun === 'server',
    });
    console.warn(response.warnings);
    if (!response.ok) {
      console.fail(kubectlErrorText(response.status, { kind: 'other' }));
      return false;
    }
  }
  if (flags.text('output') === 'name') console.print(`${typeText(resource)}/${name}`);
  else {
    const operation = isForced && grace === 0 ? 'force deleted' : 'deleted';
    const place = resource.namespaced ? ` from ${namespace} namespace` : '';
    console.print(`${typeText(resource)} "${name}" ${operation}${place}${dryRunNote(dryRun)}`);
  }
  return true;
}

const pollMilliseconds = 50;
/** kubectl would wait for a week; the time of a simulation is its own, but not without end. */
const mostPolls = 12_000;

function waitUntilGone({ cluster }: Invocation, deleted: readonly FoundObject[]): void {
  const isThere = ({ resource, object }: FoundObject): boolean =>
    cluster.view.get(resource.kind, object.metadata.namespace ?? '', object.metadata.name)?.metadata.uid ===
    object.metadata.uid;
  for (let polls = 0; polls < mostPolls && deleted.some(isThere); polls += 1) cluster.advance(pollMilliseconds);
}
