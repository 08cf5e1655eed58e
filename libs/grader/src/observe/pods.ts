import type { Cluster } from '@kubedrill/cluster-sim';
import { resources, type Pod } from '@kubedrill/kube-model';
import type { PodSet } from '../exercise/pod-set.ts';

/** The Pods of a set that live: neither finished nor on their way out. In the order of creation. */
export function podsOf(cluster: Cluster, set: PodSet): readonly Pod[] {
  return allPodsOf(cluster, set).filter(isAlive);
}

export function readyPodsOf(cluster: Cluster, set: PodSet): readonly Pod[] {
  return podsOf(cluster, set).filter(isReady);
}

function allPodsOf(cluster: Cluster, set: PodSet): readonly Pod[] {
  const { view } = cluster;
  if (set.pod !== undefined) {
    const pod = view.get('Pod', set.namespace, set.pod);
    return pod ? [pod] : [];
  }
  if (set.deployment !== undefined) {
    const deployment = view.get('Deployment', set.namespace, set.deployment);
    if (!deployment) return [];
    const owned = view.indexed('ReplicaSet', 'owner', deployment.metadata.uid);
    return owned.flatMap((replicaSet) => view.indexed('Pod', 'owner', replicaSet.metadata.uid));
  }
  const response = cluster.api.handle({
    verb: 'list',
    resource: resources.Pod,
    namespace: set.namespace,
    labelSelector: set.pods ?? '',
  });
  return response.ok && 'items' in response ? (response.items as readonly Pod[]) : [];
}

export function isAlive(pod: Pod): boolean {
  const { phase } = pod.status;
  return pod.metadata.deletionTimestamp === undefined && phase !== 'Succeeded' && phase !== 'Failed';
}

export function isReady(pod: Pod): boolean {
  return pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

export function describePodSet(set: PodSet): string {
  const where = set.namespace === 'default' ? '' : ` in namespace ${set.namespace}`;
  if (set.pod !== undefined) return `Pod ${set.pod}${where}`;
  if (set.deployment !== undefined) return `the Pods of Deployment ${set.deployment}${where}`;
  return `the Pods with ${set.pods ?? ''}${where}`;
}
