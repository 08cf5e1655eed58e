import type { Event } from '@kubedrill/kube-model';
import type { Instant } from '../../engine/time.ts';
import { column, nameColumn, timeSince, wide } from './table.ts';
import type { TableColumn } from './table.ts';

/** kubernetes/pkg/printers/internalversion/printers.go printEvent. */
export const eventTable: readonly TableColumn<'Event'>[] = [
  column('Last Seen', lastSeen),
  column('Type', ({ type = '' }) => type),
  column('Reason', ({ reason = '' }) => reason),
  column('Object', objectText),
  wide('Subobject', ({ involvedObject }) => involvedObject.fieldPath ?? ''),
  wide('Source', sourceText),
  column('Message', ({ message = '' }) => message.trim()),
  wide('First Seen', firstSeen),
  // A single event of the newer form has no count.
  wide('Count', ({ series, count }) => String((series ? series.count : count) ?? (series ? 0 : 1))),
  { ...nameColumn, priority: 1 },
];

function firstSeen({ firstTimestamp, eventTime }: Event, now: Instant): string {
  return timeSince(firstTimestamp ?? eventTime ?? undefined, now);
}

function lastSeen(event: Event, now: Instant): string {
  const { series, lastTimestamp } = event;
  if (series) return timeSince(series.lastObservedTime ?? undefined, now);
  return lastTimestamp === null ? firstSeen(event, now) : timeSince(lastTimestamp, now);
}

function objectText({ involvedObject: { kind = '', name = '' } }: Event): string {
  return name === '' ? kind.toLowerCase() : `${kind.toLowerCase()}/${name}`;
}

/** formatEventSource. */
function sourceText({ source, reportingComponent, reportingInstance }: Event): string {
  const instance = source.host || reportingInstance;
  return `${source.component || reportingComponent}${instance === '' ? '' : `, ${instance}`}`;
}
