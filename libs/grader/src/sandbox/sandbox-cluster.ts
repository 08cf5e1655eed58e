import { createCluster, type Cluster, type ExternalHost, type Instant, type ProxyMode } from '@kubedrill/cluster-sim';
import { clusterSettings, numberedNodes } from '../exercise/cluster-settings.ts';
import type { ExerciseInstance } from '../exercise/instance.ts';
import { createBaseline, type PreparedInstance } from '../prepared-instance.ts';

/** What a sandbox without an exercise is made of. */
export interface BareSandbox {
  readonly seed: number;
  readonly nodes: number;
  readonly proxyMode: ProxyMode;
}

/** Where the learner's browser and curl come from, outside of the cluster (RFC 5737, TEST-NET-2). */
export const learnerHost: ExternalHost = { name: 'learner', address: '198.51.100.254' };

const cloud = { kind: 'cloud', range: '203.0.113.0/24' } as const;
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
    bounds: bareBounds,
  });
  cluster.settle();
  return cluster;
}

/** The longest that an exercise's initial cluster takes to settle: it began that long before, so that it is settled now. */
const headStart = 60_000;

/** An exercise's initial state, as of that time. */
export function exerciseSandboxCluster(
  instance: ExerciseInstance,
  manifests: PreparedInstance['manifests'],
  startTime: Instant,
): Cluster {
  const externalHosts = [...(clusterSettings(instance).externalHosts ?? []), learnerHost];
  const cluster = createBaseline(instance, manifests, { startTime: startTime - headStart, externalHosts });
  cluster.advance(Math.max(0, startTime - cluster.clock.now()));
  return cluster;
}
