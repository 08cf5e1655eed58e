import { describe, expect, it } from '@jest/globals';
import { periodKey, periodStart } from '@kubedrill/progress';

describe('periods', () => {
  // Weeks as ISO 8601 counts them: week 1 has the year's first Thursday.
  it.each([
    ['2026-01-01T00:00:00Z', '2026-W01', '2025-12-29', '2026-01'],
    ['2025-12-28T23:59:59.999Z', '2025-W52', '2025-12-22', '2025-12'],
    ['2025-12-29T00:00:00Z', '2026-W01', '2025-12-29', '2025-12'],
    ['2021-01-03T12:00:00Z', '2020-W53', '2020-12-28', '2021-01'],
    ['2021-01-04T00:00:00Z', '2021-W01', '2021-01-04', '2021-01'],
    ['2023-01-01T00:00:00Z', '2022-W52', '2022-12-26', '2023-01'],
    ['2024-02-29T23:00:00Z', '2024-W09', '2024-02-26', '2024-02'],
    ['2027-01-01T08:00:00Z', '2026-W53', '2026-12-28', '2027-01'],
  ])('%s is in week %s', (instant, week, monday, month) => {
    const date = new Date(instant);
    expect(periodKey('all', date)).toBe('all');
    expect(periodKey('week', date)).toBe(week);
    expect(periodKey('month', date)).toBe(month);
    expect(periodStart('week', date)?.toISOString()).toBe(`${monday}T00:00:00.000Z`);
    expect(periodStart('month', date)?.toISOString()).toBe(`${month}-01T00:00:00.000Z`);
    expect(periodStart('all', date)).toBeUndefined();
  });
});
