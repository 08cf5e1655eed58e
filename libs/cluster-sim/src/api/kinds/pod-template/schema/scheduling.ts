import { labelSelector } from '../../../schema/object-meta.ts';
import { always, atomic, int32, int64, list, named, object, pointer, string } from '../../../schema/schema.ts';
import { nodeSelectorRequirement } from './references.ts';

/** core/v1: what decides about the node of a pod. */

export const toleration = object('Toleration', {
  key: string,
  operator: named('v1.TolerationOperator', string),
  value: string,
  effect: named('v1.TaintEffect', string),
  tolerationSeconds: pointer(int64),
});

export const nodeSelectorTerm = atomic(
  object('NodeSelectorTerm', {
    matchExpressions: list(nodeSelectorRequirement),
    matchFields: list(nodeSelectorRequirement),
  }),
);

export const nodeSelector = atomic(object('NodeSelector', { nodeSelectorTerms: always(list(nodeSelectorTerm)) }));

export const preferredSchedulingTerm = object('PreferredSchedulingTerm', {
  weight: always(int32),
  preference: always(nodeSelectorTerm),
});

export const nodeAffinity = object('NodeAffinity', {
  requiredDuringSchedulingIgnoredDuringExecution: nodeSelector,
  preferredDuringSchedulingIgnoredDuringExecution: list(preferredSchedulingTerm),
});

export const podAffinityTerm = object('PodAffinityTerm', {
  labelSelector,
  namespaces: list(string),
  topologyKey: always(string),
  namespaceSelector: labelSelector,
  matchLabelKeys: list(string),
  mismatchLabelKeys: list(string),
});

export const weightedPodAffinityTerm = object('WeightedPodAffinityTerm', {
  weight: always(int32),
  podAffinityTerm: always(podAffinityTerm),
});

export const podAffinity = object('PodAffinity', {
  requiredDuringSchedulingIgnoredDuringExecution: list(podAffinityTerm),
  preferredDuringSchedulingIgnoredDuringExecution: list(weightedPodAffinityTerm),
});

export const podAntiAffinity = object('PodAntiAffinity', {
  requiredDuringSchedulingIgnoredDuringExecution: list(podAffinityTerm),
  preferredDuringSchedulingIgnoredDuringExecution: list(weightedPodAffinityTerm),
});

export const affinity = object('Affinity', { nodeAffinity, podAffinity, podAntiAffinity });

export const topologySpreadConstraint = object('TopologySpreadConstraint', {
  maxSkew: always(int32),
  topologyKey: always(string),
  whenUnsatisfiable: always(named('v1.UnsatisfiableConstraintAction', string)),
  labelSelector,
  minDomains: pointer(int32),
  nodeAffinityPolicy: pointer(named('v1.NodeInclusionPolicy', string)),
  nodeTaintsPolicy: pointer(named('v1.NodeInclusionPolicy', string)),
  matchLabelKeys: list(string),
});

export const podSchedulingGate = object('PodSchedulingGate', { name: always(string) });

export const podSchedulingGroup = object('PodSchedulingGroup', { podGroupName: pointer(string) });
