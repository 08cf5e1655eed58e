import type { Cluster } from '@kubedrill/cluster-sim';
import { createRecordedCluster } from '../recorded-cluster.ts';

/** Where the recorded control plane listened: the endpoint of Service kubernetes. */
export const recordedServer = '192.168.49.2:6443';

/** The names in its kubeconfig: those that kubeadm gives. */
export const recordedContext = { cluster: 'kubernetes', context: 'kubernetes-admin@kubernetes' };

const recordedNodes = 3;
const apiServerPort = 6443;
/**
 * Clients tell ages by the real clock, and replaying lets the cluster's clock run ahead of it. So the cluster's starts this long
 * before: no session is longer, and nothing comes from the future.
 */
const headStart = 3_600_000;

/** The lab of the kubectl recordings: see FORMAT.md there, "Cluster" and "Pods". */
export function createRecordedLab(now: number): Cluster {
  return createRecordedCluster({ nodes: recordedNodes, apiServerPort, startTime: now - headStart });
}

const quiet = 400;
/** So many times more while Pods are still going. */
const mostRounds = 50;

/** What the recorder did after a step that may write: waited until nothing changed any more and no Pod was terminating. */
export function settleLab(cluster: Cluster): void {
  for (let round = 0; round < mostRounds; round += 1) {
    cluster.settle(quiet);
    if (!cluster.view.list('Pod').some(({ metadata }) => metadata.deletionTimestamp !== undefined)) return;
  }
}

const writing =
  /\b(create|apply|delete|expose|run|set|scale|autoscale|patch|label|annotate|replace|rollout|edit|taint|cordon|uncordon|drain)\b/;

/** Whether a step has a verb after which the recorder waited; the word create in --dry-run=... is none. */
export function mayWrite(run: string): boolean {
  return writing.test(run.replaceAll(/--dry-run\S*/g, ''));
}
