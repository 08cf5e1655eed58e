import type { Cluster, WatchEventType } from '@kubedrill/cluster-sim';
import type { Kind, KubeObject } from '@kubedrill/kube-model';
import { NotModelled } from './invocation.ts';

export interface WatchedPlace {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
}

/** Undefined: goes on. */
export type Seen<T> = (type: WatchEventType, object: KubeObject) => T | undefined;

/** The first look comes this soon after the one before; the longer one waits, the more seldom. */
const shortestStep = 50;
const growth = 100;

/** kubectl would go on for a week, or for ever. */
const longestWait = 2 * 3_600_000;

/**
 * client-go/tools/watch UntilWithSync in the cluster's time: shows the object as it is, then all that happens to it. Milliseconds;
 * no deadline where it is undefined.
 */
export function watchUntil<T>(
  cluster: Cluster,
  place: WatchedPlace,
  deadline: number | undefined,
  see: Seen<T>,
): T | 'timed out' {
  const { view } = cluster;
  let version = view.resourceVersion;
  const initial = view.get(place.kind, place.namespace, place.name);
  let result = initial && see('ADDED', initial);
  const passed = waitUntil(cluster, deadline, () => {
    if (result !== undefined) return true;
    const events = view.eventsSince(version);
    version = view.resourceVersion;
    if (events === 'tooOld') throw new Error('the watch has missed something');
    for (const { type, object } of events) if (result === undefined && isAt(object, place)) result = see(type, object);
    return result !== undefined;
  });
  return passed && result !== undefined ? result : 'timed out';
}

function isAt({ kind, metadata }: KubeObject, place: WatchedPlace): boolean {
  return kind === place.kind && metadata.name === place.name && (metadata.namespace ?? '') === place.namespace;
}

/** Lets time pass until it is so; whether it was before the deadline. */
export function waitUntil(cluster: Cluster, deadline: number | undefined, isSo: () => boolean): boolean {
  const started = cluster.clock.now();
  while (!isSo()) {
    const now = cluster.clock.now();
    const left = (deadline ?? started + longestWait) - now;
    if (left <= 0 && now - started >= longestWait) throw new NotModelled('waiting for more than two hours');
    if (left <= 0) return false;
    cluster.advance(Math.min(left, Math.max(shortestStep, Math.floor((now - started) / growth))));
  }
  return true;
}
