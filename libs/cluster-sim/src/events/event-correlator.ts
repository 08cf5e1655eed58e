import type { Event } from '@kubedrill/kube-model';
import type { Duration, Instant } from '../engine/time.ts';
import { RecentMap } from './recent-map.ts';

/** client-go/tools/record/events_cache.go: what one source sends of all that it has to say. */

const cacheSize = 4096;
/** Messages that differ, about one object and for one reason, within the interval: from that many on they are one Event. */
const maxSimilar = 10;
const similarInterval: Duration = 600_000;
const spamBurst = 25;
const spamRefill: Duration = 300_000;
const combined = '(combined from similar events): ';

interface Similar {
  readonly messages: readonly string[];
  readonly last: Instant;
}

interface Observation {
  readonly count: number;
  readonly firstTimestamp: string | null;
  readonly name: string;
}

interface Bucket {
  readonly tokens: number;
  readonly since: Instant;
}

export interface Correlated {
  readonly event: Event;
  /** The event counts up one that is there already. */
  readonly isRepeated: boolean;
}

export class EventCorrelator {
  private readonly similar: RecentMap<Similar>;
  private readonly observations: RecentMap<Observation>;
  private readonly buckets: RecentMap<Bucket>;

  constructor(source?: EventCorrelator) {
    this.similar = source?.similar.fork() ?? new RecentMap(cacheSize);
    this.observations = source?.observations.fork() ?? new RecentMap(cacheSize);
    this.buckets = source?.buckets.fork() ?? new RecentMap(cacheSize);
  }

  fork(): EventCorrelator {
    return new EventCorrelator(this);
  }

  /** EventCorrelate; undefined: too much has been said about the object already. */
  correlate(said: Event, now: Instant): Correlated | undefined {
    const aggregated = this.aggregate(said, now);
    const observed = this.observe(aggregated.event, aggregated.key);
    if (!this.hasToken(spamKey(said), now)) return undefined;
    return { event: observed, isRepeated: (observed.count ?? 0) > 1 };
  }

  /** UpdateState: under the Event's own key too, whatever it was combined from. */
  noteStored(event: Event): void {
    this.remember(eventKey(event), event);
  }

  private aggregate(said: Event, now: Instant): { readonly event: Event; readonly key: string } {
    const group = similarKey(said);
    const known = this.similar.get(group);
    const message = said.message ?? '';
    const before = known && now - known.last <= similarInterval ? known.messages : [];
    const messages = before.includes(message) ? before : [...before, message];
    const isCombined = messages.length >= maxSimilar;
    // PopAny takes away any of them; here it is the oldest.
    this.similar.set(group, { messages: isCombined ? messages.slice(1) : messages, last: now });
    if (!isCombined) return { event: said, key: eventKey(said) };
    return { event: { ...said, message: combined + message, ...anonymous }, key: group };
  }

  private observe(event: Event, key: string): Event {
    const known = this.observations.get(key);
    const observed: Event = known
      ? {
          ...event,
          metadata: { ...event.metadata, name: known.name },
          firstTimestamp: known.firstTimestamp,
          count: known.count + 1,
        }
      : event;
    this.remember(key, observed);
    return observed;
  }

  private remember(key: string, { count = 0, firstTimestamp, metadata }: Event): void {
    this.observations.set(key, { count, firstTimestamp, name: metadata.name });
  }

  private hasToken(key: string, now: Instant): boolean {
    const known = this.buckets.get(key) ?? { tokens: spamBurst, since: now };
    const tokens = Math.min(spamBurst, known.tokens + (now - known.since) / spamRefill);
    const isAccepted = tokens >= 1;
    this.buckets.set(key, { tokens: isAccepted ? tokens - 1 : tokens, since: now });
    return isAccepted;
  }
}

/** What is combined does not say which controller reports it. */
const anonymous = { reportingComponent: '', reportingInstance: '' };

function spamKey({ source, involvedObject: about, type = '' }: Event): string {
  const { kind, namespace, name, uid, apiVersion } = about;
  return [source.component, source.host, kind, namespace, name, uid, apiVersion, type].join('\n');
}

function similarKey(event: Event): string {
  const { reason, reportingComponent, reportingInstance } = event;
  return [spamKey(event), reason, reportingComponent, reportingInstance].join('\n');
}

function eventKey(event: Event): string {
  return [spamKey(event), event.involvedObject.fieldPath, event.reason, event.message].join('\t');
}
