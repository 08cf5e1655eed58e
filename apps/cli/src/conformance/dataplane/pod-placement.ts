import type { ApiRequest } from '@kubedrill/cluster-sim';
import { resources, type Json, type Pod } from '@kubedrill/kube-model';
import {
  deleteRequest,
  metadataChange,
  patchRequest,
  type PatchChange,
  type ResolvedTarget,
} from '../change-request.ts';
import { settleLab, type Lab } from './lab.ts';
import { isNumbered, ownerOf, ownerOfName } from './recorded-pods.ts';

/**
 * Which node a Pod of a controller gets, and which Pods a controller deletes first, is a matter of chance. Both are brought
 * about as in the recording by what any user can do: a deletion cost before the step, cordons and deleted Pods after it.
 */

/** Makes the controllers delete those Pods first that the recording does not have after the step. */
export function markDoomedPods(lab: Lab): void {
  const { expected } = lab.pods;
  for (const pod of lab.cluster.view.list('Pod')) {
    const name = ownerOf(pod) === undefined ? undefined : lab.pods.nameOf(pod);
    if (name === undefined || (expected.has(name) && expected.get(name)?.terminating !== true)) continue;
    patch(lab, targetOf(pod), metadataChange('annotations', { 'controller.kubernetes.io/pod-deletion-cost': '-1' }));
  }
}

/** Replaces Pods on the wrong nodes until every recorded Pod of a controller has its counterpart. */
export function placeAsRecorded(lab: Lab): void {
  for (const [name, { node }] of lab.pods.expected) {
    if (!isNumbered(name) || lab.pods.find(lab.cluster.view, name)) continue;
    const surplus = surplusPod(lab, ownerOfName(name));
    if (surplus) replaceOn(lab, surplus, node);
  }
}

function surplusPod({ cluster, pods }: Lab, owner: string): Pod | undefined {
  return cluster.view.list('Pod').find((pod) => {
    if (ownerOf(pod) !== owner || pod.metadata.deletionTimestamp !== undefined) return false;
    const name = pods.nameOf(pod);
    return name === undefined || !pods.expected.has(name);
  });
}

function replaceOn(lab: Lab, pod: Pod, node: string): void {
  const others = lab.cluster.view.list('Node').filter(({ metadata }) => metadata.name !== node);
  const cordon = (unschedulable: Json): void => {
    for (const { metadata } of others)
      patch(
        lab,
        { resource: resources.Node, namespace: '', name: metadata.name },
        {
          type: 'merge',
          body: { spec: { unschedulable } },
        },
      );
  };
  cordon(true);
  lab.pods.forget(pod);
  send(lab, deleteRequest(targetOf(pod), 'Background', 0));
  settleLab(lab);
  cordon(null);
}

function targetOf({ metadata }: Pod): ResolvedTarget {
  return { resource: resources.Pod, namespace: metadata.namespace ?? '', name: metadata.name };
}

function patch(lab: Lab, target: ResolvedTarget, change: PatchChange): void {
  send(lab, patchRequest(target, change));
}

function send({ cluster }: Lab, request: ApiRequest): void {
  const response = cluster.api.handle(request);
  if (!response.ok) throw new Error(response.status.message);
}
