import type { Kind, ObjectOfKind } from '@kubedrill/kube-model';
import type { Duration, Instant } from '../../engine/time.ts';

/** meta.k8s.io/v1 Table: what the API server makes of objects for whoever wants to show them. */
export interface TableColumn<K extends Kind = Kind> {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'boolean';
  /** 0: always shown; 1: with `-o wide`. */
  readonly priority: 0 | 1;
  cell(object: ObjectOfKind[K], now: Instant): string;
}

export function column<K extends Kind>(name: string, cell: TableColumn<K>['cell']): TableColumn<K> {
  return { name, type: 'string', priority: 0, cell };
}

export function count<K extends Kind>(
  name: string,
  value: (object: ObjectOfKind[K]) => number | undefined,
): TableColumn<K> {
  return { name, type: 'integer', priority: 0, cell: (object) => String(value(object) ?? 0) };
}

export function wide<K extends Kind>(name: string, cell: TableColumn<K>['cell']): TableColumn<K> {
  return { name, type: 'string', priority: 1, cell };
}

export const nameColumn: TableColumn = column('Name', ({ metadata }) => metadata.name);

export const ageColumn: TableColumn = column('Age', ({ metadata }, now) => timeSince(metadata.creationTimestamp, now));

/** Of kinds without a printer of their own: apiserver/pkg/registry/rest/table.go. */
export const creationColumn: TableColumn = column('Created At', ({ metadata }) => metadata.creationTimestamp ?? '');

/** printers.go translateTimestampSince. */
export function timeSince(time: string | undefined, now: Instant): string {
  return time === undefined || time === '' ? '<unknown>' : humanDuration(now - Date.parse(time));
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** apimachinery/pkg/util/duration HumanDuration: two units while the larger one is small, then one. */
export function humanDuration(duration: Duration): string {
  const seconds = Math.trunc(duration / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 2 * minute) return `${seconds}s`;
  const minutes = Math.floor(seconds / minute);
  if (minutes < 10) return pair(minutes, 'm', seconds % minute, 's');
  if (minutes < 3 * minute) return `${minutes}m`;
  const hours = Math.floor(seconds / hour);
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(seconds / day);
  if (hours < 8 * 24) return pair(days, 'd', hours % 24, 'h');
  if (hours < 2 * 365 * 24) return `${days}d`;
  const years = Math.floor(seconds / year);
  return hours < 8 * 365 * 24 ? pair(years, 'y', days % 365, 'd') : `${years}y`;
}

function pair(larger: number, unit: string, smaller: number, smallerUnit: string): string {
  return smaller === 0 ? `${larger}${unit}` : `${larger}${unit}${smaller}${smallerUnit}`;
}

/** A list of which only the first three are shown. */
export function firstThree(entries: readonly string[]): string {
  const shown = entries.slice(0, 3).join(',');
  return entries.length > 3 ? `${shown} + ${entries.length - 3} more...` : shown;
}

/** labels.FormatLabels. */
export function formatLabels(labels: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? '<none>' : pairs.sort().join(',');
}
