import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { deletionFlags } from '../../deletion-flags.ts';
import { dryRunFlag, dryRunNote, dryRunOf } from '../../dry-run.ts';
import type { Fault } from '../../fault.ts';
import { fault, faultText, several } from '../../fault.ts';
import { fieldValidationOf, validateFlag } from '../../field-validation.ts';
import type { Flags } from '../../flags.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError, usageError } from '../../invocation.ts';
import { filenameFlags, hasFiles } from '../../manifest-files.ts';
import { printFlags } from '../../print-flags.ts';
import { recordFlag } from '../../record-flag.ts';
import type { VisitedObject } from '../../resource-visit.ts';
import { findVisits } from '../../resource-visit.ts';
import { ResultPrinter } from '../../result-printer.ts';
import { applyOnClient, type Applied } from './client-side.ts';
import { prune, pruneResources } from './prune.ts';
import { applyOnServer } from './server-side.ts';

/** kubectl/pkg/cmd/apply/apply.go. */
export const apply: KubectlCommand = {
  name: 'apply',
  flags: {
    ...printFlags,
    ...filenameFlags,
    ...deletionFlags,
    ...recordFlag,
    all: { value: 'none' },
    'dry-run': dryRunFlag,
    'field-manager': { value: 'required' },
    'force-conflicts': { value: 'none' },
    'openapi-patch': { value: 'none' },
    overwrite: { value: 'none' },
    prune: { value: 'none' },
    'prune-allowlist': { value: 'required' },
    selector: { short: 'l', value: 'required' },
    'server-side': { value: 'none' },
    subresource: { value: 'required' },
    validate: validateFlag,
  },
  run(invocation) {
    const { console, flags, operands } = invocation;
    if (operands.length > 0) throw usageError('apply', `Unexpected args: [${operands.join(' ')}]`);
    dryRunOf(flags);
    if (!hasFiles(invocation)) throw new CommandError('error: must specify one of -f and -k');
    const fieldValidation = fieldValidationOf(flags);
    const prunable = flags.isTrue('prune') ? pruneResources(flags.all('prune-allowlist')) : [];
    refuseModes(flags);
    const printer = new ResultPrinter(invocation);
    const { targets, faults } = findVisits(invocation, { labelSelector: flags.text('selector'), fieldValidation });
    if (targets.length === 0 && faults.length === 0) throw new CommandError('error: no objects passed to apply');
    const { applied, met } = applyAll(invocation, targets, printer);
    const unread = several(faults);
    const problem = several(unread ? [unread, ...met] : met);
    if (problem) {
      console.fail(faultText(problem));
      return;
    }
    printTogether(printer, applied);
    if (flags.isTrue('prune')) prune(invocation, prunable, applied, printer);
  },
};

function refuseModes(flags: Flags): void {
  const refuse = (isWrong: boolean, message: string): void => {
    if (isWrong) throw new CommandError(`error: ${message}`);
  };
  const [isServerSide, isForced] = [flags.isTrue('server-side'), flags.isTrue('force')];
  const [dryRun, selector, all] = [dryRunOf(flags), flags.text('selector'), flags.isTrue('all')];
  refuse(flags.isTrue('force-conflicts') && !isServerSide, '--force-conflicts only works with --server-side');
  refuse(
    dryRun === 'client' && isServerSide,
    "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
  );
  refuse(isServerSide && isForced, '--force cannot be used with --server-side');
  refuse(dryRun === 'server' && isForced, '--dry-run=server cannot be used with --force');
  refuse(all && selector !== '', 'cannot set --all and --selector at the same time');
  if (flags.isTrue('prune')) {
    refuse(isForced, '--force cannot be used with --prune');
    refuse(
      !all && selector === '',
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    );
    refuse(isServerSide, "--prune is in alpha and doesn't currently work on objects created by server-side apply");
  }
  refuse(flags.text('subresource') !== '' && !isServerSide, '--subresource can only be specified for --server-side');
}

function applyAll(
  invocation: Invocation,
  targets: readonly VisitedObject[],
  printer: ResultPrinter,
): { readonly applied: readonly VisitedObject[]; readonly met: readonly Fault[] } {
  const applied: VisitedObject[] = [];
  const met: Fault[] = [];
  for (const target of targets) {
    const result = applyOne(invocation, target);
    if ('kind' in result) met.push(result);
    else {
      applied.push({ ...target, object: result.object });
      if (isPrintedAtOnce(printer))
        printer.print(result.object, result.operation + dryRunNote(dryRunOf(invocation.flags)));
    }
  }
  return { applied, met };
}

function applyOne(invocation: Invocation, target: VisitedObject): Applied | Fault {
  const { generateName } = target.object.metadata as JsonObject;
  if (target.name === '' && typeof generateName === 'string' && generateName !== '')
    return fault(`from ${generateName}: cannot use generate name with apply`);
  const result = invocation.flags.isTrue('server-side')
    ? applyOnServer(invocation, target)
    : applyOnClient(invocation, target);
  if (!('kind' in result)) warnIfDeleting(invocation, result.object);
  return result;
}

export function warnIfDeleting({ console }: Invocation, { metadata }: JsonObject): void {
  const { name, deletionTimestamp } = isJsonObject(metadata) ? metadata : {};
  if (typeof deletionTimestamp === 'string')
    console.note(
      `Warning: Detected changes to resource ${typeof name === 'string' ? name : ''} which is currently being deleted.`,
    );
}

/** Whole objects come at the end, and only where nothing went wrong. */
function isPrintedAtOnce({ format }: ResultPrinter): boolean {
  return format.kind === 'table' || format.kind === 'name';
}

function printTogether(printer: ResultPrinter, applied: readonly VisitedObject[]): void {
  const [first] = applied;
  if (isPrintedAtOnce(printer) || !first) return;
  if (applied.length === 1) printer.print(first.object, '');
  else printer.printList(applied.map(({ object }) => object));
}
