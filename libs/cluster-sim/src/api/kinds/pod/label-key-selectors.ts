import type { LabelSelector, Pod, PodSpec } from '@kubedrill/kube-model';
import type { FullPodSpec, PodAffinity, PodAffinityTerm } from '../pod-template/validation/pod-spec-shape.ts';

/** mutatePodAffinity and mutateTopologySpreadConstraints of registry/core/pod/strategy.go: labels of the pod become part of its selectors. */
export function withLabelKeySelectors(pod: Pod): Pod {
  const spec = pod.spec as FullPodSpec;
  const labels = pod.metadata.labels ?? {};
  if (!spec.affinity?.podAffinity && !spec.affinity?.podAntiAffinity && !spec.topologySpreadConstraints) return pod;
  const changes: {
    affinity?: FullPodSpec['affinity'];
    topologySpreadConstraints?: FullPodSpec['topologySpreadConstraints'];
  } = {};
  if (spec.affinity) {
    const { podAffinity, podAntiAffinity } = spec.affinity;
    changes.affinity = {
      ...spec.affinity,
      ...(podAffinity && { podAffinity: withKeys(podAffinity, labels) }),
      ...(podAntiAffinity && { podAntiAffinity: withKeys(podAntiAffinity, labels) }),
    };
  }
  if (spec.topologySpreadConstraints) {
    changes.topologySpreadConstraints = spec.topologySpreadConstraints.map((constraint) => ({
      ...constraint,
      ...extended(constraint.labelSelector, constraint.matchLabelKeys, 'In', labels),
    }));
  }
  return { ...pod, spec: { ...pod.spec, ...(changes as Partial<PodSpec>) } };
}

type Labels = Readonly<Record<string, string>>;

function withKeys(affinity: PodAffinity, labels: Labels): PodAffinity {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
  } = affinity;
  return {
    ...(required && {
      requiredDuringSchedulingIgnoredDuringExecution: required.map((term) => withTermKeys(term, labels)),
    }),
    ...(preferred && {
      preferredDuringSchedulingIgnoredDuringExecution: preferred.map((weighted) => ({
        ...weighted,
        podAffinityTerm: withTermKeys(weighted.podAffinityTerm, labels),
      })),
    }),
  };
}

function withTermKeys(term: PodAffinityTerm, labels: Labels): PodAffinityTerm {
  const matched = { ...term, ...extended(term.labelSelector, term.matchLabelKeys, 'In', labels) };
  return { ...matched, ...extended(matched.labelSelector, term.mismatchLabelKeys, 'NotIn', labels) };
}

function extended(
  selector: LabelSelector | undefined,
  keys: readonly string[] | undefined,
  operator: 'In' | 'NotIn',
  labels: Labels,
): { readonly labelSelector?: LabelSelector } {
  const requirements = (keys ?? []).flatMap((key) =>
    Object.hasOwn(labels, key) ? [{ key, operator, values: [labels[key] ?? ''] }] : [],
  );
  if (!selector || requirements.length === 0) return {};
  return { labelSelector: { ...selector, matchExpressions: [...(selector.matchExpressions ?? []), ...requirements] } };
}
