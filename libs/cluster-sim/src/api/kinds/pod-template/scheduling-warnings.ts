import type { Path } from '../../validation/path.ts';
import { labelValueFormat } from '../../validation/text-format.ts';
import type { FullPodSpec, NodeSelectorTerm } from './validation/pod-spec-shape.ts';

/** Labels of nodes that have another name today: pkg/api/node/util.go. */
export const deprecatedLabels: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ['failure-domain.beta.kubernetes.io/region', 'deprecated since v1.17; use "topology.kubernetes.io/region" instead'],
  ['failure-domain.beta.kubernetes.io/zone', 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'],
  ['beta.kubernetes.io/instance-type', 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead'],
  ['app.kubernetes.io/created-by', 'deprecated since v1.9'],
  ['scheduler.alpha.kubernetes.io/preferAvoidPods', 'deprecated since v1.22; use Taints and Tolerations instead'],
  ['node-role.kubernetes.io/master', 'use "node-role.kubernetes.io/control-plane" instead'],
]);

export function schedulingWarnings(spec: FullPodSpec, at: Path): readonly string[] {
  return [
    ...nodeSelectorWarnings(spec, at.child('nodeSelector')),
    ...nodeAffinityWarnings(spec, at.child('affinity').child('nodeAffinity')),
    ...spreadWarnings(spec, at.child('topologySpreadConstraints')),
  ];
}

function nodeSelectorWarnings({ nodeSelector }: FullPodSpec, at: Path): readonly string[] {
  return Object.keys(nodeSelector ?? {}).flatMap((key) => {
    const message = deprecatedLabels.get(key);
    return message === undefined ? [] : [`${at.key(key).toString()}: ${message}`];
  });
}

function nodeAffinityWarnings({ affinity }: FullPodSpec, at: Path): readonly string[] {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required,
    preferredDuringSchedulingIgnoredDuringExecution: preferred = [],
  } = affinity?.nodeAffinity ?? {};
  const requiredPlace = at.child('requiredDuringSchedulingIgnoredDuringExecution').child('nodeSelectorTerms');
  const preferredPlace = at.child('preferredDuringSchedulingIgnoredDuringExecution');
  return [
    ...(required?.nodeSelectorTerms ?? []).flatMap((term, index) =>
      termWarnings(term, false, requiredPlace.index(index)),
    ),
    ...preferred.flatMap(({ preference }, index) =>
      termWarnings(preference, true, preferredPlace.index(index).child('preference')),
    ),
  ];
}

/** Values that no label has are only refused where the node is required. */
export function termWarnings(
  { matchExpressions = [] }: NodeSelectorTerm,
  checkValues: boolean,
  at: Path,
): readonly string[] {
  return matchExpressions.flatMap(({ key, values = [] }, index) => {
    const place = at.child('matchExpressions').index(index);
    const message = deprecatedLabels.get(key);
    const deprecation = message === undefined ? [] : [`${place.child('key').toString()}: ${key} is ${message}`];
    if (!checkValues) return deprecation;
    const invalid = values.flatMap((value, position) =>
      labelValueFormat(value).map(
        (words) => `${place.child('values').index(position).toString()}: ${value} is invalid, ${words}`,
      ),
    );
    return [...deprecation, ...invalid];
  });
}

function spreadWarnings({ topologySpreadConstraints = [] }: FullPodSpec, at: Path): readonly string[] {
  return topologySpreadConstraints.flatMap(({ topologyKey, labelSelector }, index) => {
    const message = deprecatedLabels.get(topologyKey);
    const place = at.index(index);
    return [
      ...(message === undefined ? [] : [`${place.child('topologyKey').toString()}: ${topologyKey} is ${message}`]),
      ...(labelSelector
        ? []
        : [`${place.child('labelSelector').toString()}: a null labelSelector results in matching no pod`]),
    ];
  });
}
