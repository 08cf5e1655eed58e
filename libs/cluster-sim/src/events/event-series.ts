import type { Event } from '@kubedrill/kube-model';
import type { Duration, Instant } from '../engine/time.ts';
import { microTime, type Moment } from './event-object.ts';

/** client-go/tools/events/event_broadcaster.go: what the newer recorder makes of what is said again. */

const finishTime: Duration = 360_000;
const refreshTime: Duration = 1_800_000;

interface Known {
  readonly event: Event;
  readonly lastObserved: Moment;
  readonly lastWritten: Instant;
}

export interface SeriesWrite {
  readonly event: Event;
  readonly at: Instant;
}

export class EventSeries {
  private readonly known: Map<string, Known>;
  /** The broadcaster looks at its series at whole intervals after that. */
  private readonly began: Instant;

  constructor(began: Instant, source?: EventSeries) {
    this.began = began;
    this.known = new Map(source?.known);
  }

  fork(): EventSeries {
    return new EventSeries(this.began, this);
  }

  /** What to write of it: the first two times; later ones count silently. */
  observe(said: Event, moment: Moment): Event | undefined {
    const key = keyOf(said);
    const known = this.known.get(key);
    if (!known) {
      this.known.set(key, { event: said, lastObserved: moment, lastWritten: moment.at });
      return said;
    }
    const { series } = known.event;
    const event = { ...known.event, series: { count: (series?.count ?? 1) + 1, lastObservedTime: microTime(moment) } };
    this.known.set(key, { event, lastObserved: moment, lastWritten: series ? known.lastWritten : moment.at });
    return series ? undefined : event;
  }

  /** What the broadcaster has written by itself till then: series that are over, and those that go on, lest they expire. */
  catchUp(now: Instant): readonly SeriesWrite[] {
    const writes: SeriesWrite[] = [];
    for (const [key, { event, lastObserved, lastWritten }] of this.known) {
      const finishedAt = this.tickAfter(lastObserved.at + finishTime, finishTime);
      const refreshedAt = this.tickBefore(Math.min(now, finishedAt), refreshTime);
      if (event.series && refreshedAt > lastWritten) {
        writes.push({ event, at: refreshedAt });
        this.known.set(key, { event, lastObserved, lastWritten: refreshedAt });
      }
      if (finishedAt > now) continue;
      if (event.series) writes.push({ event, at: finishedAt });
      this.known.delete(key);
    }
    return writes;
  }

  private tickAfter(at: Instant, interval: Duration): Instant {
    return this.began + (Math.floor((at - this.began) / interval) + 1) * interval;
  }

  private tickBefore(at: Instant, interval: Duration): Instant {
    return this.began + Math.floor((at - this.began) / interval) * interval;
  }
}

/** All but what is said and when. */
function keyOf({ type, action, reason, reportingComponent, reportingInstance, involvedObject }: Event): string {
  const { kind, namespace, name, uid, apiVersion, resourceVersion, fieldPath } = involvedObject;
  const about = [kind, namespace, name, uid, apiVersion, resourceVersion, fieldPath];
  return [type, action, reason, reportingComponent, reportingInstance, ...about].join('\n');
}
