import { kinds, type Kind, type KubeObject, type ObjectKey, type ObjectOfKind } from '@kubedrill/kube-model';
import { CopyOnWriteMap } from './copy-on-write-map.ts';
import { indexers } from './indexers.ts';
import type { IndexName, ObjectView, WatchEvent, WatchEventType } from './object-view.ts';

/** How many events a watcher may lag behind before it has to list again (an apiserver answers 410 then). */
const watchLogCapacity = 4096;

/** Kinds whose objects follow from the time: nothing is written before somebody wants to know. */
type DeferredKind = 'Event' | 'Lease';

/** Held besides those of the nodes. */
const controlPlaneLeases = 3;

type ObjectMap = CopyOnWriteMap<string, KubeObject>;

/** Where an index finds an object, so that it has nothing to write while the object's values stay. */
interface Place {
  readonly namespace: string;
  readonly name: string;
}

type PlaceMap = CopyOnWriteMap<string, Place>;

/** The objects of one kind: by namespace, then name, plus the kind's indexes. */
class Table {
  private readonly namespaces: CopyOnWriteMap<string, ObjectMap>;
  private readonly indexes: Map<IndexName, CopyOnWriteMap<string, PlaceMap>>;
  private readonly kind: Kind;
  count: number;

  constructor(kind: Kind, source?: Table) {
    this.kind = kind;
    this.count = source?.count ?? 0;
    this.namespaces = source ? source.namespaces.fork() : new CopyOnWriteMap();
    this.indexes = new Map();
    for (const index of Object.keys(indexers.get(kind) ?? {}) as IndexName[]) {
      this.indexes.set(index, source?.indexes.get(index)?.fork() ?? new CopyOnWriteMap());
    }
  }

  fork(): Table {
    // Inner maps are shared by reference; whoever writes forks them first (see writable).
    this.generation = {};
    const copy = new Table(this.kind, this);
    return copy;
  }

  /** Maps written since the last fork have this owner; others may be shared with a fork. */
  private generation: object = {};

  private writable<V>(
    outer: CopyOnWriteMap<string, CopyOnWriteMap<string, V>>,
    key: string,
  ): CopyOnWriteMap<string, V> {
    const existing = outer.get(key);
    if (existing?.owner === this.generation) return existing;
    const own = existing ? existing.fork(this.generation) : new CopyOnWriteMap<string, V>(this.generation);
    outer.set(key, own);
    return own;
  }

  get(namespace: string, name: string): KubeObject | undefined {
    return this.namespaces.get(namespace)?.get(name);
  }

  list(namespace: string | undefined): KubeObject[] {
    if (namespace !== undefined) return [...(this.namespaces.get(namespace)?.values() ?? [])];
    const all: KubeObject[] = [];
    for (const objects of this.namespaces.values()) all.push(...objects.values());
    return all;
  }

  indexed(index: IndexName, value: string): KubeObject[] {
    const found = this.indexes.get(index);
    if (!found) throw new Error(`kind ${this.kind} keeps no index "${index}"`);
    const objects: KubeObject[] = [];
    for (const { namespace, name } of found.get(value)?.values() ?? []) {
      const object = this.get(namespace, name);
      if (object) objects.push(object);
    }
    return objects;
  }

  put(object: KubeObject, previous: KubeObject | undefined): void {
    const namespace = object.metadata.namespace ?? '';
    this.writable(this.namespaces, namespace).set(object.metadata.name, object);
    if (!previous) this.count += 1;
    this.reindex(previous, object);
  }

  remove(object: KubeObject): void {
    const namespace = object.metadata.namespace ?? '';
    this.writable(this.namespaces, namespace).delete(object.metadata.name);
    this.count -= 1;
    this.reindex(object, undefined);
  }

  private reindex(previous: KubeObject | undefined, next: KubeObject | undefined): void {
    const declared = indexers.get(this.kind);
    if (!declared) return;
    for (const [index, maps] of this.indexes) {
      const indexer = declared[index];
      if (!indexer) continue;
      const { valuesOf, sourceOf } = indexer;
      if (previous && next && sourceOf(previous) === sourceOf(next)) continue;
      const before = previous ? valuesOf(previous) : [];
      const after = next ? valuesOf(next) : [];
      if (previous) for (const value of before) if (!after.includes(value)) this.unindex(maps, value, previous);
      if (next) for (const value of after) if (!before.includes(value)) this.index(maps, value, next);
    }
  }

  private index(maps: CopyOnWriteMap<string, PlaceMap>, value: string, { metadata }: KubeObject): void {
    const { namespace = '', name } = metadata;
    this.writable(maps, value).set(`${namespace}/${name}`, { namespace, name });
  }

