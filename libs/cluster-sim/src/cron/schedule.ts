import type { Duration, Instant } from '../engine/time.ts';
import { instantOf, localTime, type LocalTime } from './local-time.ts';
import type { TimeZone } from './time-zone.ts';

/** When something is to be done: github.com/robfig/cron/v3, which the CronJob controller asks. */
export interface Schedule {
  /** The first moment after that one; undefined when none comes within five years. */
  next(after: Instant): Instant | undefined;
}

const second: Duration = 1000;
const minute: Duration = 60 * second;
const hour: Duration = 60 * minute;

/** Which values of one field of a schedule are meant. */
export interface FieldValues {
  readonly values: ReadonlySet<number>;
  /** Every value, by `*` or `?`: a day that is not restricted so leaves the other kind of day to decide. */
  readonly isAny: boolean;
}

export interface ScheduleFields {
  readonly minute: FieldValues;
  readonly hour: FieldValues;
  readonly dayOfMonth: FieldValues;
  readonly month: FieldValues;
  readonly dayOfWeek: FieldValues;
}

/** `@every`: whole seconds, at least one. */
export function constantDelay(duration: Duration): Schedule {
  const delay = Math.floor(Math.max(duration, second) / second) * second;
  return { next: (after) => Math.floor(after / second) * second + delay };
}

const searchedYears = 5;

/** SpecSchedule.Next: field by field from the largest, beginning again from the top whenever a larger one has changed. */
export function fieldSchedule(fields: ScheduleFields, zone: TimeZone): Schedule {
  return {
    next(after) {
      const search = new Search(fields, zone, (Math.floor(after / second) + 1) * second);
      const lastYear = search.local.year + searchedYears;
      while (search.local.year <= lastYear) {
        if (search.toMonth() && search.toDay() && search.toHour() && search.toMinute()) return search.instant;
      }
      return undefined;
    },
  };
}

/** The steps of one search; each says whether it came to its end without a larger field having changed. */
class Search {
  private readonly fields: ScheduleFields;
  private readonly zone: TimeZone;
  /** Whether what is smaller than the field in question has begun at its first value. */
  private isReset = false;
  instant: Instant;
  local: LocalTime;

  constructor(fields: ScheduleFields, zone: TimeZone, instant: Instant) {
    this.fields = fields;
    this.zone = zone;
    this.instant = instant;
    this.local = localTime(instant, zone);
  }

  toMonth(): boolean {
    while (!this.fields.month.values.has(this.local.month)) {
      const { year, month } = this.local;
      this.begin(() => instantOf(this.zone, year, month, 1));
      const { day, hour: hours } = this.local;
      this.moveTo(instantOf(this.zone, year, month + 1, day, hours));
      if (this.local.month === 1) return false;
    }
    return true;
  }

  toDay(): boolean {
    while (!this.isRightDay()) {
      const { year, month, day } = this.local;
      this.begin(() => instantOf(this.zone, year, month, day));
      this.moveTo(instantOf(this.zone, year, month, day + 1, this.local.hour));
      // Where clocks change at midnight there is none.
      const { hour: hours } = this.local;
      if (hours !== 0) this.moveTo(this.instant + (hours > 12 ? 24 - hours : -hours) * hour);
      if (this.local.day === 1) return false;
    }
    return true;
  }

  toHour(): boolean {
    while (!this.fields.hour.values.has(this.local.hour)) {
      const { year, month, day, hour: hours } = this.local;
      this.begin(() => instantOf(this.zone, year, month, day, hours));
      this.moveTo(this.instant + hour);
      if (this.local.hour === 0) return false;
    }
    return true;
  }

  toMinute(): boolean {
    while (!this.fields.minute.values.has(this.local.minute)) {
      this.begin(() => Math.floor(this.instant / minute) * minute);
      this.moveTo(this.instant + minute);
      if (this.local.minute === 0) return false;
    }
    return this.toFullMinute();
  }

  /** The seconds are always 0. */
  private toFullMinute(): boolean {
    if (this.instant % minute === 0) return true;
    this.moveTo(Math.ceil(this.instant / minute) * minute);
    this.isReset = true;
    return false;
  }

  private isRightDay(): boolean {
    const { dayOfMonth, dayOfWeek } = this.fields;
    const byMonth = dayOfMonth.values.has(this.local.day);
    const byWeek = dayOfWeek.values.has(this.local.weekday);
    return dayOfMonth.isAny || dayOfWeek.isAny ? byMonth && byWeek : byMonth || byWeek;
  }

  private begin(start: () => Instant): void {
    if (this.isReset) return;
    this.isReset = true;
    this.moveTo(start());
  }

  private moveTo(instant: Instant): void {
    this.instant = instant;
    this.local = localTime(instant, this.zone);
  }
}
