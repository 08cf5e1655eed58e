import { createCluster, type Cluster, type ExternalHost, type Instant, type ProxyMode } from '@kubedrill/cluster-sim';
import { clusterSettings, numberedNodes } from '../exercise/cluster-settings.ts';
import type { ExerciseInstance } from '../exercise/instance.ts';
import { createInitialCluster, mustKeepBounds, type PreparedInstance } from '../prepared-instance.ts';

/** What a sandbox without an exercise is made of. */
export interface BareSandbox {
  readonly seed: number;
  readonly nodes: number;
  readonly proxyMode: ProxyMode;
}

/** Where the learner's browser and curl come from, outside of the cluster (RFC 5737, TEST-NET-2). */
export const learnerHost: ExternalHost = { name: 'learner', address: '198.51.100.254' };

const cloud = { kind: 'cloud', range: '203.0.113.0/24' } as const;
/** Whoever grades a sandbox lives through all of its moments once more, a tenth of a millisecond each. */
const processes = { processes: 'inTime', processMoments: 30_000 } as const;
const bareBounds = { maxObjects: 5_000, maxPods: 500 };

/** Whole seconds, as the times in objects are. */
export function sandboxStart(instant: Instant): Instant {
  return Math.floor(instant / 1000) * 1000;
}

/** An empty cluster, settled. The same origin gives the same cluster. */
export function bareSandboxCluster({ seed, nodes, proxyMode }: BareSandbox, startTime: Instant): Cluster {
  const cluster = createCluster({
    seed,
    startTime,
    proxyMode,
    nodes: numberedNodes(nodes),
    loadBalancer: cloud,
    externalHosts: [learnerHost],
    ...processes,
    bounds: bareBounds,
  });
  cluster.settle();
  return cluster;
}

/**
 * An exercise's initial cluster began that long before its sandbox, so that rollouts and probes are over when the learner
 * comes. What crashes for ever is by then in the middle of its back-off.
 */
const headStart = 180_000;

/** An exercise's initial state, as of that time. Throws when the exercise's own manifests are refused. */
export function exerciseSandboxCluster(
  instance: ExerciseInstance,
  manifests: PreparedInstance['manifests'],
  startTime: Instant,
): Cluster {
  const cluster = createInitialCluster(instance, manifests, {
    startTime: startTime - headStart,
    externalHosts: [...(clusterSettings(instance).externalHosts ?? []), learnerHost],
    ...processes,
  });
  mustKeepBounds(cluster.advance(startTime - cluster.clock.now()));
  return cluster;
}