  private unindex(maps: CopyOnWriteMap<string, PlaceMap>, value: string, { metadata }: KubeObject): void {
    const map = this.writable(maps, value);
    map.delete(`${metadata.namespace ?? ''}/${metadata.name}`);
    if (map.size === 0) maps.delete(value);
  }
}

/**
 * The state of the cluster: immutable objects, one counter of resource versions for all kinds (as etcd's revision), and a
 * bounded log of what happened. It checks nothing: that is the API server's work.
 */
export class ObjectStore implements ObjectView {
  private readonly tables: Map<Kind, Table>;
  private revision: number;
  private given: number;
  private log: WatchEvent[];
  private unobserved: WatchEvent[];
  private readonly deferred = new Map<DeferredKind, () => void>();

  constructor(source?: ObjectStore) {
    this.tables = new Map(kinds.map((kind) => [kind, source ? source.table(kind).fork() : new Table(kind)]));
    this.revision = source?.revision ?? 0;
    this.given = source?.given ?? 0;
    this.log = source ? source.log.slice() : [];
    this.unobserved = source ? source.unobserved.slice() : [];
  }

  get resourceVersion(): number {
    return this.revision;
  }

  /** Objects of that kind come into being when somebody reads some: `write` brings them to the present first. */
  deferWrites(kind: DeferredKind, write: () => void): void {
    this.deferred.set(kind, write);
  }

  get<K extends Kind>(kind: K, namespace: string, name: string): ObjectOfKind[K] | undefined {
    if (kind === 'Event' || kind === 'Lease') this.deferred.get(kind)?.();
    return this.table(kind).get(namespace, name) as ObjectOfKind[K] | undefined;
  }

  list<K extends Kind>(kind: K, namespace?: string): readonly ObjectOfKind[K][] {
    if (kind === 'Event' || kind === 'Lease') this.deferred.get(kind)?.();
    return this.table(kind).list(namespace) as ObjectOfKind[K][];
  }

  count(kind: Kind): number {
    if (kind === 'Event' || kind === 'Lease') this.deferred.get(kind)?.();
    return this.table(kind).count;
  }

  /** What it holds now was given to it, and is no part of its size. */
  takeAsGiven(): void {
    this.given += this.size;
  }

  /** Objects beyond the given ones; without Events and as many Leases as are held, whose number depends on when they are read. */
  get size(): number {
    let size = -this.given;
    for (const [kind, table] of this.tables) if (kind !== 'Event' && kind !== 'Lease') size += table.count;
    return size + Math.max(0, this.table('Lease').count - this.table('Node').count - controlPlaneLeases);
  }

  indexed<K extends Kind>(kind: K, index: IndexName, value: string): readonly ObjectOfKind[K][] {
    return this.table(kind).indexed(index, value) as ObjectOfKind[K][];
  }

  /** Stores the object under a new resource version and returns it as stored. */
  put<O extends KubeObject>(object: O): O {
    const previous = this.table(object.kind).get(object.metadata.namespace ?? '', object.metadata.name);
    this.revision += 1;
    const stored: O = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.revision) } };
    this.table(object.kind).put(stored, previous);
    this.record(previous ? 'MODIFIED' : 'ADDED', stored, previous);
    return stored;
  }

  /** Removes the object; false when it is not there. */
  remove(key: ObjectKey): boolean {
    const previous = this.table(key.kind).get(key.namespace, key.name);
    if (!previous) return false;
    this.revision += 1;
    this.table(key.kind).remove(previous);
    this.record('DELETED', previous, previous);
    return true;
  }

  eventsSince(resourceVersion: number): readonly WatchEvent[] | 'tooOld' {
    const first = this.log[0];
    if (resourceVersion >= this.revision) return [];
    if (!first || first.resourceVersion > resourceVersion + 1) return 'tooOld';
    return this.log.slice(resourceVersion + 1 - first.resourceVersion);
  }

  /** What happened since the last call: for the one reader that must not miss anything, the engine. */
  takeUnobserved(): readonly WatchEvent[] {
    const events = this.unobserved;
    if (events.length > 0) this.unobserved = [];
    return events;
  }

  fork(): ObjectStore {
    return new ObjectStore(this);
  }

  private record(type: WatchEventType, object: KubeObject, previous: KubeObject | undefined): void {
    const event = { type, object, ...(previous ? { previous } : {}), resourceVersion: this.revision };
    this.log.push(event);
    this.unobserved.push(event);
    // Trimmed in halves, so that the cost of one event stays constant.
    if (this.log.length > 2 * watchLogCapacity) this.log = this.log.slice(-watchLogCapacity);
  }

  private table(kind: Kind): Table {
    const table = this.tables.get(kind);
    if (!table) throw new Error(`kind ${kind} has no table`);
    return table;
  }
}
