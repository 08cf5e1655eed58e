import type { ObjectView } from '@kubedrill/cluster-sim';
import type {
  Endpoints,
  EndpointSlice,
  Json,
  JsonObject,
  KubeObject,
  Pod,
  WorkloadCondition,
} from '@kubedrill/kube-model';
import { plain } from './plain-json.ts';
import { controllerOf, type PodIdentity } from './pod-identities.ts';
import { workloadSections } from './workload-sections.ts';

/** Above this many pods a recording has only counts of pods and addresses. */
const detailLimit = 100;

type Section = Record<string, Json>;

/** How much of pods a snapshot shows, and the case's own text, which decides what counts as asked for. */
export interface ShownDetail {
  readonly full: boolean;
  readonly caseText: string;
}

/** The namespace as a recorded snapshot shows it, before placeholders; empty sections are absent. */
export function namespaceState(
  view: ObjectView,
  namespace: string,
  identities: readonly PodIdentity[],
  shown: ShownDetail,
): JsonObject {
  const pods = identities.filter(({ pod }) => pod.metadata.namespace === namespace);
  const counted = pods.length > detailLimit;
  const sections: Record<string, Json> = {
    services: byName(view.list('Service', namespace), (service) =>
      plain({ spec: service.spec, status: service.status, ...metadataOf(service), ...deletionOf(service) }),
    ),
    endpoints: byName(view.list('Endpoints', namespace), (endpoints) =>
      plain({ subsets: counted ? countedSubsets(endpoints) : (endpoints.subsets ?? null), ...metadataOf(endpoints) }),
    ),
    endpointSlices: slicesByService(view.list('EndpointSlice', namespace), counted),
    deployments: byName(view.list('Deployment', namespace), (deployment) =>
      workload(deployment.spec.replicas, deployment.status, deployment.status.conditions, {
        revision: deployment.metadata.annotations?.['deployment.kubernetes.io/revision'],
      }),
    ),
    replicaSets: replicaSets(view, namespace),
    ...workloadSections(view, namespace),
    ingresses: byName(view.list('Ingress', namespace), ({ spec, status }) => plain({ spec, status })),
    pods: counted ? { count: pods.length } : podSection(pods, shown),
    podCounts: podCounts(pods),
  };
  return Object.fromEntries(Object.entries(sections).filter(([, section]) => !isEmpty(section)));
}

function isEmpty(section: Json): boolean {
  return section !== null && typeof section === 'object' && Object.keys(section).length === 0;
}

function byName<O extends KubeObject>(objects: readonly O[], show: (object: O) => Json): Section {
  return Object.fromEntries(objects.map((object) => [object.metadata.name, show(object)]));
}

const unrecordedAnnotation = 'endpoints.kubernetes.io/last-change-trigger-time';

function metadataOf({ metadata }: KubeObject): Record<string, unknown> {
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([key]) => key !== unrecordedAnnotation);
  return {
    ...(Object.keys(metadata.labels ?? {}).length > 0 ? { labels: metadata.labels } : {}),
    ...(annotations.length > 0 ? { annotations: Object.fromEntries(annotations) } : {}),
  };
}

function deletionOf({ metadata }: KubeObject): Record<string, unknown> {
  return { finalizers: metadata.finalizers, deletionTimestamp: metadata.deletionTimestamp };
}

function slicesByService(slices: readonly EndpointSlice[], counted: boolean): Section {
  const byService = new Map<string, EndpointSlice[]>();
  for (const slice of slices) {
    const service = slice.metadata.labels?.['kubernetes.io/service-name'] ?? '';
    byService.set(service, [...(byService.get(service) ?? []), slice]);
  }
  return Object.fromEntries(
    [...byService].map(([service, own]) => [service, counted ? countedSlices(own) : own.map(sliceState)]),
  );
}

function sliceState(slice: EndpointSlice): Json {
  return plain({ name: slice.metadata.name, endpoints: slice.endpoints, ...sliceFrame(slice) });
}

function sliceFrame(slice: EndpointSlice): object {
  return {
    addressType: slice.addressType,
    ports: slice.ports,
    ...metadataOf(slice),
    ownerReferences: slice.metadata.ownerReferences?.map(({ uid: _uid, ...reference }) => reference),
  };
}

/** All slices of a Service as one entry. */
function countedSlices(slices: readonly EndpointSlice[]): Json {
  const count = slices.reduce((sum, { endpoints }) => sum + (endpoints ?? []).length, 0);
  const [first] = slices;
  return plain({ ...(first && sliceFrame(first)), endpoints: { count }, slices: slices.length });
}

