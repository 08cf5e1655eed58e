import { describe, expect, it } from '@jest/globals';
import { formatLocalTime } from '../../src/cron/local-time.ts';
import { findTimeZone } from '../../src/cron/time-zone.ts';

const winter = Date.UTC(2026, 0, 15, 12);
const summer = Date.UTC(2026, 6, 15, 12);

describe('a time zone', () => {
  it.each<[name: string, winter: string, summer: string]>([
    ['', '2026-01-15T12:00:00Z', '2026-07-15T12:00:00Z'],
    ['Etc/UTC', '2026-01-15T12:00:00Z', '2026-07-15T12:00:00Z'],
    ['Europe/London', '2026-01-15T12:00:00Z', '2026-07-15T13:00:00+01:00'],
    ['America/New_York', '2026-01-15T07:00:00-05:00', '2026-07-15T08:00:00-04:00'],
    ['US/Pacific', '2026-01-15T04:00:00-08:00', '2026-07-15T05:00:00-07:00'],
    ['Asia/Kolkata', '2026-01-15T17:30:00+05:30', '2026-07-15T17:30:00+05:30'],
    ['Etc/GMT+5', '2026-01-15T07:00:00-05:00', '2026-07-15T07:00:00-05:00'],
  ])('%s has its offsets', (name, ...expected) => {
    const zone = findTimeZone(name);
    expect(zone && [winter, summer].map((instant) => formatLocalTime(instant, zone))).toEqual(expected);
  });

  it.each(['utc', 'america/new_york', 'us/pacific', 'Foo/Bar', 'PST', 'SystemV/AST4', '+01:00', '+0100', 'America'])(
    '%s is none that the database knows',
    (name) => {
      expect(findTimeZone(name)).toBeUndefined();
    },
  );
});
