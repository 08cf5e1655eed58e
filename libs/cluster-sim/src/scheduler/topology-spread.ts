import type { Node, Pod, StringMap } from '@kubedrill/kube-model';
import type { TopologySpreadConstraint } from '../api/kinds/pod-template/validation/pod-spec-shape.ts';
import { labelOf, matcherOf, type LabelMatcher } from '../controllers/label-selector.ts';
import { controllerOf } from '../controllers/ownership.ts';
import { servicesSelecting } from '../controllers/service-pods.ts';
import { matchesNode, toleratesHardTaints, type PlacementFilter, type Rejection } from './node-filters.ts';
import { ownerOf, type PodCounts } from './kin-counts.ts';
import { isAlive, neighbours, schedulingSpec, type Surroundings } from './scheduled-pod.ts';

/** pkg/scheduler/framework/plugins/podtopologyspread. */

const hostname = 'kubernetes.io/hostname';
const zone = 'topology.kubernetes.io/zone';

const otherSpread: Rejection = { reasons: ["node(s) didn't match pod topology spread constraints"], isFinal: false };
const noSpreadLabel: Rejection = {
  reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"],
  isFinal: true,
};

export function spreadFilters(pod: Pod, around: Surroundings): readonly PlacementFilter[] {
  const constraints = constraintsOf(pod, 'DoNotSchedule');
  return constraints.map((constraint) => spreadFilter(pod, constraint, constraints, around));
}

function constraintsOf(pod: Pod, action: string): readonly TopologySpreadConstraint[] {
  const { topologySpreadConstraints = [] } = schedulingSpec(pod);
  return topologySpreadConstraints.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === action);
}

/** filtering.go: no domain may have more than maxSkew Pods above the one that has fewest. */
function spreadFilter(
  pod: Pod,
  constraint: TopologySpreadConstraint,
  all: readonly TopologySpreadConstraint[],
  around: Surroundings,
): PlacementFilter {
  const { topologyKey, maxSkew, minDomains = 1 } = constraint;
  const counts = new Map<string, number>();
  const nodes = around.view.list('Node', '').filter((node) => isCounted(pod, node, constraint, all));
  for (const node of nodes) counts.set(labelOf(node.metadata.labels, topologyKey) ?? '', 0);
  const onNode = podsByNode(pod, matcherFor(constraint), around);
  for (const { metadata } of nodes) {
    const domain = labelOf(metadata.labels, topologyKey) ?? '';
    counts.set(domain, (counts.get(domain) ?? 0) + (onNode.get(metadata.name) ?? 0));
  }
  const fewest = counts.size < minDomains ? 0 : Math.min(...counts.values());
  const own = matcherOf(constraint.labelSelector)(pod.metadata.labels) ? 1 : 0;
  return (node) => {
    const domain = labelOf(node.metadata.labels, topologyKey);
    if (domain === undefined) return noSpreadLabel;
    return (counts.get(domain) ?? 0) + own - fewest > maxSkew ? otherSpread : undefined;
  };
}

/** Whether the Pods of a node count: it has the labels of all constraints, and the Pod could be there as far as the constraint asks. */
function isCounted(
  pod: Pod,
  node: Node,
  { nodeAffinityPolicy, nodeTaintsPolicy }: TopologySpreadConstraint,
  all: readonly TopologySpreadConstraint[],
): boolean {
  return (
    hasTopology(node, all) &&
    (nodeAffinityPolicy === 'Ignore' || matchesNode(pod, node)) &&
    (nodeTaintsPolicy !== 'Honor' || toleratesHardTaints(pod, node))
  );
}

function hasTopology({ metadata }: Node, constraints: readonly TopologySpreadConstraint[]): boolean {
  return constraints.every(({ topologyKey }) => labelOf(metadata.labels, topologyKey) !== undefined);
}

/** countPodsMatchSelector: of a selector that is empty nothing is counted. */
function matcherFor({ labelSelector }: TopologySpreadConstraint): LabelMatcher {
  const { matchLabels = {}, matchExpressions = [] } = labelSelector ?? {};
  const isEmpty = Object.keys(matchLabels).length + matchExpressions.length === 0;
  return isEmpty ? () => false : matcherOf(labelSelector);
}

