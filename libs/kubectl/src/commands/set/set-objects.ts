import type { JsonObject } from '@kubedrill/kube-model';
import { dryRunFlag, dryRunNote, dryRunOf, type DryRun } from '../../dry-run.ts';
import type { Fault } from '../../fault.ts';
import { bareText, fault, faultText, several } from '../../fault.ts';
import type { FlagSet } from '../../flags.ts';
import type { Invocation } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { filenameFlags } from '../../manifest-files.ts';
import { differenceTo, isEmptyPatch, isFault, sendPatch } from '../../object-patch.ts';
import { printFlags } from '../../print-flags.ts';
import { withChangeCause } from '../../recorded-cause.ts';
import { findVisits, visitAll, type VisitedObject } from '../../resource-visit.ts';
import { ResultPrinter } from '../../result-printer.ts';

/** What all of kubectl set takes. */
export const setFlags: FlagSet = {
  ...printFlags,
  ...filenameFlags,
  all: { value: 'none' },
  'dry-run': dryRunFlag,
  'field-manager': { value: 'required' },
  local: { value: 'none' },
};

/** Where something is to be set. */
export interface SetPlace {
  readonly dryRun: DryRun;
  readonly isLocal: boolean;
  readonly printer: ResultPrinter;
  readonly fieldManager: string;
}

export function setPlace(invocation: Invocation): SetPlace {
  const { flags } = invocation;
  return {
    dryRun: dryRunOf(flags),
    isLocal: flags.isTrue('local'),
    printer: new ResultPrinter(invocation, 'typed'),
    fieldManager: flags.has('field-manager') ? flags.text('field-manager') : 'kubectl-set',
  };
}

export const localOnServer = 'cannot specify --local and --dry-run=server - did you mean --dry-run=client?';

export const selectedTwice = 'cannot set --all and --selector at the same time';

const localResources = [
  'error: you must specify resources by --filename when --local is set.',
  'Example resource specifications include:',
  "   '-f rsrc.yaml'",
  "   '--filename=rsrc.json'",
].join('\n');

/** All that is meant; one fault among them ends the command. */
export function targetsOf(
  invocation: Invocation,
  words: readonly string[],
  { isLocal, refusesWords = true }: { readonly isLocal: boolean; readonly refusesWords?: boolean },
): readonly VisitedObject[] {
  const { flags } = invocation;
  if (isLocal && words.length > 0 && refusesWords) throw new CommandError(localResources);
  const options = {
    words: isLocal ? [] : words,
    labelSelector: isLocal ? '' : flags.text('selector'),
    allowsEmptySelector: flags.isTrue('all'),
    isLocal,
    latest: true,
  };
  const targets: VisitedObject[] = [];
  const problem = visitAll(invocation, findVisits(invocation, options), options, (target) => {
    targets.push(target);
    return undefined;
  });
  if (problem) throw new CommandError(faultText(problem));
  return targets;
}

export interface Setting {
  /** The changed object, why it cannot be changed, or undefined where it is to be left alone. */
  readonly change: (target: VisitedObject) => JsonObject | string | undefined;
  readonly done: string;
  /** What stands before a refusal. */
  readonly failure: string;
  /** What changes nothing is sent all the same. */
  readonly sendsUnchanged?: boolean;
}

/** kubectl/pkg/cmd/set: the Run of its commands, with faults that are known before. */
export function setObjects(
  invocation: Invocation,
  targets: readonly VisitedObject[],
  place: SetPlace,
  { change, done, failure, sendsUnchanged = false }: Setting,
  known: readonly Fault[] = [],
): void {
  const { dryRun, isLocal, printer, fieldManager } = place;
  const words = `${done}${dryRunNote(dryRun)}`;
  const faults: Fault[] = [];
  for (const target of targets) {
    const wanted = change(target);
    if (wanted === undefined) continue;
    if (typeof wanted === 'string') {
      faults.push(fault(`error: ${target.resource.plural}/${target.name} ${wanted}\n`));
      continue;
    }
    const changed = withChangeCause(invocation, wanted);
    const patch = differenceTo(invocation, target, changed);
    if (isFault(patch)) faults.push(fault(`error: ${target.resource.plural}/${target.name} ${bareText(patch)}\n`));
    else if (isEmptyPatch(patch) && !sendsUnchanged) continue;
    else if (isLocal || dryRun === 'client') printer.print(changed, words);
    else {
      const patched = sendPatch(invocation, target, patch, { fieldManager, isDryRun: dryRun === 'server' });
      if (isFault(patched)) faults.push(fault(`${failure}${bareText(patched)}`));
      else printer.print(patched, words);
    }
  }
  const problem = several([...known, ...faults]);
  if (problem) invocation.console.fail(faultText(problem));
}
