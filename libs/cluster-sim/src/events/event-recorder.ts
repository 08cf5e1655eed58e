import type { Event } from '@kubedrill/kube-model';
import type { Clock, Duration, Instant } from '../engine/time.ts';
import { formatTime } from '../engine/time.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { EventCorrelator } from './event-correlator.ts';
import { eventOf, hash, namespaceOf, uidFor, type Moment } from './event-object.ts';
import { EventSeries } from './event-series.ts';
import { Refrains } from './refrains.ts';
import { Notebook } from './notebook.ts';
import type { Account, Remark, Utterance } from './remark.ts';
import { UtteranceLog } from './utterance-log.ts';

/** kube-apiserver's --event-ttl, which starts anew with every write. */
const eventLife: Duration = 3_600_000;
/** Beyond that many nobody need ask: they are made into Events, most of which are counted together. */
const maxPending = 4096;

export interface RecorderParts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** The host of the scheduler. */
  readonly controlPlane: string;
}

interface Lease {
  readonly version: string;
  readonly expiresAt: Instant;
}

/** What components remember of what they have said; forks share it until one of them goes on. */
interface Memory {
  readonly correlators: Map<string, EventCorrelator>;
  readonly series: EventSeries;
  readonly refrains: Refrains;
  readonly notes: Notebook;
  /** Made anew at each look. */
  leases: Map<string, Lease>;
  lastLook: Instant;
}

/**
 * What components say, and the Events that come of it. To say something is cheap: it is kept as it is until somebody reads Events,
 * and only then counted, combined, named and stored, at the time at which it was said.
 */
export class EventRecorder {
  private readonly parts: RecorderParts;
  private readonly log: UtteranceLog;
  private memory: Memory;
  private isShared: boolean;
  private isCatchingUp = false;
  /** The last moment at which something was said about an object of that name. */
  private moments = new Map<string, number>();
  private momentsAt: Instant | undefined;

  constructor(parts: RecorderParts, source?: EventRecorder) {
    this.parts = parts;
    this.log = source?.log.fork() ?? new UtteranceLog();
    this.memory = source?.memory ?? newMemory(parts.clock.now());
    this.isShared = source !== undefined;
    this.moments = new Map(source?.moments);
    this.momentsAt = source?.momentsAt;
    parts.store.deferWrites('Event', () => {
      this.catchUp();
    });
  }

  fork(parts: RecorderParts): EventRecorder {
    this.isShared = true;
    return new EventRecorder(parts, this);
  }

  record(utterance: Utterance): void {
    if ('about' in utterance && !this.isReceived(utterance)) return;
    this.log.add(this.parts.clock.now(), utterance);
    if (this.log.size >= maxPending) this.catchUp();
  }

  /** The API server takes nothing new in a namespace that is absent or going. */
  private isReceived(utterance: Remark | Account): boolean {
    const namespace = this.parts.store.get('Namespace', '', namespaceOf(utterance));
    return namespace !== undefined && namespace.status.phase !== 'Terminating';
  }

  /** Brings the stored Events to the present. */
  private catchUp(): void {
    const now = this.parts.clock.now();
    if (this.isCatchingUp || (this.log.size === 0 && now === this.memory.lastLook)) return;
    this.isCatchingUp = true;
    this.own();
    this.noteForeignWrites();
    for (const { at, utterance } of this.log.take()) {
      this.repeatUntil(at);
      this.hear(utterance, at);
    }
    this.repeatUntil(now);
    this.writeSeries(now);
    this.expire(now);
    this.memory.lastLook = now;
    this.isCatchingUp = false;
  }

  private own(): void {
    if (!this.isShared) return;
    const { correlators, series, refrains, notes, leases, lastLook } = this.memory;
    this.memory = {
      correlators: new Map([...correlators].map(([key, correlator]) => [key, correlator.fork()])),
      series: series.fork(),
      refrains: refrains.fork(),
      notes: notes.fork(),
      leases,
      lastLook,
    };
    this.isShared = false;
  }

  private hear(utterance: Utterance, at: Instant): void {
    if ('silence' in utterance) this.memory.refrains.end(utterance.silence);
    else if ('silentHost' in utterance) this.memory.refrains.endOf(utterance.silentHost);
    else if ('remarks' in utterance) this.memory.refrains.begin(utterance);
    else if ('tell' in utterance) for (const told of utterance.tell(this.memory.notes)) this.hear(told, at);
    else this.say(utterance, at);
  }

