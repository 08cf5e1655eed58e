import { timeSince, type Instant } from '@kubedrill/cluster-sim';
import type { Event, ObjectMeta } from '@kubedrill/kube-model';
import type { DescriptionContext } from './describer.ts';
import type { Sheet } from './sheet.ts';

/** Whose Events are meant; without a kind, any. */
export interface EventSubject {
  readonly kind?: string;
  readonly metadata: Pick<ObjectMeta, 'name' | 'namespace' | 'uid'>;
}

/** DescribeEvents of what searchEvents finds; nothing where Events are not to be shown. */
export function describeEvents(sheet: Sheet, subject: EventSubject, context: DescriptionContext): void {
  if (context.showsEvents) eventsTable(sheet, eventsOf(subject, context), context.now);
}

export function eventsOf({ kind = '', metadata }: EventSubject, { reader }: DescriptionContext): readonly Event[] {
  const { name, namespace = '', uid } = metadata;
  const fields = [
    `involvedObject.name=${name}`,
    `involvedObject.namespace=${namespace}`,
    ...(kind === '' ? [] : [`involvedObject.kind=${kind}`]),
    `involvedObject.uid=${uid}`,
  ].join(',');
  const read = reader.list('Event', namespace, { fields });
  return read.ok ? read.objects : [];
}

export function eventsTable(sheet: Sheet, events: readonly Event[], now: Instant): void {
  if (events.length === 0) {
    sheet.field('Events', '<none>');
    return;
  }
  const lastTime = ({ lastTimestamp }: Event): number => (lastTimestamp === null ? 0 : Date.parse(lastTimestamp));
  sheet.line('Events:');
  sheet.row(['Type', 'Reason', 'Age', 'From', 'Message'], 1);
  sheet.row(['----', '------', '----', '----', '-------'], 1);
  for (const event of events.toSorted((left, right) => lastTime(left) - lastTime(right))) {
    const { type = '', reason = '', message = '', source, reportingComponent, involvedObject } = event;
    const { fieldPath = '' } = involvedObject;
    const text = fieldPath === '' ? message.trim() : `${fieldPath}: ${message.trim()}`;
    sheet.row([type, reason, intervalOf(event, now), source.component ?? reportingComponent, text], 1);
  }
}

function intervalOf(event: Event, now: Instant): string {
  const { eventTime, firstTimestamp, lastTimestamp, series, count = 0 } = event;
  const since = (time: string | null): string => timeSince(time ?? undefined, now);
  const first = since(eventTime ?? firstTimestamp);
  if (series) return `${since(series.lastObservedTime)} (x${series.count ?? 0} over ${first})`;
  return count > 1 ? `${since(lastTimestamp)} (x${count} over ${first})` : first;
}
