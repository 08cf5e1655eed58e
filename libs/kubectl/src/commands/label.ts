import { dryRunFlag, dryRunNote, dryRunOf } from '../dry-run.ts';
import type { Fault } from '../fault.ts';
import { fault, faultText, refusal, several } from '../fault.ts';
import type { FlagSet } from '../flags.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { filenameFlags, hasFiles } from '../manifest-files.ts';
import type { MetadataChange } from '../metadata-change.ts';
import {
  annotationChange,
  changed,
  labelChange,
  mapOf,
  refuseOverwrites,
  type MetadataPart,
} from '../metadata-change.ts';
import { printFlags } from '../print-flags.ts';
import { recordFlag } from '../record-flag.ts';
import type { VisitedObject } from '../resource-visit.ts';
import { findVisits, selectionOf, shownAs, visitAll, visitFlags } from '../resource-visit.ts';
import { ResultPrinter } from '../result-printer.ts';

const metadataFlags: FlagSet = {
  ...printFlags,
  ...visitFlags,
  ...filenameFlags,
  ...recordFlag,
  'dry-run': dryRunFlag,
  'field-manager': { value: 'required' },
  list: { value: 'none' },
  local: { value: 'none' },
  overwrite: { value: 'none' },
  'resource-version': { value: 'required' },
};

/** kubectl/pkg/cmd/label/label.go. */
export const label: KubectlCommand = {
  name: 'label',
  flags: metadataFlags,
  run: (invocation) => {
    changeMetadata(invocation, 'label');
  },
};

/** kubectl/pkg/cmd/annotate/annotate.go. */
export const annotate: KubectlCommand = {
  name: 'annotate',
  flags: metadataFlags,
  run: (invocation) => {
    changeMetadata(invocation, 'annotation');
  },
};

function changeMetadata(invocation: Invocation, part: MetadataPart): void {
  const { flags } = invocation;
  const dryRun = dryRunOf(flags);
  const { words, pairs } = splitOperands(invocation.operands, part);
  const change = part === 'label' ? labelChange(pairs) : annotationChange(pairs);
  check(invocation, words, change, part);
  const isLocal = flags.isTrue('local');
  const selection = isLocal ? { isLocal } : { ...selectionOf(invocation), latest: true };
  const options = { ...selection, words, allowsEmptySelector: flags.isTrue('all') };
  const visits = findVisits(invocation, options);
  if (!visits.isSingle && flags.text('resource-version') !== '')
    throw new CommandError('error: --resource-version may only be used with a single resource');
  const printer = new ResultPrinter(invocation);
  const job: Job = { part, change, isSent: !isLocal && dryRun !== 'client' && !flags.isTrue('list') };
  const problem = visitAll(invocation, visits, options, (target) => {
    const result = changeOne(invocation, target, job);
    if ('kind' in result) return result;
    if (flags.isTrue('list')) listOne(invocation, target, mapOf(result.object, part), part, visits.isSingle);
    else printer.print(result.object, result.operation + dryRunNote(dryRun));
    return undefined;
  });
  if (problem) invocation.console.fail(faultText(problem));
}

/** helpers.go GetResourcesAndPairs. */
function splitOperands(
  operands: readonly string[],
  part: MetadataPart,
): { readonly words: readonly string[]; readonly pairs: readonly string[] } {
  const isPair = (word: string): boolean =>
    (word.includes('=') && !word.startsWith('=')) || (word.endsWith('-') && word !== '-');
  const start = operands.findIndex(isPair);
  if (start < 0) return { words: operands, pairs: [] };
  const pairs = operands.slice(start);
  const late = pairs.find((word) => !isPair(word));
  if (late !== undefined)
    throw new CommandError(`error: all resources must be specified before ${part} changes: ${late}`);
  return { words: operands.slice(0, start), pairs };
}

