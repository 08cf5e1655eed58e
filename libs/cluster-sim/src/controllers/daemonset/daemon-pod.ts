import type { DaemonSet, Node, Pod, PodSpec, Toleration } from '@kubedrill/kube-model';
import type { Draft } from '../../engine/controller.ts';
import { isTolerated, matchesNode } from '../../scheduler/node-filters.ts';
import { labelOf } from '../label-selector.ts';
import { podFromTemplate } from '../pod-from-template.ts';

/** pkg/controller/daemon/util/daemonset_util.go and daemon_controller.go: Pods that are made for one node. */

export const revisionHashLabel = 'controller-revision-hash';
const generationLabel = 'pod-template-generation';
const generationAnnotation = 'deprecated.daemonset.template.generation';
const nodeNameField = 'metadata.name';

/** What happens to a node does not drive its daemons away. */
const daemonTolerations: readonly Toleration[] = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
];

const networkToleration: Toleration = {
  key: 'node.kubernetes.io/network-unavailable',
  operator: 'Exists',
  effect: 'NoSchedule',
};

function tolerationsOf({ tolerations = [], hostNetwork }: PodSpec): readonly Toleration[] {
  const added = hostNetwork ? [...daemonTolerations, networkToleration] : daemonTolerations;
  return added.reduce(withToleration, tolerations);
}

/** AddOrUpdateTolerationInPodSpec: one of the same key, effect, operator and value gives its place. */
function withToleration(tolerations: readonly Toleration[], added: Toleration): readonly Toleration[] {
  const index = tolerations.findIndex(
    ({ key, operator, value, effect }) =>
      key === added.key && operator === added.operator && (value ?? '') === '' && effect === added.effect,
  );
  return index < 0 ? [...tolerations, added] : tolerations.with(index, added);
}

/** What the DaemonSet's Pod for a node looks like: CreatePodTemplate and ReplaceDaemonSetPodNodeNameNodeAffinity. */
export function daemonPod(set: DaemonSet, node: string, hash: string): Draft<Pod> {
  const pod = podFromTemplate(set, set.spec.template);
  const generation = labelOf(set.metadata.annotations, generationAnnotation);
  const labels = {
    ...pod.metadata.labels,
    ...(generation !== undefined && { [generationLabel]: generation }),
    [revisionHashLabel]: hash,
  };
  const { affinity } = pod.spec;
  const nodeSelectorTerms = [{ matchFields: [{ key: nodeNameField, operator: 'In', values: [node] }] }];
  const nodeAffinity = {
    ...(affinity?.['nodeAffinity'] as object | undefined),
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms },
  };
  return {
    ...pod,
    metadata: { ...pod.metadata, labels },
    spec: { ...pod.spec, affinity: { ...affinity, nodeAffinity }, tolerations: tolerationsOf(pod.spec) },
  };
}

interface NodeAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: {
    readonly nodeSelectorTerms?: readonly {
      readonly matchFields?: readonly {
        readonly key: string;
        readonly operator: string;
        readonly values?: readonly string[];
      }[];
    }[];
  };
}

/** GetTargetNodeName: where the Pod is, or where it will be scheduled. */
export function targetNode({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName;
  const affinity = spec.affinity?.['nodeAffinity'] as NodeAffinity | undefined;
  const terms = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  for (const { matchFields = [] } of terms)
    for (const { key, operator, values = [] } of matchFields)
      if (key === nodeNameField && operator === 'In') return values.length === 1 ? values[0] : undefined;
  return undefined;
}

/** IsPodUpdated. */
export function isUpdated({ metadata }: Pod, set: DaemonSet, hash: string): boolean {
  const generation = labelOf(set.metadata.annotations, generationAnnotation);
  if (labelOf(metadata.labels, revisionHashLabel) === hash) return true;
  return generation !== undefined && labelOf(metadata.labels, generationLabel) === generation;
}

export type Eligibility = 'runs' | 'mayStay' | 'no';

/** NodeShouldRunDaemonPod: a Pod that is there stays where only new ones are kept away. */
export function eligibility(set: DaemonSet, node: Node): Eligibility {
  const { spec } = set.spec.template;
  if (spec.nodeName && spec.nodeName !== node.metadata.name) return 'no';
  if (!matchesNode({ spec }, node)) return 'no';
  const tolerations = tolerationsOf(spec);
  const untolerated = (node.spec.taints ?? []).filter((taint) => !isTolerated(taint, tolerations));
  if (untolerated.some(({ effect }) => effect === 'NoExecute')) return 'no';
  return untolerated.some(({ effect }) => effect === 'NoSchedule') ? 'mayStay' : 'runs';
}
