import type { CronJob } from '@kubedrill/kube-model';
import { parseSchedule } from '../../cron/parse-schedule.ts';
import type { Schedule } from '../../cron/schedule.ts';
import type { Duration, Instant } from '../../engine/time.ts';

export function scheduleOf({ spec: { schedule, timeZone } }: CronJob): Schedule | undefined {
  const parsed = parseSchedule(timeZone === undefined ? schedule : `TZ=${timeZone} ${schedule}`);
  return parsed.ok ? parsed.schedule : undefined;
}

/** Where a CronJob stands in its schedule. */
export interface ScheduleState {
  /** When it was last on time: its last schedule, its creation, or its deadline. */
  readonly earliest: Instant;
  /** The last date since then. */
  readonly mostRecent: Instant | undefined;
  /** Whether there was more than one, or so it seems; many: more than a hundred. */
  readonly missed: 'none' | 'few' | 'many';
}

const many = 100;

/** pkg/controller/cronjob/utils.go mostRecentScheduleTime; undefined: the schedule has no two dates, as that of 31 February. */
export function scheduleState(
  { metadata, spec, status }: CronJob,
  now: Instant,
  schedule: Schedule,
  withDeadline: boolean,
): ScheduleState | undefined {
  const last = Date.parse(status.lastScheduleTime ?? metadata.creationTimestamp);
  const deadline = spec.startingDeadlineSeconds;
  const earliest = withDeadline && deadline !== undefined ? Math.max(last, now - deadline * 1000) : last;
  const first = schedule.next(earliest);
  if (first === undefined) return undefined;
  if (now < first) return { earliest, mostRecent: undefined, missed: 'none' };
  const second = schedule.next(first);
  if (second === undefined) return undefined;
  if (now < second) return { earliest, mostRecent: first, missed: 'none' };
  const distance = second - first;
  const count = Math.floor((now - first) / distance) + 1;
  return { earliest, mostRecent: lastDate(schedule, first, distance, now), missed: count > many ? 'many' : 'few' };
}

/** From the distance of the first two dates it follows roughly where the last one is: that is where the search begins. */
function lastDate(schedule: Schedule, first: Instant, distance: Duration, now: Instant): Instant | undefined {
  const others = Math.floor((now - first) / distance);
  let last: Instant | undefined;
  let date = schedule.next(first + (others - 1) * distance);
  while (date !== undefined && date <= now) {
    last = date;
    date = schedule.next(date);
  }
  return last;
}

/** Clocks of several machines differ. */
export const wakeDelay: Duration = 100;

/** nextScheduleTimeDuration: when to look at the CronJob again. */
export function nextWake(cronJob: CronJob, now: Instant, schedule: Schedule): Instant | undefined {
  const state = scheduleState(cronJob, now, schedule, false);
  const last = !state || state.missed !== 'none' ? now : state.earliest;
  const date = schedule.next(state?.mostRecent ?? last);
  return date === undefined ? undefined : date + wakeDelay;
}