/** Terminating ones are on their way out. */
function podsByNode(pod: Pod, matches: LabelMatcher, around: Surroundings): ReadonlyMap<string, number> {
  return countByNode(
    neighbours(around, [pod.metadata.namespace ?? '']).filter(({ metadata }) => matches(metadata.labels)),
  );
}

function countByNode(pods: readonly Pod[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { metadata, spec } of pods)
    if (metadata.deletionTimestamp === undefined && spec.nodeName)
      counts.set(spec.nodeName, (counts.get(spec.nodeName) ?? 0) + 1);
  return counts;
}

/** How uneven things would be: less is better. */
export interface SpreadScore {
  of(node: Node): number;
  /** Nodes that lack a label are worth nothing. */
  ignores(node: Node): boolean;
}

/** scoring.go, for the constraints that are wishes. */
export function softSpread(pod: Pod, feasible: readonly Node[], around: Surroundings): SpreadScore | undefined {
  const constraints = constraintsOf(pod, 'ScheduleAnyway');
  if (constraints.length === 0) return undefined;
  const ignored = feasible.filter((node) => !hasTopology(node, constraints));
  const usable = feasible.filter((node) => !ignored.includes(node));
  const parts = constraints.map((constraint) => {
    const onNode = podsByNode(pod, matcherFor(constraint), around);
    const counting = around.view.list('Node', '').filter((node) => isCounted(pod, node, constraint, constraints));
    return weighted(constraint, usable, counting, onNode);
  });
  return {
    of: (node) => (ignored.includes(node) ? 0 : Math.round(parts.reduce((sum, part) => sum + part(node), 0))),
    ignores: (node) => ignored.includes(node),
  };
}

/**
 * What every Pod of a ReplicaSet, StatefulSet or Service gets that says nothing itself: the system's default constraints. Undefined where
 * no other Pod counts.
 */
export function defaultSpread(pod: Pod, nodes: readonly Node[], around: Surroundings): SpreadScore | undefined {
  const onNode = kinOf(pod, around);
  if (!onNode?.size) return undefined;
  const byHost = weighted({ topologyKey: hostname, maxSkew: 3 }, nodes, nodes, onNode);
  const byZone = weighted({ topologyKey: zone, maxSkew: 5 }, nodes, nodes, onNode);
  return { of: (node) => Math.round(byHost(node) + byZone(node)), ignores: () => false };
}

/** Where the Pods are that belong to the same: helper.DefaultSelector. */
function kinOf(pod: Pod, { view, kin }: Surroundings): PodCounts | undefined {
  if (schedulingSpec(pod).topologySpreadConstraints?.length) return undefined;
  if (controllerOf(pod.metadata)) return kin.of(ownerOf(pod.metadata) ?? '');
  const selectors = servicesSelecting(pod, view).map(({ spec }) => spec.selector ?? {});
  if (selectors.length === 0) return undefined;
  const matches = matcherOf({ matchLabels: Object.assign({}, ...selectors) as StringMap });
  return countByNode(
    view.list('Pod', pod.metadata.namespace ?? '').filter((other) => isAlive(other) && matches(other.metadata.labels)),
  );
}

/** scoreForCount, with the weight that makes domains of different numbers comparable. */
function weighted(
  { topologyKey, maxSkew }: Pick<TopologySpreadConstraint, 'topologyKey' | 'maxSkew'>,
  usable: readonly Node[],
  counting: readonly Node[],
  onNode: PodCounts,
): (node: Node) => number {
  if (topologyKey === hostname) {
    const weight = Math.log(usable.length + 2);
    return ({ metadata }) =>
      labelOf(metadata.labels, hostname) === undefined ? 0 : (onNode.get(metadata.name) ?? 0) * weight + maxSkew - 1;
  }
  const counts = new Map<string, number>();
  for (const { metadata } of usable) counts.set(labelOf(metadata.labels, topologyKey) ?? '', 0);
  const weight = Math.log(counts.size + 2);
  for (const { metadata } of counting) {
    const domain = labelOf(metadata.labels, topologyKey) ?? '';
    const count = counts.get(domain);
    if (count !== undefined) counts.set(domain, count + (onNode.get(metadata.name) ?? 0));
  }
  return ({ metadata }) => {
    const domain = labelOf(metadata.labels, topologyKey);
    return domain === undefined ? 0 : (counts.get(domain) ?? 0) * weight + maxSkew - 1;
  };
}