function check(
  invocation: Invocation,
  words: readonly string[],
  { set, removed }: MetadataChange,
  part: MetadataPart,
): void {
  const { flags } = invocation;
  const file = part === 'label' ? 'pod' : 'rsrc';
  const refuse = (isWrong: boolean, message: string): void => {
    if (isWrong) throw new CommandError(`error: ${message}`);
  };
  const [isListing, all] = [flags.isTrue('list'), flags.isTrue('all')];
  refuse(isListing && flags.text('output') !== '', '--list and --output may not be specified together');
  refuse(all && flags.text('selector') !== '', 'cannot set --all and --selector at the same time');
  refuse(all && flags.text('field-selector') !== '', 'cannot set --all and --field-selector at the same time');
  const needsFiles = flags.isTrue('local');
  refuse(
    needsFiles && dryRunOf(flags) === 'server',
    'cannot specify --local and --dry-run=server - did you mean --dry-run=client?',
  );
  refuse(
    needsFiles && words.length > 0,
    `can only use local files by -f ${file}.yaml or --filename=${file}.json when --local=true is set`,
  );
  const isNothingNamed = !hasFiles(invocation) && words.length === 0;
  refuse(
    isNothingNamed,
    needsFiles
      ? `one or more files must be specified as -f ${file}.yaml or --filename=${file}.json`
      : 'one or more resources must be specified as <resource> <name> or <resource>/<name>',
  );
  refuse(set.size === 0 && removed.length === 0 && !isListing, `at least one ${part} update is required`);
}

interface Job {
  readonly part: MetadataPart;
  readonly change: MetadataChange;
  readonly isSent: boolean;
}

type Changed = { readonly object: VisitedObject['object']; readonly operation: string } | Fault;

function changeOne(invocation: Invocation, target: VisitedObject, { part, change, isSent }: Job): Changed {
  const { console, flags } = invocation;
  const before = mapOf(target.object, part);
  if (isSent && part === 'label')
    for (const key of change.removed)
      if (!Object.hasOwn(before, key)) console.print(`label ${JSON.stringify(key)} not found.`);
  const taken = flags.isTrue('overwrite') ? [] : refuseOverwrites(before, part, change);
  const refused = several(taken.map(fault));
  if (refused) return refused;
  const { object, added, removed } = changed(target.object, part, change, flags.text('resource-version'));
  const operation = part === 'annotation' ? 'annotated' : labelWord(added.length, removed.length);
  if (!isSent || (part === 'label' && operation === 'not labeled')) return { object, operation };
  const values = {
    ...Object.fromEntries(removed.map((key) => [key, null])),
    ...Object.fromEntries(added.map((key) => [key, change.set.get(key) ?? ''])),
  };
  const sent = send(invocation, target, part, values);
  return 'kind' in sent ? sent : { object: part === 'label' ? object : sent.object, operation };
}

function labelWord(added: number, removed: number): string {
  if (added > 0) return removed > 0 ? 'modified' : 'labeled';
  return removed > 0 ? 'unlabeled' : 'not labeled';
}

function send(
  { cluster, console, flags }: Invocation,
  { resource, namespace, name }: VisitedObject,
  part: MetadataPart,
  values: Readonly<Record<string, string | null>>,
): { readonly object: VisitedObject['object'] } | Fault {
  const version = flags.text('resource-version');
  const isChanging = Object.keys(values).length > 0;
  const metadata = {
    ...(isChanging ? { [part === 'label' ? 'labels' : 'annotations']: values } : {}),
    ...(version === '' ? {} : { resourceVersion: version }),
  };
  const response = cluster.api.handle({
    verb: 'patch',
    patchType: 'merge',
    resource,
    namespace,
    name,
    body: Object.keys(metadata).length > 0 ? { metadata } : {},
    dryRun: dryRunOf(flags) === 'server',
    fieldValidation: 'Warn',
    fieldManager: flags.has('field-manager')
      ? flags.text('field-manager')
      : part === 'label'
        ? 'kubectl-label'
        : 'kubectl-annotate',
  });
  console.warn(response.warnings);
  if (!response.ok) return refusal(response.status);
  return { object: 'object' in response ? shownAs(resource, response.object) : {} };
}

function listOne(
  { console }: Invocation,
  { resource, name }: VisitedObject,
  values: Readonly<Record<string, string>>,
  part: MetadataPart,
  isSingle: boolean,
): void {
  if (!isSingle) console.print(`Listing ${part}s for ${resource.kind}.${resource.group}/${name}:`);
  for (const [key, value] of Object.entries(values)) console.print(`${isSingle ? '' : ' '}${key}=${value}`);
}
