import { kubectlErrorText, type WatchEventType } from '@kubedrill/cluster-sim';
import type { KubeObject, ResourceInfo } from '@kubedrill/kube-model';
import { longestLook, longestQuiet, pollMilliseconds } from '../../endless-command.ts';
import { findParts, shownObject } from '../../found-objects.ts';
import { durationOf } from '../../go-duration.ts';
import type { Invocation } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { printDocuments, printObjects } from '../../object-printer.ts';
import { outputFormatOf, outputText, type ObjectFormat } from '../../output-format.ts';
import { readResourceArguments } from '../../resource-arguments.ts';
import { layOutTable } from '../../text-table.ts';
import { columnsOf, type ShownColumn } from './tables.ts';

/** get --watch: the objects, and then what becomes of them (kubectl/pkg/cmd/get/get.go watch). */
export function watchObjects(invocation: Invocation): void {
  const { cluster, console, flags, operands } = invocation;
  if (flags.text('sort-by') !== '')
    console.note(
      flags.isTrue('watch')
        ? 'warning: --watch requested, --sort-by will be ignored for watch events received'
        : 'warning: --watch-only requested, --sort-by will be ignored',
    );
  const selection = readResourceArguments(operands);
  const [resource] = selection.types;
  if (!resource || selection.types.length > 1)
    throw new CommandError('error: you may only specify a single resource type');
  const before = cluster.view.resourceVersion;
  const parts = findParts(invocation, selection);
  if (console.exitCode !== 0 || parts.length === 0) return;
  const screen = new Screen(invocation, resource);
  if (!flags.isTrue('watch-only')) for (const { objects } of parts) screen.show('ADDED', objects);
  const names = new Set(selection.objects.map(({ name }) => name));
  follow(invocation, resource, names, before, screen);
}

function follow(
  invocation: Invocation,
  resource: ResourceInfo,
  names: ReadonlySet<string>,
  from: number,
  screen: Screen,
): void {
  const { cluster, console, host } = invocation;
  const { deadline } = host;
  const isSelected = selectedBy(invocation, resource, names);
  const limit = requestTimeout(invocation);
  const start = cluster.clock.now();
  const end = limit === undefined ? (deadline ?? start + longestLook) : start + limit;
  let version = from;
  let latest = start;
  while (cluster.clock.now() < end) {
    host.passTime(Math.min(pollMilliseconds, end - cluster.clock.now()));
    // Events come into being when somebody reads them.
    if (resource.kind === 'Event') cluster.view.count('Event');
    const happened = cluster.view.eventsSince(version);
    if (happened === 'tooOld') return console.fail('error: too old resource version');
    version = cluster.view.resourceVersion;
    if (happened.length > 0) latest = cluster.clock.now();
    for (const { type, object, previous } of happened) {
      const was = previous !== undefined && isSelected(previous) ? previous : undefined;
      const is = type !== 'DELETED' && isSelected(object);
      if (is) screen.show(was ? 'MODIFIED' : 'ADDED', [object]);
      else if (was) screen.show('DELETED', [was]);
    }
    if (limit === undefined && deadline === undefined && cluster.clock.now() - latest >= longestQuiet) break;
  }
  console.isEndless = limit === undefined;
  return undefined;
}

function requestTimeout({ flags }: Invocation): number | undefined {
  const text = flags.text('request-timeout');
  if (text === '' || text === '0') return undefined;
  return /^\d+$/.test(text) ? Number(text) * 1_000 : durationOf(text);
}

function selectedBy(
  { cluster, flags, namespace }: Invocation,
  resource: ResourceInfo,
  names: ReadonlySet<string>,
): (object: KubeObject) => boolean {
  const labelSelector = flags.text('selector').trim();
  const fieldSelector = flags.text('field-selector').trim();
  const selected = cluster.api.selects(resource.kind, { labelSelector, fieldSelector });
  if (!selected.ok) throw new CommandError(kubectlErrorText(selected.status, { kind: 'other' }));
  const isPlaced = resource.namespaced && !flags.isTrue('all-namespaces');
  return (object) =>
    object.kind === resource.kind &&
    (!isPlaced || object.metadata.namespace === namespace) &&
    (names.size === 0 || names.has(object.metadata.name)) &&
    selected.object(object);
}

/** Shows what comes, each in its turn; columns keep the widths that they had. */
class Screen {
  private readonly invocation: Invocation;
  private readonly resource: ResourceInfo;
  private readonly format: ObjectFormat | undefined;
  private readonly withEvents: boolean;
  private readonly widths: number[] = [];
  private printed = 0;

  constructor(invocation: Invocation, resource: ResourceInfo) {
    const format = outputFormatOf(invocation, 'reading');
    this.invocation = invocation;
    this.resource = resource;
    this.format = format.kind === 'table' ? undefined : format;
    this.withEvents = invocation.flags.isTrue('output-watch-events');
  }

  show(type: WatchEventType, objects: readonly KubeObject[]): void {
    if (objects.length === 0) return;
    if (this.format) for (const object of objects) this.showDocument(type, object, this.format);
    else this.showRows(type, objects);
  }

  private showRows(type: WatchEventType, objects: readonly KubeObject[]): void {
    const { console, flags } = this.invocation;
    const columns = this.columns(type);
    const rows = objects.map((object) => columns.map((column) => column.cell(object)));
    const hasHeader = this.printed === 0 && !flags.isTrue('no-headers');
    const header = hasHeader ? [columns.map((column) => column.header)] : [];
    for (const line of layOutTable([...header, ...rows], this.widths)) console.print(line);
    this.printed += objects.length;
  }

  private columns(type: WatchEventType): readonly ShownColumn[] {
    const { flags } = this.invocation;
    const columns = columnsOf(this.invocation, this.resource, {
      isWide: outputText(flags) === 'wide',
      showKind: flags.isTrue('show-kind'),
    });
    return this.withEvents ? [{ header: 'EVENT', cell: () => type.padEnd('MODIFIED'.length) }, ...columns] : columns;
  }

  private showDocument(type: WatchEventType, object: KubeObject, format: ObjectFormat): void {
    const { console } = this.invocation;
    const found = { resource: this.resource, object };
    if (format.kind === 'yaml' && this.printed > 0) console.print('---');
    this.printed += 1;
    console.stdout +=
      this.withEvents && format.kind !== 'name'
        ? printDocuments([{ type, object: shownObject(found) }], format, false)
        : printObjects([found], format, false);
  }
}
