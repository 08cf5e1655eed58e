import { describe, expect, it } from '@jest/globals';
import type { Event, Namespace } from '@kubedrill/kube-model';
import { EventRecorder } from '../../src/events/event-recorder.ts';
import type { Remark } from '../../src/events/remark.ts';
import { VirtualClock } from '../../src/engine/virtual-clock.ts';
import { ObjectStore } from '../../src/store/object-store.ts';

const start = Date.UTC(2026, 0, 1);
const second = 1_000;
const minute = 60 * second;

class Scene {
  readonly store: ObjectStore;
  readonly clock: VirtualClock;
  readonly recorder: EventRecorder;

  constructor(source?: Scene) {
    this.store = source?.store.fork() ?? new ObjectStore();
    this.clock = source?.clock.fork() ?? new VirtualClock(start);
    const parts = { store: this.store, clock: this.clock, controlPlane: 'node-1' };
    this.recorder = source?.recorder.fork(parts) ?? new EventRecorder(parts);
    if (!source) this.store.put(namespace('Active'));
  }

  fork(): Scene {
    return new Scene(this);
  }

  pass(duration: number): void {
    this.clock.moveTo(this.clock.now() + duration);
  }

  get events(): readonly Event[] {
    return this.store.list('Event');
  }

  /** "3 message". */
  get counts(): readonly string[] {
    return this.events.map(({ count, series, message }) => `${series?.count ?? count ?? 1} ${message ?? ''}`);
  }
}

function namespace(phase: 'Active' | 'Terminating'): Namespace {
  const metadata = { name: 'default', uid: 'n', resourceVersion: '', creationTimestamp: '' };
  return { apiVersion: 'v1', kind: 'Namespace', metadata, spec: {}, status: { phase } };
}

const about = { kind: 'Pod', apiVersion: 'v1', namespace: 'default', name: 'web', uid: 'u', resourceVersion: '7' };

function older(message: string, reason = 'BackOff'): Remark {
  return { by: { form: 'older', component: 'kubelet', host: 'node-1' }, about, type: 'Warning', reason, message };
}

function newer(message: string): Remark {
  const by = { form: 'newer', component: 'default-scheduler', action: 'Scheduling' } as const;
  return { by, about, type: 'Warning', reason: 'FailedScheduling', message };
}

describe('the form of an Event', () => {
  it('of the older recorder: makeEvent of client-go/tools/record', () => {
    const scene = new Scene();
    scene.recorder.record({ ...older('a'), fieldPath: 'spec.containers{c}' });
    const [event] = scene.events;
    expect({ ...event, metadata: undefined }).toEqual({
      apiVersion: 'v1',
      kind: 'Event',
      involvedObject: { ...about, fieldPath: 'spec.containers{c}' },
      reason: 'BackOff',
      message: 'a',
      source: { component: 'kubelet', host: 'node-1' },
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:00:00Z',
      count: 1,
      type: 'Warning',
      eventTime: null,
      reportingComponent: 'kubelet',
      reportingInstance: 'node-1',
    });
    // The last six digits are what sixteen milliseconds have room for.
    expect(event?.metadata.name).toMatch(
      new RegExp(`^web\\.${(BigInt(start) * 1_000_000n).toString(16).slice(0, 10)}[0-9a-f]{6}$`),
    );
    expect(event?.metadata).toMatchObject({ namespace: 'default', creationTimestamp: '2026-01-01T00:00:00Z' });
  });

  it('of the newer recorder: makeEvent of client-go/tools/events', () => {
    const scene = new Scene();
    scene.recorder.record(newer('a'));
    const [event] = scene.events;
    expect(event).toMatchObject({
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
      action: 'Scheduling',
      reportingComponent: 'default-scheduler',
      reportingInstance: 'default-scheduler-node-1',
    });
    expect(event?.eventTime).toMatch(/^2026-01-01T00:00:00\.000\d{3}Z$/);
    expect(event).not.toHaveProperty('count');
    expect(event).not.toHaveProperty('series');
  });

  it('about something without a namespace is in default', () => {
    const scene = new Scene();
    scene.recorder.record({ ...older('a'), about: { kind: 'Node', apiVersion: 'v1', name: 'node-1' } });
    expect(scene.events.map(({ metadata }) => metadata.namespace)).toEqual(['default']);
  });

  it('what is said at one moment has names in its order', () => {
    const scene = new Scene();
    for (const message of ['a', 'b', 'c']) scene.recorder.record(older(message));
    const names = scene.events.map(({ metadata }) => metadata.name);
    expect(names).toEqual(names.toSorted());
    expect(new Set(names).size).toBe(3);
  });
});

