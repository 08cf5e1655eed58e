import { failure, type ObjectView, type WatchEvent } from '@kubedrill/cluster-sim';
import type { Json, JsonObject, Kind, KubeObject } from '@kubedrill/kube-model';
import { statusAnswer } from './wire.ts';

/** What one client watches. */
export interface Subscription {
  readonly kind: Kind;
  /** '' for all. */
  readonly namespace: string;
  selects(object: KubeObject): boolean;
  /** The form that the client asked for; `isFirst`: nothing has been sent to it yet. */
  shown(object: KubeObject, isFirst: boolean): JsonObject;
  send(event: Json): void;
}

interface Watcher {
  readonly subscription: Subscription;
  /** What it knows already. */
  version: number;
  isFirst: boolean;
}

/** At most so many streams at one cluster. */
export const maxWatchers = 1_000;

/** Passes on what has happened in the store: apiserver/pkg/storage/cacher and endpoints/handlers/watch.go. */
export class Watchers {
  private readonly store: Pick<ObjectView, 'eventsSince' | 'resourceVersion'>;
  private readonly watchers = new Set<Watcher>();

  constructor(store: Pick<ObjectView, 'eventsSince' | 'resourceVersion'>) {
    this.store = store;
  }

  get isFull(): boolean {
    return this.watchers.size >= maxWatchers;
  }

  /** Whether anybody watches objects of that kind. */
  watch(kind: Kind): boolean {
    return [...this.watchers].some(({ subscription }) => subscription.kind === kind);
  }

  /** From what comes after that version on; the result ends it. */
  add(subscription: Subscription, version: number, initial: readonly KubeObject[]): () => void {
    const watcher: Watcher = { subscription, version, isFirst: true };
    this.watchers.add(watcher);
    for (const object of initial) emit(watcher, 'ADDED', object);
    this.flushTo(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Tells everybody what is new. */
  flush(): void {
    for (const watcher of this.watchers) this.flushTo(watcher);
  }

  private flushTo(watcher: Watcher): void {
    const events = this.store.eventsSince(watcher.version);
    if (events === 'tooOld') {
      watcher.subscription.send({ type: 'ERROR', object: tooOld(watcher.version, this.store.resourceVersion) });
      this.watchers.delete(watcher);
      return;
    }
    watcher.version = this.store.resourceVersion;
    for (const event of events) pass(watcher, event);
  }
}

function pass(watcher: Watcher, { type, object, previous, resourceVersion }: WatchEvent): void {
  const { kind, namespace } = watcher.subscription;
  if (object.kind !== kind || (namespace !== '' && object.metadata.namespace !== namespace)) return;
  const isSelected = type !== 'DELETED' && watcher.subscription.selects(object);
  const wasSelected = previous !== undefined && watcher.subscription.selects(previous);
  if (isSelected) return emit(watcher, wasSelected ? 'MODIFIED' : 'ADDED', object);
  if (!wasSelected) return;
  // The last state that was selected, under the version at which it no longer is.
  const metadata = { ...previous.metadata, resourceVersion: String(resourceVersion) };
  emit(watcher, 'DELETED', { ...previous, metadata });
}

function emit(watcher: Watcher, type: WatchEvent['type'], object: KubeObject): void {
  const { subscription } = watcher;
  subscription.send({ type, object: subscription.shown(object, watcher.isFirst) });
  watcher.isFirst = false;
}

function tooOld(asked: number, oldest: number): Json {
  const message = `too old resource version: ${asked} (${oldest})`;
  return statusAnswer(failure(410, 'Expired', message)).body;
}

/** Says that all that was there before has been sent (sendInitialEvents). */
export function initialEventsEnd(kind: Kind, apiVersion: string, version: number): Json {
  const annotations = { 'k8s.io/initial-events-end': 'true' };
  const metadata = { resourceVersion: String(version), creationTimestamp: null, annotations };
  return { type: 'BOOKMARK', object: { kind, apiVersion, metadata } };
}
