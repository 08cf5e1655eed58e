export type Period = 'all' | 'week' | 'month';

export const periods: readonly Period[] = ['all', 'week', 'month'];

const day = 86_400_000;

const startOfDay = (instant: Date): Date =>
  new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth(), instant.getUTCDate()));

/** Days since Monday. */
const weekday = (instant: Date): number => (instant.getUTCDay() + 6) % 7;

const startOfWeek = (instant: Date): Date => new Date(startOfDay(instant).getTime() - weekday(instant) * day);

/** ISO 8601: a week belongs to the year in which its Thursday lies. */
function weekKey(instant: Date): string {
  const thursday = new Date(startOfWeek(instant).getTime() + 3 * day);
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * day));
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Names the period in which an instant lies, in UTC: "all", "2026-W10", "2026-03". */
export function periodKey(period: Period, instant: Date): string {
  switch (period) {
    case 'all':
      return 'all';
    case 'week':
      return weekKey(instant);
    case 'month':
      return `${instant.getUTCFullYear()}-${String(instant.getUTCMonth() + 1).padStart(2, '0')}`;
  }
}

/** When the period in which an instant lies began; undefined for all time. */
export function periodStart(period: Period, instant: Date): Date | undefined {
  switch (period) {
    case 'all':
      return undefined;
    case 'week':
      return startOfWeek(instant);
    case 'month':
      return new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth(), 1));
  }
}
