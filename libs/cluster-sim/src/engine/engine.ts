import type { ClusterBounds, SettleReport } from '../cluster.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Utterance } from '../events/remark.ts';
import type { WatchEvent } from '../store/object-view.ts';
import type { ChangeWriter } from './change-writer.ts';
import type { ApiStatus } from '../api/request.ts';
import type { Change, Controller, Reconciliation } from './controller.ts';
import { DirtyKeys } from './dirty-keys.ts';
import { RetryBackOff } from './retry-back-off.ts';
import type { Duration, Instant } from './time.ts';
import { TimerQueue } from './timer-queue.ts';
import type { VirtualClock } from './virtual-clock.ts';

/**
 * How far `settle` looks ahead of the last change when it is not told: a probe's initial delay, a grace period, minReadySeconds
 * or the steps of a rollout come nearer than that. The longest pause of a crash loop (5 minutes) does not, so a Pod that
 * crashes for ever does not keep a cluster from settling.
 */
export const defaultLookAhead: Duration = 180_000;

export interface EngineParts {
  readonly store: ObjectStore;
  readonly clock: VirtualClock;
  readonly writer: ChangeWriter;
  /** A later stage runs when the controllers of the earlier ones have nothing to do. */
  readonly stages: readonly (readonly Controller[])[];
  readonly bounds: ClusterBounds;
  /** What controllers say. */
  readonly recorder: { record(utterance: Utterance): void };
}

interface Queue {
  readonly index: number;
  readonly controller: Controller;
  readonly dirty: DirtyKeys;
  readonly backOff: RetryBackOff;
}

/** A key that has just been reconciled. */
interface Reconciled {
  readonly queue: Queue;
  readonly key: string;
}

interface Run {
  /** Goes on when the cluster is full: who wanted more tries again later, as with a quota. */
  readonly endures: boolean;
  reconciliations: number;
  exceeded: keyof ClusterBounds | undefined;
}

const newRun = (endures: boolean): Run => ({ endures, reconciliations: 0, exceeded: undefined });

const hasEnded = ({ exceeded, endures }: Run): boolean =>
  exceeded !== undefined && (!endures || exceeded === 'maxReconciliationsPerSettle');

/** Runs the controllers: events make keys dirty, reconciliations make changes, changes make events, timers move the clock. */
export class Engine {
  private readonly parts: EngineParts;
  private readonly stages: readonly (readonly Queue[])[];
  private readonly queues: readonly Queue[];
  private readonly watchers: ReadonlyMap<string, readonly Queue[]>;
  private readonly timers: TimerQueue;
  /** Timers without end, which would keep a cluster from settling. */
  private readonly calendar: TimerQueue;

  constructor(parts: EngineParts, source?: Engine) {
    this.parts = parts;
    let index = 0;
    this.stages = parts.stages.map((controllers) =>
      controllers.map((controller): Queue => {
        const origin = source?.queues[index];
        const dirty = origin?.dirty.fork() ?? new DirtyKeys();
        const backOff = origin?.backOff.fork() ?? new RetryBackOff();
        return { index: index++, controller, dirty, backOff };
      }),
    );
    this.queues = this.stages.flat();
    this.watchers = watchersOf(this.queues);
    this.timers = source?.timers.fork() ?? new TimerQueue();
    this.calendar = source?.calendar.fork() ?? new TimerQueue();
  }

  /** The same state of affairs over another store, clock and writer. */
  fork(parts: EngineParts): Engine {
    return new Engine(parts, this);
  }

  /**
   * Runs until nothing more is bound to happen. With a quiet span: lets time pass until nothing has changed for that long.
   * Without one: until nothing is due within `defaultLookAhead` of the last change, and not a moment longer. Dates of the calendar
   * that pass meanwhile are kept, late, when time is advanced.
   */
  settle(quiet?: Duration): SettleReport {
    const { clock, store, bounds } = this.parts;
    const span = quiet ?? defaultLookAhead;
    const start = clock.now();
    const run = newRun(false);
    let lastChange = start;
    let version = store.resourceVersion;
    for (;;) {
      this.work(run);
      if (run.exceeded) return this.report(run);
      if (store.resourceVersion !== version) {
        version = store.resourceVersion;
        lastChange = clock.now();
      }
      const next = this.timers.next();
      if (!next || (next.at > lastChange + span && !this.timers.hasTransit)) break;
      if (next.at > start + bounds.maxSettleTime) {
        run.exceeded = 'maxSettleTime';
        return this.report(run);
      }
      this.passTo(next.at, [this.timers]);
    }
    if (quiet !== undefined) clock.moveTo(Math.max(clock.now(), lastChange + quiet));
    return this.report(run);
  }

  /** Lets exactly that much time pass, in a cluster that is full, too: how time is cut into pieces makes no difference. */
  advance(duration: Duration): SettleReport {
    const { clock } = this.parts;
    const end = clock.now() + duration;
    const all = [this.timers, this.calendar];
    const run = newRun(true);
    for (;;) {
      this.work(run);
      if (hasEnded(run)) return this.report(run);
      const next = Math.min(...all.map((timers) => timers.next()?.at ?? Infinity));
      if (next > end) break;
      this.passTo(next, all);
    }
    clock.moveTo(end);
    return this.report(run);
  }

