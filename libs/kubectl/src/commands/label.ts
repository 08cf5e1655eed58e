import { kubectlErrorText, labelValueFormat } from '@kubedrill/cluster-sim';
import type { JsonObject, StringMap } from '@kubedrill/kube-model';
import { dryRunFlag, dryRunNote, dryRunOf } from '../dry-run.ts';
import type { FlagSet } from '../flags.ts';
import type { FoundObject } from '../found-objects.ts';
import { findObjects, selectorFlags } from '../found-objects.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { readResourceArguments, typeText } from '../resource-arguments.ts';

const metadataFlags: FlagSet = {
  ...selectorFlags,
  all: { value: 'none' },
  overwrite: { value: 'none' },
  list: { value: 'none' },
  output: { short: 'o', value: 'required' },
  'dry-run': dryRunFlag,
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

type Part = 'label' | 'annotation';

interface MetadataChange {
  readonly set: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
}

function changeMetadata(invocation: Invocation, part: Part): void {
  const { flags, operands } = invocation;
  const start = operands.findIndex((word) => isPair(word));
  const words = start < 0 ? operands : operands.slice(0, start);
  const change = readChange(start < 0 ? [] : operands.slice(start), part);
  const isListing = flags.isTrue('list');
  const selection = readResourceArguments(words);
  if (selection.objects.length === 0 && !flags.isTrue('all') && !flags.has('selector') && !isListing)
    throw new CommandError('error: resource(s) were provided, but no name was specified');
  if (change.set.size === 0 && change.removed.length === 0 && !isListing)
    throw new CommandError(`error: at least one ${part} update is required`);
  for (const found of findObjects(invocation, selection)) {
    if (isListing)
      for (const [key, value] of Object.entries(mapOf(found, part))) invocation.console.print(`${key}=${value}`);
    else if (!changeOne(invocation, found, part, change)) return;
  }
}

/** "key=value", or "key-" to remove it. */
function isPair(word: string): boolean {
  return (word.includes('=') && !word.startsWith('=')) || (word.endsWith('-') && word !== '-');
}

function readChange(pairs: readonly string[], part: Part): MetadataChange {
  const set = new Map<string, string>();
  const removed: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals > 0) {
      const value = pair.slice(equals + 1);
      const problems = part === 'label' ? labelValueFormat(value) : [];
      if (problems.length > 0)
        throw new CommandError(`error: invalid label value: ${JSON.stringify(pair)}: ${problems.join(';')}`);
      set.set(pair.slice(0, equals), value);
    } else if (pair.endsWith('-')) removed.push(pair.slice(0, -1));
    else throw new CommandError(`error: unknown ${part} spec: ${pair}`);
  }
  for (const key of removed)
    if (set.has(key))
      throw new CommandError(
        `error: ${part === 'label' ? 'can' : 'cannot'} not both modify and remove ${part} ${JSON.stringify(key)} in the same command`,
      );
  return { set, removed };
}

function mapOf({ object: { metadata } }: FoundObject, part: Part): StringMap {
  return (part === 'label' ? metadata.labels : metadata.annotations) ?? {};
}

function changeOne(invocation: Invocation, found: FoundObject, part: Part, change: MetadataChange): boolean {
  const { cluster, console, flags } = invocation;
  const { resource, object } = found;
  const { name, namespace = '' } = object.metadata;
  const before = mapOf(found, part);
  if (!flags.isTrue('overwrite')) refuseOverwrites(before, part, change);
  const missing = change.removed.filter((key) => !Object.hasOwn(before, key));
  if (part === 'label') for (const key of missing) console.print(`label ${JSON.stringify(key)} not found.`);
  const dryRun = dryRunOf(flags);
  if (dryRun !== 'client') {
    const values = {
      ...Object.fromEntries(change.removed.map((key) => [key, null])),
      ...Object.fromEntries(change.set),
    };
    const body: JsonObject = { metadata: { [part === 'label' ? 'labels' : 'annotations']: values } };
    const response = cluster.api.handle({
      verb: 'patch',
      patchType: 'merge',
      resource,
      namespace,
      name,
      body,
      dryRun: dryRun === 'server',
      fieldManager: part === 'label' ? 'kubectl-label' : 'kubectl-annotate',
    });
    console.warn(response.warnings);
    if (!response.ok) {
      console.fail(kubectlErrorText(response.status, { kind: 'other' }));
      return false;
    }
  }
  const shown = `${typeText(resource)}/${name}`;
  const word = part === 'annotation' ? 'annotated' : labelWord(before, change, flags.isTrue('overwrite'));
  console.print(flags.text('output') === 'name' ? shown : `${shown} ${word}${dryRunNote(dryRun)}`);
  return true;
}

const changeCause = 'kubernetes.io/change-cause';

function refuseOverwrites(before: StringMap, part: Part, { set }: MetadataChange): void {
  const taken = [...set].filter(
    ([key, value]) =>
      Object.hasOwn(before, key) && before[key] !== value && !(part === 'annotation' && key === changeCause),
  );
  if (taken.length === 0) return;
  const complaints = taken.map(([key]) => `'${key}' already has a value (${before[key] ?? ''})`);
  if (part === 'annotation')
    throw new CommandError(
      `error: --overwrite is false but found the following declared annotation(s): ${complaints.join('; ')}`,
    );
  const texts = complaints.map((complaint) => `${complaint}, and --overwrite is false`);
  throw new CommandError(`error: ${texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`}`);
}

/** updateDataChangeMsg: what makes the object shorter counts as removal. */
function labelWord(before: StringMap, { set, removed }: MetadataChange, overwrite: boolean): string {
  const kept = Object.entries(before).filter(([key]) => !removed.includes(key));
  const after: StringMap = Object.fromEntries([...kept, ...set]);
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  if ([...keys].every((key) => before[key] === after[key])) return 'not labeled';
  return !overwrite && JSON.stringify(after).length < JSON.stringify(before).length ? 'unlabeled' : 'labeled';
}
