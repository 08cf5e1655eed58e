import type { Instant } from '../engine/time.ts';
import type { TimeZone } from './time-zone.ts';

/** What a clock on the wall of some place shows, as Go's package time counts: January is 1, Sunday is 0. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

export function localTime(instant: Instant, zone: TimeZone): LocalTime {
  const shifted = new Date(instant + zone.offsetAt(instant));
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

/** time.Date: days and months beyond their range count on; an hour that a change of clocks leaves out is taken by the offset before it. */
export function instantOf(zone: TimeZone, year: number, month: number, day: number, hour = 0): Instant {
  const wall = Date.UTC(year, month - 1, day, hour);
  const first = zone.offsetAt(wall);
  return first === 0 ? wall : wall - zone.offsetAt(wall - first);
}

/** The offset as RFC 3339 writes it. */
export function formatLocalTime(instant: Instant, zone: TimeZone): string {
  const offset = zone.offsetAt(instant);
  const text = new Date(instant + offset).toISOString().slice(0, 19);
  if (offset === 0) return `${text}Z`;
  const minutes = Math.floor(Math.abs(offset) / 60_000);
  const pad = (count: number): string => String(count).padStart(2, '0');
  return `${text}${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