  /** Lets the controllers do what they can at this moment; no time passes. */
  catchUp(): SettleReport {
    const run = newRun(true);
    this.work(run);
    return this.report(run);
  }

  /** Something outside of the store has changed what that controller would say about the key. */
  wake(controller: Controller, key: string): void {
    this.queues.find((queue) => queue.controller === controller)?.dirty.add(key);
  }

  private passTo(at: Instant, queues: readonly TimerQueue[]): void {
    const { clock } = this.parts;
    clock.moveTo(Math.max(clock.now(), at));
    for (const timers of queues)
      for (let timer = timers.takeDue(clock.now()); timer; timer = timers.takeDue(clock.now()))
        this.queues[timer.controller]?.dirty.add(timer.key);
  }

  /** Reconciles until no key is dirty. */
  private work(run: Run): void {
    this.observe();
    for (;;) {
      const stage = this.stages.find((queues) => queues.some(({ dirty }) => dirty.size > 0));
      if (!stage) return;
      for (const queue of stage) {
        // What becomes dirty meanwhile waits for the next round, so that a burst of events costs one reconciliation.
        for (let left = queue.dirty.size; left > 0; left -= 1) {
          this.reconcileNext(queue, run);
          if (hasEnded(run)) return;
        }
      }
    }
  }

  private reconcileNext(queue: Queue, run: Run): void {
    const key = queue.dirty.take();
    if (key === undefined) return;
    const { store, clock, bounds } = this.parts;
    if (run.reconciliations >= bounds.maxReconciliationsPerSettle) {
      run.exceeded = 'maxReconciliationsPerSettle';
      return;
    }
    run.reconciliations += 1;
    const last = this.carryOut(queue.controller.reconcile(store, key, clock.now()), run);
    if (!last.hasFailed) queue.backOff.forget(key);
    const at = last.hasFailed ? queue.backOff.retryAt(key, clock.now()) : last.wakeAt;
    const isRecurring = last.isRecurring === true && !last.hasFailed;
    if (at === undefined || isRecurring) this.timers.clear(queue.index, key);
    if (at === undefined || !isRecurring) this.calendar.clear(queue.index, key);
    if (at !== undefined) {
      const timers = isRecurring ? this.calendar : this.timers;
      timers.set({ at, controller: queue.index, key, inTransit: last.inTransit ?? false });
    }
    this.observe(last.isStable ? { queue, key } : undefined);
  }

  /** Its last part. */
  private carryOut(first: Reconciliation, run: Run): Reconciliation {
    let part = first;
    while (part.then) {
      let refusal: ApiStatus | undefined;
      this.hear(part.remarks);
      for (const change of part.changes) if ((refusal = this.execute(change, run))) break;
      part = part.then(refusal);
    }
    this.hear(part.remarks);
    for (const change of part.changes) this.execute(change, run);
    return part;
  }

  private hear(utterances: readonly Utterance[] | undefined): void {
    if (utterances) for (const utterance of utterances) this.parts.recorder.record(utterance);
  }

  private execute(change: Change, run: Run): ApiStatus | undefined {
    const outcome = this.parts.writer.write(change);
    const { comment } = change;
    const remark = comment && (outcome.ok ? comment.done?.(outcome.object) : comment.refused?.(outcome.status));
    if (remark) this.parts.recorder.record(remark);
    if (outcome.ok) return undefined;
    const cause = outcome.status.details?.causes?.[0];
    if (cause?.reason === 'ClusterBoundExceeded') run.exceeded ??= cause.field as keyof ClusterBounds;
    return outcome.status;
  }

  /** Tells the controllers what has happened since they were told last; `stable` is not to be told of its own writes. */
  private observe(stable?: Reconciled): void {
    const { store } = this.parts;
    for (const event of store.takeUnobserved()) this.dispatch(event, stable);
  }

  private dispatch(event: WatchEvent, stable: Reconciled | undefined): void {
    const { store } = this.parts;
    for (const queue of this.watchers.get(event.object.kind) ?? []) {
      const { controller, dirty } = queue;
      controller.observe?.(event);
      this.hear(controller.comment?.(event, store));
      for (const key of controller.keysFor(event, store))
        if (stable?.queue !== queue || stable.key !== key) dirty.add(key);
    }
  }

  private report({ reconciliations, exceeded }: Run): SettleReport {
    const now = this.parts.clock.now();
    return exceeded
      ? { kind: 'limited', bound: exceeded, now, reconciliations }
      : { kind: 'settled', now, reconciliations };
  }
}

function watchersOf(queues: readonly Queue[]): ReadonlyMap<string, readonly Queue[]> {
  const watchers = new Map<string, Queue[]>();
  for (const queue of queues)
    for (const kind of queue.controller.watches) {
      const known = watchers.get(kind);
      if (known) known.push(queue);
      else watchers.set(kind, [queue]);
    }
  return watchers;
}
