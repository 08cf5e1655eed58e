import {
  isJsonObject,
  resources,
  type Json,
  type JsonObject,
  type Pod,
  type PodCondition,
  type StringMap,
} from '@kubedrill/kube-model';
import { formatTime } from '../../engine/time.ts';
import { done, refused, type Outcome } from '../outcome.ts';
import { badRequest, conflict, failure, notFound } from '../status.ts';
import type { Write } from './backend.ts';
import { deleteObject } from './delete.ts';
import { chargeEviction } from './disruption-budget.ts';

/** What is created under a pod: a binding to a node, an eviction. */

const success: JsonObject = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' };

/** What conflicts of a binding are reported on. */
const podBinding = { ...resources.Pod, plural: 'pods/binding' };

/** POST pods/<name>/binding: pkg/registry/core/pod/storage BindingREST. */
export function createBinding(write: Write, namespace: string, name: string, body: Json): Outcome<JsonObject> {
  const target = isJsonObject(body) && isJsonObject(body['target']) ? body['target'] : {};
  const kind = target['kind'] ?? '';
  if (kind !== '' && kind !== 'Node')
    return refused(badRequest(`invalid target kind ${JSON.stringify(kind)}, must be empty or 'Node'`));
  if (typeof target['name'] !== 'string' || target['name'] === '')
    return refused(badRequest('invalid target name: must not be empty'));
  const bound = bindPod(write, { namespace, name }, target['name']);
  return bound.ok ? done(success) : bound;
}

export function bindPod(
  write: Write,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  node: string,
): Outcome<Pod> {
  const { store, clock } = write.backend;
  const pod = store.get('Pod', namespace, name);
  if (!pod) return refused(notFound(resources.Pod, name));
  const refusal = unbindable(pod);
  if (refusal !== undefined) return refused(conflict(podBinding, name, refusal));
  const scheduled = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: formatTime(clock.now()),
  } as const;
  const others = (pod.status.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  const topology = topologyLabels(store.get('Node', '', node)?.metadata.labels);
  const bound: Pod = {
    ...pod,
    metadata: topology ? { ...pod.metadata, labels: { ...pod.metadata.labels, ...topology } } : pod.metadata,
    spec: { ...pod.spec, nodeName: node },
    status: { ...withoutNomination(pod), conditions: [...others, scheduled] },
  };
  return done(write.dryRun ? bound : store.put(bound));
}

/** What a Pod was promised is of no interest once it has its place. */
function withoutNomination({ status }: Pod): Pod['status'] {
  if (!('nominatedNodeName' in status)) return status;
  const { nominatedNodeName: _node, ...rest } = status;
  return rest;
}

/** plugin/pkg/admission/podtopologylabels: where the node stands becomes labels of the pod. */
function topologyLabels(labels: StringMap | undefined): StringMap | undefined {
  const copied = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'].flatMap((key) => {
    const value = labels?.[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return copied.length === 0 ? undefined : Object.fromEntries(copied);
}

function unbindable(pod: Pod): string | undefined {
  if (pod.metadata.deletionTimestamp !== undefined)
    return `pod ${pod.metadata.name} is being deleted, cannot be assigned to a host`;
  if (pod.spec.nodeName) return `pod ${pod.metadata.name} is already assigned to node "${pod.spec.nodeName}"`;
  const gates = pod.spec.schedulingGates?.length ?? 0;
  return gates === 0 ? undefined : `pod ${pod.metadata.name} has non-empty .spec.schedulingGates`;
}

/** eviction.go addConditionAndDeletePod. */
function withDisruption(pod: Pod, time: string): Pod {
  const { conditions = [] } = pod.status;
  const before = conditions.find(({ type }) => type === 'DisruptionTarget');
  const condition: PodCondition = {
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: before?.status === 'True' ? before.lastTransitionTime : time,
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  const others = conditions.filter((other) => other !== before);
  return { ...pod, status: { ...pod.status, conditions: [...others, condition] } };
}

/** POST pods/<name>/eviction: a deletion that disruption budgets have to allow. */
export function createEviction(asked: Write, namespace: string, name: string, body: Json): Outcome<JsonObject> {
  const evicted = isJsonObject(body) && isJsonObject(body['metadata']) ? body['metadata']['name'] : undefined;
  if (evicted !== undefined && evicted !== name)
    return refused(badRequest('name in URL does not match name in Eviction object'));
  const options = isJsonObject(body) && isJsonObject(body['deleteOptions']) ? body['deleteOptions'] : {};
  // propagateDryRun: the request or the options in it may ask for a dry run.
  const { dryRun } = options;
  const write = Array.isArray(dryRun) && dryRun.length > 0 ? { ...asked, dryRun: true } : asked;
  const seconds = options['gracePeriodSeconds'];
  if (seconds !== undefined && typeof seconds !== 'number')
    return refused(failure(400, 'BadRequest', 'deleteOptions.gracePeriodSeconds has to be a number'));
  const pod = write.backend.store.get('Pod', namespace, name);
  const charged = pod && chargeEviction(write, pod);
  if (charged && !charged.ok) return charged;
  if (pod && !write.dryRun) write.backend.store.put(withDisruption(pod, formatTime(write.backend.clock.now())));
  const deleted = deleteObject(
    write,
    { kind: 'Pod', namespace, name },
    seconds === undefined ? {} : { gracePeriodSeconds: seconds },
  );
  return deleted.ok ? done(success) : deleted;
}