/** client-go/tools/record/events_cache.go. */
describe('what is said again', () => {
  it('counts up', () => {
    const scene = new Scene();
    for (let time = 0; time < 3; time += 1) {
      scene.recorder.record(older('a'));
      scene.pass(minute);
    }
    expect(scene.events).toMatchObject([
      { count: 3, firstTimestamp: '2026-01-01T00:00:00Z', lastTimestamp: '2026-01-01T00:02:00Z' },
    ]);
  });

  it('is combined from the tenth message on that differs within ten minutes', () => {
    const scene = new Scene();
    for (let index = 1; index <= 12; index += 1) scene.recorder.record(older(`message ${index}`));
    expect(scene.counts.slice(8)).toEqual(['1 message 9', '3 (combined from similar events): message 12']);
    expect(scene.events.at(-1)).toMatchObject({ reportingComponent: '', source: { component: 'kubelet' } });
  });

  it('is not combined when more than ten minutes lie between', () => {
    const scene = new Scene();
    for (let index = 1; index <= 12; index += 1) {
      scene.recorder.record(older(`message ${index}`));
      scene.pass(10 * minute + 1);
    }
    // Those of the last hour.
    expect(scene.counts).toEqual([8, 9, 10, 11, 12].map((index) => `1 message ${index}`));
  });

  it('is sent 25 times, and then once in five minutes', () => {
    const scene = new Scene();
    for (let index = 0; index < 30; index += 1) scene.recorder.record(older('a'));
    expect(scene.counts).toEqual(['25 a']);
    scene.pass(5 * minute);
    scene.recorder.record(older('a'));
    scene.recorder.record(older('a'));
    // All have been counted.
    expect(scene.counts).toEqual(['31 a']);
  });

  it('is patched where somebody has changed the Event, and made again where somebody has deleted it', () => {
    const scene = new Scene();
    scene.recorder.record(older('a'));
    const [event] = scene.events;
    if (!event) throw new Error('nothing was said');
    scene.store.put({ ...event, metadata: { ...event.metadata, labels: { seen: 'yes' } }, message: 'mine' });
    scene.recorder.record(older('a'));
    expect(scene.events).toMatchObject([{ metadata: { labels: { seen: 'yes' } }, count: 2, message: 'a' }]);
    scene.store.remove({ kind: 'Event', namespace: 'default', name: event.metadata.name });
    scene.recorder.record(older('a'));
    expect(scene.events).toMatchObject([{ metadata: { name: event.metadata.name }, count: 3 }]);
    expect(scene.events[0]?.metadata).not.toHaveProperty('labels');
  });
});

/** client-go/tools/events/event_broadcaster.go. */
describe('a series', () => {
  it('is written with the second event, and again when it is over six minutes after the last', () => {
    const scene = new Scene();
    const seen: (readonly string[])[] = [];
    for (let index = 0; index < 4; index += 1) {
      scene.recorder.record(newer('a'));
      seen.push(scene.counts);
      scene.pass(minute);
    }
    expect(seen).toEqual([['1 a'], ['2 a'], ['2 a'], ['2 a']]);
    scene.pass(8 * minute);
    expect(scene.counts).toEqual(['4 a']);
    scene.recorder.record(newer('a'));
    expect(scene.counts).toEqual(['4 a', '1 a']);
  });

  it('is another one when the object has changed', () => {
    const scene = new Scene();
    scene.recorder.record(newer('a'));
    scene.recorder.record({ ...newer('a'), about: { ...about, resourceVersion: '8' } });
    expect(scene.counts).toEqual(['1 a', '1 a']);
  });
});

describe('refrains', () => {
  it('go on until they fall silent, whenever somebody looks', () => {
    const watched = new Scene();
    watched.recorder.record({ key: 'k', remarks: [older('a')], from: start - 10 * second, pauses: [10 * second] });
    const unwatched = watched.fork();
    for (let index = 0; index < 5; index += 1) {
      watched.pass(7 * second);
      expect(watched.counts).toHaveLength(1);
    }
    unwatched.pass(35 * second);
    for (const scene of [watched, unwatched]) {
      scene.recorder.record({ silence: 'k' });
      scene.pass(minute);
      expect(scene.counts).toEqual(['4 a']);
    }
    expect(unwatched.events.map(({ metadata: { uid, name } }) => [uid, name])).toEqual(
      watched.events.map(({ metadata: { uid, name } }) => [uid, name]),
    );
  });

  it('cost little however long nobody looks', () => {
    const scene = new Scene();
    scene.recorder.record({ key: 'k', remarks: [older('a')], from: start, pauses: [second] });
    scene.pass(365 * 24 * 60 * minute);
    expect(scene.counts).toHaveLength(1);
  });
});

describe('an hour', () => {
  it.each([
    ['after its last write an Event is gone', 60 * minute, []],
    ['is not over a moment before', 60 * minute - 1, ['2 a']],
  ])('%s', (_what, duration, counts) => {
    const scene = new Scene();
    scene.recorder.record(older('a'));
    scene.pass(30 * minute);
    scene.recorder.record(older('a'));
    scene.pass(duration);
    expect(scene.counts).toEqual(counts);
  });

  it('is what Events of others have too', () => {
    const scene = new Scene();
    scene.recorder.record(older('a'));
    const [event] = scene.events;
    if (!event) throw new Error('nothing was said');
    scene.pass(30 * minute);
    expect(scene.counts).toEqual(['1 a']);
    scene.store.put({ ...event, metadata: { ...event.metadata, name: 'mine' }, message: 'mine' });
    scene.pass(30 * minute);
    expect(scene.counts).toEqual(['1 mine']);
    scene.pass(30 * minute);
    expect(scene.counts).toEqual([]);
  });

  it('lets an Event that is said again later begin anew, and go on counting', () => {
    const scene = new Scene();
    scene.recorder.record(older('a'));
    scene.pass(61 * minute);
    scene.recorder.record(older('a'));
    expect(scene.events).toMatchObject([{ count: 2, metadata: { creationTimestamp: '2026-01-01T01:01:00Z' } }]);
  });
});

it('nothing is taken in a namespace that is going', () => {
  const scene = new Scene();
  scene.recorder.record(older('a'));
  scene.store.put(namespace('Terminating'));
  scene.recorder.record(older('b'));
  expect(scene.counts).toEqual(['1 a']);
});

it('a fork sees nothing of the other side', () => {
  const scene = new Scene();
  scene.recorder.record(older('a'));
  const before = scene.fork();
  expect(scene.counts).toEqual(['1 a']);
  const after = scene.fork();
  scene.recorder.record(older('a'));
  after.recorder.record(older('b'));
  expect([before, scene, after].map(({ counts }) => counts)).toEqual([['1 a'], ['2 a'], ['1 a', '1 b']]);
});
