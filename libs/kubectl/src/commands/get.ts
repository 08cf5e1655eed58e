import { formatLabels, tableOf, tableRow } from '@kubedrill/cluster-sim';
import type { ResourceInfo } from '@kubedrill/kube-model';
import type { FoundObject } from '../found-objects.ts';
import { findObjects, selectorFlags } from '../found-objects.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { outputFormatOf, printObjects } from '../object-printer.ts';
import { readResourceArguments, typeText } from '../resource-arguments.ts';
import type { ResourceSelection } from '../resource-arguments.ts';
import { layOutTable } from '../text-table.ts';

/** kubectl/pkg/cmd/get/get.go. */
export const get: KubectlCommand = {
  name: 'get',
  flags: {
    ...selectorFlags,
    output: { short: 'o', value: 'required' },
    'no-headers': { value: 'none' },
    'show-labels': { value: 'none' },
    'show-kind': { value: 'none' },
    'label-columns': { short: 'L', value: 'required' },
  },
  run(invocation) {
    const { console, flags, operands } = invocation;
    const format = outputFormatOf(flags);
    if (operands.length === 0)
      throw new CommandError(
        `You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee 'kubectl get -h' for help and examples`,
      );
    const selection = readResourceArguments(operands);
    const found = findObjects(invocation, selection);
    if (format.kind !== 'table') {
      const isList = selection.objects.length !== 1;
      if (found.length > 0 || (console.exitCode === 0 && isList)) console.stdout += printObjects(found, format, isList);
    } else if (found.length > 0) printTables(invocation, selection, found, format.isWide);
    else if (console.exitCode === 0 && !flags.isTrue('ignore-not-found'))
      console.note(emptyNotice(invocation, selection));
  },
};

function emptyNotice({ flags, namespace }: Invocation, { types }: ResourceSelection): string {
  const isNamespaced = types.some(({ namespaced }) => namespaced) && !flags.isTrue('all-namespaces');
  return isNamespaced ? `No resources found in ${namespace} namespace.` : 'No resources found';
}

/** Neighbours of one type share a table; a table after the first stands behind an empty line. */
function printTables(
  invocation: Invocation,
  { types }: ResourceSelection,
  found: readonly FoundObject[],
  isWide: boolean,
): void {
  const { console, flags } = invocation;
  const showKind = types.length > 1 || flags.isTrue('show-kind');
  const present = [...new Set(found.map(({ resource }) => resource))];
  present.forEach((resource, index) => {
    if (index > 0) console.print('');
    const rows = found.filter((one) => one.resource === resource);
    for (const line of layOutTable(tableRows(invocation, resource, rows, { isWide, showKind }))) console.print(line);
  });
}

interface TableOptions {
  readonly isWide: boolean;
  readonly showKind: boolean;
}

function tableRows(
  { cluster, flags }: Invocation,
  resource: ResourceInfo,
  found: readonly FoundObject[],
  { isWide, showKind }: TableOptions,
): readonly (readonly string[])[] {
  const columns = tableOf(resource.kind).filter(({ priority }) => isWide || priority === 0);
  const showNamespace = flags.isTrue('all-namespaces') && resource.namespaced;
  const labels = flags.all('label-columns').flatMap((names) => names.split(','));
  const showLabels = flags.isTrue('show-labels');
  const now = cluster.clock.now();
  const nameAt = columns.findIndex(({ name }) => name === 'Name');
  const header = [
    ...(showNamespace ? ['NAMESPACE'] : []),
    ...columns.map(({ name }) => name.toUpperCase()),
    ...labels.map((label) => (label.split('/').at(-1) ?? '').toUpperCase()),
    ...(showLabels ? ['LABELS'] : []),
  ];
  const rows = found.map(({ object }) => {
    const cells = tableRow(columns, object, now);
    return [
      ...(showNamespace ? [object.metadata.namespace ?? ''] : []),
      ...(showKind ? cells.map((cell, index) => (index === nameAt ? `${typeText(resource)}/${cell}` : cell)) : cells),
      ...labels.map((label) => object.metadata.labels?.[label] ?? ''),
      ...(showLabels ? [formatLabels(object.metadata.labels)] : []),
    ];
  });
  return flags.isTrue('no-headers') ? rows : [header, ...rows];
}
