import { describe, expect, it } from '@jest/globals';
import type { ConfigMap } from '@kubedrill/kube-model';
import { done } from '../../src/api/outcome.ts';
import { defaultBounds } from '../../src/cluster-defaults.ts';
import type { ChangeWriter } from '../../src/engine/change-writer.ts';
import type { Controller, Reconciliation } from '../../src/engine/controller.ts';
import { defaultLookAhead, Engine } from '../../src/engine/engine.ts';
import { VirtualClock } from '../../src/engine/virtual-clock.ts';
import { ObjectStore } from '../../src/store/object-store.ts';

function configMap(count: number): ConfigMap {
  const metadata = { name: 'counter', namespace: 'default', uid: 'u', resourceVersion: '', creationTimestamp: '' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { count: `${count}` } };
}

/** Counts up at the given times and then rests. */
function counting(times: readonly number[], inTransit = false): Controller {
  return {
    name: 'counter',
    watches: ['ConfigMap'],
    keysFor: () => ['counter'],
    reconcile(view, _key, now): Reconciliation {
      const count = Number(view.get('ConfigMap', 'default', 'counter')?.data?.['count'] ?? 0);
      const at = times[count];
      if (at === undefined) return { changes: [] };
      if (now < at) return { changes: [], wakeAt: at, inTransit };
      return { changes: [{ verb: 'update', object: configMap(count + 1) }] };
    },
  };
}

function engineOf(controller: Controller, bounds = {}) {
  const store = new ObjectStore();
  const clock = new VirtualClock(0);
  const writer: ChangeWriter = {
    write: (change) => done(change.verb === 'update' ? store.put(change.object) : configMap(0)),
  };
  const recorder = { record: () => undefined };
  const engine = new Engine({
    store,
    clock,
    writer,
    stages: [[controller]],
    bounds: { ...defaultBounds, ...bounds },
    recorder,
  });
  store.put(configMap(0));
  const count = (): number => Number(store.get('ConfigMap', 'default', 'counter')?.data?.['count']);
  return { engine, clock, count };
}

describe('settle', () => {
  const cases: readonly [string, readonly number[], number | undefined, boolean, { count: number; now: number }][] = [
    [
      'waits for what is due soon after the last change',
      [1_000, 100_000, 250_000],
      undefined,
      false,
      { count: 3, now: 250_000 },
    ],
    ['stops before what is far away', [1_000, 1_001 + defaultLookAhead], undefined, false, { count: 1, now: 1_000 }],
    ['lets the quiet span pass', [500], 900, false, { count: 1, now: 1_400 }],
    ['leaves pending what comes after the quiet span', [500, 2_000], 900, false, { count: 1, now: 1_400 }],
    ['waits beyond the quiet span for what is in transit', [5_000], 900, true, { count: 1, now: 5_900 }],
    ['stays where it is when nothing is due', [], undefined, false, { count: 0, now: 0 }],
  ];

  it.each(cases)('%s', (_title, times, quiet, inTransit, expected) => {
    const { engine, clock, count } = engineOf(counting(times, inTransit));
    expect(engine.settle(quiet).kind).toBe('settled');
    expect({ count: count(), now: clock.now() }).toEqual(expected);
  });

  it('does not tell a controller of its own writes once it calls the key stable', () => {
    const endless = counting(Array.from({ length: 10_000 }, () => 0));
    const stable: Controller = {
      ...endless,
      reconcile: (...args) => ({ ...endless.reconcile(...args), isStable: true }),
    };
    const { engine, count } = engineOf(stable);
    expect(engine.settle()).toMatchObject({ kind: 'settled', reconciliations: 1 });
    expect(count()).toBe(1);
  });

  it('names the bound that a controller without end hits', () => {
    const endless = counting(Array.from({ length: 10_000 }, () => 0));
    expect(engineOf(endless, { maxReconciliationsPerSettle: 50 }).engine.settle()).toMatchObject({
      kind: 'limited',
      bound: 'maxReconciliationsPerSettle',
    });
    const eternal = counting(Array.from({ length: 10_000 }, (_, index) => index * 60_000));
    expect(engineOf(eternal, { maxSettleTime: 600_000 }).engine.settle()).toMatchObject({
      kind: 'limited',
      bound: 'maxSettleTime',
    });
  });
});

describe('advance', () => {
  it('lets exactly that much time pass', () => {
    const { engine, clock, count } = engineOf(counting([1_000, 2_000, 9_000]));
    engine.advance(2_500);
    expect({ count: count(), now: clock.now() }).toEqual({ count: 2, now: 2_500 });
  });
});