  private repeatUntil(at: Instant): void {
    for (const verse of this.memory.refrains.before(at)) this.say(verse.remark, verse.at);
  }

  private say(remark: Remark, at: Instant): void {
    const moment = this.momentOf(remark, at);
    const said = eventOf(remark, moment, this.parts.controlPlane);
    if (remark.by.form === 'newer') {
      this.writeSeries(at);
      const event = this.memory.series.observe(said, moment);
      if (event) this.write(event, at, event.series ? { series: event.series } : undefined);
      return;
    }
    const correlator = this.correlatorOf(said);
    const correlated = correlator.correlate(said, at);
    if (!correlated) return;
    const { event, isRepeated } = correlated;
    const { count, lastTimestamp, message } = event;
    const stored = this.write(event, at, isRepeated ? { count, lastTimestamp, message } : undefined);
    if (stored) correlator.noteStored(stored);
  }

  private writeSeries(until: Instant): void {
    for (const { event, at } of this.memory.series.catchUp(until))
      this.write(event, at, event.series && { series: event.series });
  }

  /** Each process has a cache of its own. */
  private correlatorOf({ source: { component = '', host = '' } }: Event): EventCorrelator {
    const key = `${component}/${host}`;
    let found = this.memory.correlators.get(key);
    if (!found) this.memory.correlators.set(key, (found = new EventCorrelator()));
    return found;
  }

  /** recordEvent: patches the Event that is there; one that is gone is made again, under its old name. */
  private write(event: Event, at: Instant, patch: Partial<Event> | undefined): Event | undefined {
    const { store } = this.parts;
    const { namespace = '', name } = event.metadata;
    const key = `${namespace}/${name}`;
    const lease = this.memory.leases.get(key);
    if (lease && lease.expiresAt <= at) store.remove({ kind: 'Event', namespace, name });
    const existing = store.get('Event', namespace, name);
    if (existing && !patch) return undefined;
    const uid = existing ? '' : uidFor(`${key}/${at}`);
    const stored = store.put(
      existing
        ? { ...existing, ...patch }
        : { ...event, metadata: { ...event.metadata, uid, creationTimestamp: formatTime(at) } },
    );
    this.lease(key, stored, at);
    return stored;
  }

  private lease(key: string, { metadata }: Event, writtenAt: Instant): void {
    this.memory.leases.set(key, { version: metadata.resourceVersion, expiresAt: writtenAt + eventLife });
  }

  /** What somebody else has written since was written at the moment of the last look: every request for Events looks first. */
  private noteForeignWrites(): void {
    const { leases, lastLook } = this.memory;
    this.memory.leases = new Map();
    for (const event of this.parts.store.list('Event')) {
      const key = keyOf(event);
      const known = leases.get(key);
      if (known?.version === event.metadata.resourceVersion) this.memory.leases.set(key, known);
      else this.lease(key, event, lastLook);
    }
  }

  private expire(now: Instant): void {
    for (const { metadata } of this.parts.store.list('Event')) {
      const { namespace = '', name } = metadata;
      const lease = this.memory.leases.get(`${namespace}/${name}`);
      if (lease && lease.expiresAt <= now) this.parts.store.remove({ kind: 'Event', namespace, name });
    }
  }

  /** The clock has no nanoseconds: within a millisecond, what is said about an object comes one after the other. */
  private momentOf({ about }: Remark, at: Instant): Moment {
    if (this.momentsAt !== at) {
      this.moments = new Map();
      this.momentsAt = at;
    }
    const name = ('metadata' in about ? about.metadata.name : about.name) ?? '';
    const before = this.moments.get(name);
    const nanoseconds = before === undefined ? hash(`${name}/${at}`) % 400_000 : before + 10_007;
    this.moments.set(name, nanoseconds);
    return { at, nanoseconds };
  }
}

function newMemory(now: Instant): Memory {
  return {
    correlators: new Map(),
    series: new EventSeries(now),
    refrains: new Refrains(),
    notes: new Notebook(),
    leases: new Map(),
    lastLook: now,
  };
}

function keyOf({ metadata }: Event): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