function countedSubsets({ subsets = [] }: Endpoints): Json {
  const counts = (addresses: readonly unknown[] | undefined) => addresses && { count: addresses.length };
  return plain(
    subsets.map(({ addresses, notReadyAddresses, ports }) => ({
      addresses: counts(addresses),
      notReadyAddresses: counts(notReadyAddresses),
      ports,
    })),
  );
}

function withoutTimes(conditions: readonly WorkloadCondition[] | undefined): Json | undefined {
  if (!conditions || conditions.length === 0) return undefined;
  return plain(
    conditions.map(({ lastUpdateTime: _update, lastTransitionTime: _transition, ...condition }) => condition),
  );
}

function workload(
  specReplicas: number,
  status: object,
  conditions: readonly WorkloadCondition[] | undefined,
  extra: Record<string, unknown>,
): Json {
  const counts = Object.fromEntries(Object.entries(status).filter(([name]) => name.endsWith('eplicas')));
  const zeroes = {
    replicas: 0,
    updatedReplicas: 0,
    readyReplicas: 0,
    availableReplicas: 0,
    unavailableReplicas: 0,
    terminatingReplicas: 0,
  };
  return plain({ specReplicas, ...zeroes, ...counts, conditions: withoutTimes(conditions), ...extra });
}

function replicaSets(view: ObjectView, namespace: string): Json[] {
  const shown = view.list('ReplicaSet', namespace).map((set) => {
    const owner = controllerOf(set.metadata.ownerReferences);
    const {
      replicas,
      fullyLabeledReplicas = 0,
      readyReplicas = 0,
      availableReplicas = 0,
      terminatingReplicas = 0,
    } = set.status;
    return plain({
      ...(owner
        ? {
            owner: `deployment/${owner.name}`,
            revision: set.metadata.annotations?.['deployment.kubernetes.io/revision'],
          }
        : { name: set.metadata.name }),
      podTemplateHash: set.metadata.labels?.['pod-template-hash'] ?? '',
      specReplicas: set.spec.replicas,
      replicas,
      fullyLabeledReplicas,
      readyReplicas,
      availableReplicas,
      terminatingReplicas,
    });
  });
  return shown;
}

function podSection(pods: readonly PodIdentity[], shown: ShownDetail): Section {
  return Object.fromEntries(pods.map(({ identity, pod }) => [identity, podState(pod, shown)]));
}

function podState(pod: Pod, { full, caseText }: ShownDetail): Json {
  const condition = (type: string) => pod.status.conditions?.find((candidate) => candidate.type === type);
  const ready = condition('Ready');
  const scheduled = condition('PodScheduled');
  return plain({
    phase: pod.status.phase,
    ready: ready?.status === 'True',
    ...(ready && ready.status !== 'True' ? { readyReason: ready.reason } : {}),
    ...(scheduled && scheduled.status !== 'True'
      ? { notScheduled: `${scheduled.reason ?? ''}: ${scheduled.message ?? ''}` }
      : {}),
    ...metadataOf({ ...pod, metadata: { ...pod.metadata, annotations: {} } }),
    ...(pod.metadata.deletionTimestamp ? { terminating: true } : {}),
    ...(isPinned(pod, caseText) ? { node: pod.spec.nodeName } : {}),
    ...(full ? { object: fullPod(pod) } : {}),
  });
}

/** Whether the author asked for this node, in words of the case: only then is its name recorded. */
export function isPinned(pod: Pod, caseText: string): boolean {
  const byDaemonSet = controllerOf(pod.metadata.ownerReferences)?.kind === 'DaemonSet';
  const bySelector =
    pod.spec.nodeSelector !== undefined && Object.hasOwn(pod.spec.nodeSelector, 'kubernetes.io/hostname');
  return byDaemonSet || bySelector || new RegExp(`nodeName: ["']?${pod.spec.nodeName ?? ''}\\b`).test(caseText);
}

function fullPod(pod: Pod): Json {
  const { name, labels, annotations } = pod.metadata;
  return plain({
    kind: 'Pod',
    metadata: { name, labels, annotations },
    spec: pod.spec,
    status: { phase: pod.status.phase, qosClass: pod.status.qosClass },
  });
}

function podCounts(pods: readonly PodIdentity[]): Section {
  const counts: Record<string, number> = {};
  for (const { owner, pod } of pods) {
    const ready =
      pod.status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
    counts[`total ${owner}`] = (counts[`total ${owner}`] ?? 0) + 1;
    if (ready) counts[`ready ${owner}`] = (counts[`ready ${owner}`] ?? 0) + 1;
  }
  return counts;
}
