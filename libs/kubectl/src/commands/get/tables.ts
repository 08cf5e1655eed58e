import { formatLabels, tableOf, tableRow } from '@kubedrill/cluster-sim';
import type { KubeObject, ResourceInfo } from '@kubedrill/kube-model';
import { escapeTerminal } from '../../custom-columns.ts';
import type { FoundPart } from '../../found-objects.ts';
import type { Invocation } from '../../invocation.ts';
import { typeText } from '../../resource-arguments.ts';
import { layOutTable } from '../../text-table.ts';

/** Neighbours of one type share a table; a table after the first stands behind an empty line. */
export function printTables(invocation: Invocation, parts: readonly FoundPart[], isWide: boolean): void {
  const { console, flags } = invocation;
  const showKind = flags.isTrue('show-kind') || new Set(parts.map(({ resource }) => resource)).size > 1;
  let written = false;
  for (const [resource, objects] of runsOf(parts)) {
    const columns = columnsOf(invocation, resource, { isWide, showKind });
    const rows = objects.map((object) => columns.map((column) => column.cell(object)));
    if (rows.length === 0) continue;
    const noHeaders = flags.isTrue('no-headers');
    if (written && !noHeaders) console.print('');
    written = true;
    for (const line of layOutTable(noHeaders ? rows : [columns.map(({ header }) => header), ...rows]))
      console.print(line);
  }
  if (!written && console.exitCode === 0 && !flags.isTrue('ignore-not-found'))
    console.note(emptyNotice(invocation, parts));
}

/** Parts of one type that follow each other. */
function runsOf(parts: readonly FoundPart[]): readonly (readonly [ResourceInfo, readonly KubeObject[]])[] {
  const runs: [ResourceInfo, readonly KubeObject[]][] = [];
  for (const { resource, objects } of parts) {
    const last = runs.at(-1);
    if (last?.[0] === resource) last[1] = [...last[1], ...objects];
    else runs.push([resource, objects]);
  }
  return runs;
}

export function emptyNotice({ flags, namespace }: Invocation, parts: readonly FoundPart[]): string {
  const isNamespaced = parts.every(({ resource }) => resource.namespaced) && !flags.isTrue('all-namespaces');
  return isNamespaced ? `No resources found in ${namespace} namespace.` : 'No resources found';
}

export interface ShownColumn {
  readonly header: string;
  cell(object: KubeObject): string;
}

interface TableOptions {
  readonly isWide: boolean;
  readonly showKind: boolean;
}

/** The server's columns between those that kubectl adds: cli-runtime/pkg/printers/tableprinter.go decorateTable. */
export function columnsOf(
  { cluster, flags }: Invocation,
  resource: ResourceInfo,
  { isWide, showKind }: TableOptions,
): readonly ShownColumn[] {
  // A Scale is shown as what has no columns of its own.
  const isPlain = (flags.has('server-print') && !flags.isTrue('server-print')) || flags.text('subresource') === 'scale';
  const own = tableOf(resource.kind).filter(({ name, priority }) =>
    isPlain ? name === 'Name' || name === 'Age' : isWide || priority === 0,
  );
  const now = cluster.clock.now();
  const labels = flags.all('label-columns').flatMap((names) => names.split(','));
  const shown: ShownColumn[] = own.map((column) => ({
    header: column.name.toUpperCase(),
    cell: (object) => {
      const [text = ''] = tableRow([column], object, now);
      return firstLine(showKind && column.name === 'Name' ? `${typeText(resource)}/${text}` : text);
    },
  }));
  if (flags.isTrue('all-namespaces') && resource.namespaced)
    shown.unshift({ header: 'NAMESPACE', cell: ({ metadata }) => metadata.namespace ?? '' });
  for (const label of labels)
    shown.push({
      header: (label.split('/').at(-1) ?? '').toUpperCase(),
      cell: ({ metadata }) => metadata.labels?.[label] ?? '',
    });
  if (flags.isTrue('show-labels'))
    shown.push({ header: 'LABELS', cell: ({ metadata }) => formatLabels(metadata.labels) });
  return shown;
}

function firstLine(text: string): string {
  const end = text.search(/[\f\n\r]/);
  return escapeTerminal(end < 0 ? text : `${text.slice(0, end)}...`);
}
