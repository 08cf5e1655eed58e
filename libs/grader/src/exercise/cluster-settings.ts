import type { ClusterSettings, NodeOptions } from '@kubedrill/cluster-sim';
import { replacedProcesses } from '../scenario/replaced-processes.ts';
import type { ClusterSetup } from './cluster-setup.ts';
import type { ExerciseInstance } from './instance.ts';

/** The cluster's own chance (names of Pods, cluster IPs): the same for all learners, so that one baseline serves them all. */
const clusterSeed = 1;

/** Where the clouds of exercises take addresses for load balancers from (RFC 5737, TEST-NET-3). */
const cloudRange = '203.0.113.0/24';

/** What an exercise says of its cluster, in the engine's words; the engine has defaults for all else. */
export function clusterSettings({
  cluster,
  constraints,
}: Pick<ExerciseInstance, 'cluster' | 'constraints'>): ClusterSettings {
  return {
    seed: clusterSeed,
    nodes: nodesOf(cluster),
    proxyMode: cluster.proxyMode,
    ipvsScheduler: cluster.ipvsScheduler,
    loadBalancer:
      cluster.loadBalancer === 'cloud' ? { kind: 'cloud', range: cloudRange } : { kind: cluster.loadBalancer },
    externalHosts: cluster.externalHosts,
    processOverride: replacedProcesses(cluster.images),
    bounds: { maxObjects: constraints.maxObjects, maxPods: constraints.maxPods },
  };
}

export function nodesOf({ nodes }: ClusterSetup): readonly NodeOptions[] {
  return typeof nodes === 'number' ? numberedNodes(nodes) : nodes;
}

/** node-1 is 172.18.0.2: the first address of the network belongs to its router. */
export function numberedNodes(count: number): readonly NodeOptions[] {
  return Array.from({ length: count }, (_, index) => {
    const host = index + 2;
    return { name: `node-${index + 1}`, address: `172.18.${Math.floor(host / 256)}.${host % 256}` };
  });
}
