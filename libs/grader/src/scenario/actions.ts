import type { ApiResponse, Cluster } from '@kubedrill/cluster-sim';
import { resources, type JsonObject, type Pod } from '@kubedrill/kube-model';
import type { PodSet } from '../exercise/pod-set.ts';
import { describePodSet, podsOf } from '../observe/pods.ts';
import { stoppedAnnotation } from './replaced-processes.ts';
import type { Step } from './step.ts';

/** What a step did, in words that feedback can put in front: "after 2 Pods of Deployment api were deleted". */
export type Occasion = string;

function deletePod(cluster: Cluster, { metadata }: Pod): ApiResponse {
  const { namespace = '', name } = metadata;
  return cluster.api.handle({ verb: 'delete', resource: resources.Pod, namespace, name });
}

/** Gone at once, as when its node burns: nothing of it serves on while it terminates. */
export function losePod(cluster: Cluster, { metadata }: Pod): ApiResponse {
  const { namespace = '', name } = metadata;
  return cluster.api.handle({ verb: 'delete', resource: resources.Pod, namespace, name, gracePeriodSeconds: 0 });
}

function evictPod(cluster: Cluster, { metadata }: Pod): ApiResponse {
  const { namespace = '', name } = metadata;
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { namespace, name } };
  return cluster.api.handle({
    verb: 'create',
    resource: resources.Pod,
    namespace,
    name,
    subresource: 'eviction',
    body,
  });
}

function isDaemon({ metadata }: Pod): boolean {
  return metadata.ownerReferences?.some(({ kind, controller }) => kind === 'DaemonSet' && controller === true) ?? false;
}

export function deletePods(cluster: Cluster, set: PodSet): Occasion {
  for (const pod of podsOf(cluster, set)) deletePod(cluster, pod);
  return `after the deletion of ${describePodSet(set)}`;
}

function patchPods(cluster: Cluster, set: PodSet, body: JsonObject): void {
  for (const pod of podsOf(cluster, set)) patchPod(cluster, pod, body);
}

function patchPod(cluster: Cluster, { metadata: { namespace = '', name } }: Pod, body: JsonObject): void {
  cluster.api.handle({ verb: 'patch', patchType: 'merge', resource: resources.Pod, namespace, name, body });
}

export function relabelPods(cluster: Cluster, { of, labels }: NonNullable<Step['relabel']>): Occasion {
  const occasion = `after a change of labels of ${describePodSet(of)}`;
  patchPods(cluster, of, { metadata: { labels } });
  return occasion;
}

const stopping: JsonObject = { metadata: { annotations: { [stoppedAnnotation]: 'stopped' } } };

export function stopProcess(cluster: Cluster, pod: Pod): void {
  patchPod(cluster, pod, stopping);
}

export function stopProcesses(cluster: Cluster, set: PodSet): Occasion {
  patchPods(cluster, set, stopping);
  return `after ${describePodSet(set)} stopped to answer`;
}

export function scale(cluster: Cluster, { kind, namespace, name, replicas }: NonNullable<Step['scale']>): Occasion {
  const body = { spec: { replicas } };
  const response = cluster.api.handle({
    verb: 'patch',
    patchType: 'merge',
    resource: resources[kind],
    namespace,
    name,
    body,
  });
  const problem = response.ok ? '' : failed(response.status.message);
  return `after ${kind} ${name} was scaled to ${replicas}${problem}`;
}

export function cordon(cluster: Cluster, node: string): Occasion {
  const body = { spec: { unschedulable: true } };
  const target = { resource: resources.Node, namespace: '', name: node };
  const response = cluster.api.handle({ verb: 'patch', patchType: 'merge', ...target, body });
  return `after node ${node} was cordoned${response.ok ? '' : failed(response.status.message)}`;
}

export function killNode(cluster: Cluster, node: string): Occasion {
  const outcome = cluster.powerOff(node);
  return `after node ${node} lost its power${outcome === 'switched' ? '' : failed(outcome)}`;
}

export function reviveNode(cluster: Cluster, node: string): Occasion {
  const outcome = cluster.powerOn(node);
  return `after node ${node} got its power back${outcome === 'switched' ? '' : failed(outcome)}`;
}

/** The lint names such a step before anybody meets it. */
function failed(why: string): string {
  return ` (which failed: ${why})`;
}

/** kubectl drain --ignore-daemonsets --force: Pods are evicted, but not those that a DaemonSet would put back at once. */
export function drain(cluster: Cluster, node: string): Occasion {
  cordon(cluster, node);
  for (const pod of cluster.view.indexed('Pod', 'node', node)) if (!isDaemon(pod)) evictPod(cluster, pod);
  return `after node ${node} was drained`;
}
