import { humanDuration, kubectlErrorText, type Instant, type ObjectSchema } from '@kubedrill/cluster-sim';
import type { Event, JsonObject } from '@kubedrill/kube-model';
import { apiVersionOf, resources } from '@kubedrill/kube-model';
import { escapeTerminal } from '../custom-columns.ts';
import { shownObject } from '../found-objects.ts';
import type { Invocation, KubectlCommand } from '../invocation.ts';
import { CommandError } from '../invocation.ts';
import { printTyped } from '../object-printer.ts';
import { outputFormatOf, type ObjectFormat } from '../output-format.ts';
import { printFlags } from '../print-flags.ts';
import { findResource, noResourceMatch } from '../resource-arguments.ts';
import { layOutTable } from '../text-table.ts';

/** kubectl/pkg/cmd/events/events.go. */
export const events: KubectlCommand = {
  name: 'events',
  flags: {
    ...printFlags,
    'all-namespaces': { short: 'A', value: 'none' },
    'chunk-size': { value: 'required', type: 'int64' },
    for: { value: 'required' },
    'no-headers': { value: 'none' },
    types: { value: 'required' },
  },
  run(invocation) {
    const { console, flags, namespace } = invocation;
    const fieldSelector = selectorOf(flags.text('for'));
    const format = outputFormatOf(invocation);
    const types = flags.all('types').flatMap((list) => list.split(','));
    if (types.some((type) => !/^(normal|warning)$/i.test(type)))
      throw new CommandError('error: valid --types are Normal or Warning');
    const found = listed(invocation, fieldSelector).filter(
      ({ type = '' }) => types.length === 0 || types.some((one) => one.toLowerCase() === type.toLowerCase()),
    );
    if (console.exitCode !== 0) return;
    if (found.length === 0)
      console.note(flags.isTrue('all-namespaces') ? 'No events found.' : `No events found in ${namespace} namespace.`);
    else if (format.kind === 'table') printTable(invocation, inOrder(found));
    else console.stdout += printList(invocation, inOrder(found), format);
  },
};

function selectorOf(word: string): string {
  if (word === '') return '';
  const parts = word.split('/');
  const [type = '', name = ''] = parts;
  if (parts.length === 1) throw new CommandError('error: --for must be in resource/name form');
  if (parts.length > 2)
    throw new CommandError('error: arguments in resource/name form may not have more than one slash');
  const resource = findResource(type);
  if (!resource) throw noResourceMatch(type);
  return `involvedObject.kind=${resource.kind},involvedObject.apiVersion=${apiVersionOf(resource)},involvedObject.name=${name}`;
}

function listed({ cluster, console, flags, namespace }: Invocation, fieldSelector: string): readonly Event[] {
  const response = cluster.api.handle({
    verb: 'list',
    resource: resources.Event,
    namespace: flags.isTrue('all-namespaces') ? '' : namespace,
    fieldSelector,
  });
  console.warn(response.warnings);
  if (!response.ok) {
    console.fail(kubectlErrorText(response.status, { kind: 'other' }));
    return [];
  }
  return 'items' in response ? response.items.flatMap((object) => (object.kind === 'Event' ? [object] : [])) : [];
}

function inOrder(found: readonly Event[]): readonly Event[] {
  return found.toSorted((left, right) => timeOf(left) - timeOf(right));
}

/** SortableEvents. */
function timeOf({ series, lastTimestamp, eventTime }: Event): Instant {
  return Date.parse(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? '') || 0;
}

function printTable({ cluster, console, flags }: Invocation, found: readonly Event[]): void {
  const isAll = flags.isTrue('all-namespaces');
  const now = cluster.clock.now();
  const rows = found.map((event) => {
    const { metadata, type = '', reason = '', involvedObject, message = '' } = event;
    const object = `${involvedObject.kind ?? ''}/${involvedObject.name ?? ''}`;
    const cells = [interval(event, now), type, reason, object, message.trim()].map(escapeTerminal);
    return isAll ? [metadata.namespace ?? '', ...cells] : cells;
  });
  const header = [...(isAll ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
  for (const line of layOutTable(flags.isTrue('no-headers') ? rows : [header, ...rows])) console.print(line);
}

/** event_printer.go getInterval. */
function interval({ eventTime, firstTimestamp, lastTimestamp, series, count = 0 }: Event, now: Instant): string {
  const first = since(eventTime ?? firstTimestamp, now);
  if (series) return `${since(series.lastObservedTime, now)} (x${series.count ?? 0} over ${first})`;
  return count > 1 ? `${since(lastTimestamp, now)} (x${count} over ${first})` : first;
}

function since(time: string | null | undefined, now: Instant): string {
  return time === undefined || time === null || time === '' ? '<unknown>' : humanDuration(now - Date.parse(time));
}

function printList({ cluster }: Invocation, found: readonly Event[], format: ObjectFormat): string {
  // NamePrinter prints no lists of typed objects, and the command does not mind.
  if (format.kind === 'name') return '';
  const items = found.map((object) => shownObject({ resource: resources.Event, object }));
  const list: JsonObject = { apiVersion: 'v1', kind: 'EventList', metadata: {}, items };
  const event = cluster.api.schemaOf('Event');
  const fields: ObjectSchema['fields'] = { metadata: { type: 'raw' }, items: { type: 'list', items: event } };
  return printTyped(list, format, () => ({ type: 'object', goType: 'EventList', fields }));
}
