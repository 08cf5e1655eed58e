import type { KubeObject } from '@kubedrill/kube-model';
import { faultText } from '../../fault.ts';
import type { FoundPart } from '../../found-objects.ts';
import { findParts, selectorFlags } from '../../found-objects.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError, usageError } from '../../invocation.ts';
import { filenameFlags, hasFiles } from '../../manifest-files.ts';
import { printObjects } from '../../object-printer.ts';
import { outputFormatOf, outputText } from '../../output-format.ts';
import { printFlags } from '../../print-flags.ts';
import { ambiguousNames, readResourceArguments } from '../../resource-arguments.ts';
import { findVisits, visitAll, withoutMissing } from '../../resource-visit.ts';
import { getRaw } from './raw.ts';
import { getServed, servedSelection } from './served-objects.ts';
import { sortedObjects, sortedTables } from './sorting.ts';
import { printTables } from './tables.ts';
import { watchObjects } from './watch.ts';

/** kubectl/pkg/cmd/get/get.go. */
export const get: KubectlCommand = {
  name: 'get',
  flags: {
    ...selectorFlags,
    ...printFlags,
    ...filenameFlags,
    'chunk-size': { value: 'required', type: 'int64' },
    'label-columns': { short: 'L', value: 'required' },
    'no-headers': { value: 'none' },
    'output-watch-events': { value: 'none' },
    raw: { value: 'required' },
    'server-print': { value: { whenBare: 'true' }, type: 'bool' },
    'show-kind': { value: 'none' },
    'show-labels': { value: 'none' },
    'sort-by': { value: 'required' },
    subresource: { value: 'required' },
    watch: { short: 'w', value: 'none' },
    'watch-only': { value: 'none' },
  },
  run(invocation) {
    if (invocation.flags.text('raw') !== '') {
      getRaw(invocation);
      return;
    }
    checkFlags(invocation);
    if (invocation.flags.isTrue('watch') || invocation.flags.isTrue('watch-only')) {
      watchObjects(invocation);
      return;
    }
    const served = hasFiles(invocation) ? undefined : servedSelection(invocation);
    if (served) {
      getServed(invocation, served);
      return;
    }
    const { parts, isSingle } = selected(invocation);
    const text = outputText(invocation.flags);
    if (text !== '' && text !== 'wide') printGeneric(invocation, parts, isSingle);
    else printTables(invocation, sortedTables(invocation, parts), text === 'wide');
  },
};

interface Selected {
  readonly parts: readonly FoundPart[];
  /** One object was named. */
  readonly isSingle: boolean;
}

function selected(invocation: Invocation): Selected {
  if (hasFiles(invocation)) return inFiles(invocation);
  invocation.console.warn(ambiguousNames(invocation.operands));
  const selection = readResourceArguments(invocation.operands);
  return { parts: findParts(invocation, selection), isSingle: selection.objects.length === 1 };
}

/** What files name, as it is in the cluster. */
function inFiles(invocation: Invocation): Selected {
  const { console, flags } = invocation;
  const options = { latest: true, labelSelector: flags.text('selector') };
  const visits = findVisits(invocation, options);
  const parts: FoundPart[] = [];
  const problem = visitAll(invocation, visits, options, ({ resource, object }) => {
    parts.push({ resource, objects: [object as unknown as KubeObject] });
    return undefined;
  });
  const left = flags.isTrue('ignore-not-found') ? withoutMissing(problem) : problem;
  if (left) console.fail(faultText(left));
  return { parts, isSingle: visits.isSingle };
}

function checkFlags({ console, flags, operands }: Invocation): void {
  const isWatching = flags.isTrue('watch') || flags.isTrue('watch-only');
  if (!isWatching && operands.length === 0 && !flags.has('filename') && !flags.has('kustomize')) {
    console.note(
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n',
    );
    throw usageError(
      'get',
      'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
    );
  }
  const output = flags.text('output');
  if (flags.isTrue('show-labels') && output !== '' && output !== 'wide')
    throw new CommandError(`error: --show-labels option cannot be used with ${output} printer`);
  if (flags.isTrue('output-watch-events') && !isWatching)
    throw new CommandError('error: --output-watch-events option can only be used with --watch or --watch-only');
}

/** What is no table: one object as it is, several in a List. */
function printGeneric(invocation: Invocation, parts: readonly FoundPart[], isSingle: boolean): void {
  const { console, flags } = invocation;
  if (isSingle && console.exitCode !== 0) return;
  if (parts.every(({ objects }) => objects.length === 0) && flags.isTrue('ignore-not-found')) return;
  const format = outputFormatOf(invocation, 'reading');
  if (format.kind === 'table') return;
  const found = parts.flatMap(({ resource, objects }) => objects.map((object) => ({ resource, object })));
  console.stdout += printObjects(isSingle ? found : sortedObjects(invocation, found), format, !isSingle);
}
