import type { LabelSelectorRequirement, Node, Pod, Taint, Toleration } from '@kubedrill/kube-model';
import type { NodeSelectorRequirement, NodeSelectorTerm } from '../api/kinds/pod-template/validation/pod-spec-shape.ts';
import { hasLabels, labelOf, meets } from '../controllers/label-selector.ts';
import { hostPortsOf, type NodeInfo } from './node-info.ts';
import { requestsOf } from './resource-requests.ts';
import { schedulingSpec } from './scheduled-pod.ts';

/** Why a node does not take the Pod. `isFinal`: not even without other Pods on it. */
export interface Rejection {
  readonly reasons: readonly string[];
  readonly isFinal: boolean;
}

/** A filter that also looks at the Pods of other nodes; made once for a Pod, asked for each node. */
export type PlacementFilter = (node: Node) => Rejection | undefined;

export type NodeFilter = (pod: Pod, info: NodeInfo) => Rejection | undefined;

function rejection(reason: string, isFinal: boolean): Rejection {
  return { reasons: [reason], isFinal };
}

const unschedulable = rejection('node(s) were unschedulable', true);
const tainted = rejection('node(s) had untolerated taint(s)', true);
const otherAffinity = rejection("node(s) didn't match Pod's node affinity/selector", true);
const portsTaken = rejection("node(s) didn't have free ports for the requested pod ports", false);

/** The filters that look at one node alone, in the order of pkg/scheduler/apis/config/v1/default_plugins.go. */
export const nodeFilters: readonly NodeFilter[] = [
  isSchedulable,
  toleratesTaints,
  matchesAffinity,
  hasFreePorts,
  hasRoom,
];

function isSchedulable(pod: Pod, { node }: NodeInfo): Rejection | undefined {
  if (!node.spec.unschedulable) return undefined;
  const taint: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
  return isTolerated(taint, pod.spec.tolerations) ? undefined : unschedulable;
}

function toleratesTaints(pod: Pod, { node }: NodeInfo): Rejection | undefined {
  return toleratesHardTaints(pod, node) ? undefined : tainted;
}

/** Taints that are more than a wish. */
export function toleratesHardTaints({ spec }: Pod, node: Node): boolean {
  const { taints } = node.spec;
  if (!taints) return true;
  const hard = taints.filter(({ effect }) => effect !== 'PreferNoSchedule');
  return hard.every((taint) => isTolerated(taint, spec.tolerations));
}

/** core/v1 Toleration.ToleratesTaint. */
export function isTolerated(taint: Taint, tolerations: readonly Toleration[] | undefined): boolean {
  return (tolerations ?? []).some(({ key, operator = 'Equal', value = '', effect }) => {
    if (effect && effect !== taint.effect) return false;
    if (key && key !== taint.key) return false;
    return operator === 'Exists' || value === (taint.value ?? '');
  });
}

function matchesAffinity(pod: Pod, { node }: NodeInfo): Rejection | undefined {
  return matchesNode(pod, node) ? undefined : otherAffinity;
}

/** component-helpers/scheduling/corev1/nodeaffinity GetRequiredNodeAffinity. */
export function matchesNode(pod: Pick<Pod, 'spec'>, node: Node): boolean {
  const { nodeSelector } = pod.spec;
  if (nodeSelector && !hasLabels(node.metadata.labels, nodeSelector)) return false;
  const terms = requiredNodeTerms(pod);
  // They are alternatives.
  return terms === undefined || terms.some((term) => matchesTerm(node, term));
}

/** Undefined: the Pod does not ask for anything. */
function requiredNodeTerms(pod: Pick<Pod, 'spec'>): readonly NodeSelectorTerm[] | undefined {
  const required = schedulingSpec(pod).affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required && (required.nodeSelectorTerms ?? []);
}

/** An empty term matches nothing. */
export function matchesTerm(
  { metadata }: Node,
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
): boolean {
  if (matchExpressions.length + matchFields.length === 0) return false;
  const fields = { 'metadata.name': metadata.name };
  return (
    matchExpressions.every((requirement) => meetsNode(metadata.labels, requirement)) &&
    matchFields.every((requirement) => meetsNode(fields, requirement))
  );
}

export const notAmongNamed = rejection("node(s) didn't satisfy plugin(s) [NodeAffinity]", true);

/** Nodes besides those that every term names are not looked at: NodeAffinity's PreFilter. Undefined: all nodes are. */
export function namedNodes(pod: Pod): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { matchFields = [] } of requiredNodeTerms(pod) ?? [{}]) {
    const lists = matchFields.filter(({ key, operator }) => key === 'metadata.name' && operator === 'In');
    const [first, ...others] = lists.map(({ values = [] }) => values);
    if (!first) return undefined;
    for (const name of first) if (others.every((list) => list.includes(name))) names.add(name);
  }
  return names.size > 0 ? names : undefined;
}

function meetsNode(labels: Node['metadata']['labels'], { key, operator, values }: NodeSelectorRequirement): boolean {
  if (operator !== 'Gt' && operator !== 'Lt')
    return meets(labels, { key, operator: operator as LabelSelectorRequirement['operator'], values });
  const [present, bound] = [Number.parseInt(labelOf(labels, key) ?? '', 10), Number.parseInt(values?.[0] ?? '', 10)];
  return operator === 'Gt' ? present > bound : present < bound;
}

function hasFreePorts(pod: Pod, { load }: NodeInfo): Rejection | undefined {
  const wanted = hostPortsOf(pod);
  if (wanted.length === 0 || load.hostPorts.length === 0) return undefined;
  return wanted.some((port) => load.hostPorts.some((taken) => collide(port, taken))) ? portsTaken : undefined;
}

/** HostPortInfo.CheckConflict: the address 0.0.0.0 collides with every other. */
function collide(left: string, right: string): boolean {
  const [leftIp, ...leftPort] = left.split(' ');
  const [rightIp, ...rightPort] = right.split(' ');
  return leftPort.join() === rightPort.join() && (leftIp === rightIp || leftIp === '0.0.0.0' || rightIp === '0.0.0.0');
}

/** pkg/scheduler/framework/plugins/noderesources/fit.go fitsRequest. */
function hasRoom(pod: Pod, { allocatable, load }: NodeInfo): Rejection | undefined {
  const requests = requestsOf(pod);
  const isCrowded = load.pods + 1 > (allocatable.get('pods') ?? 0);
  if (requests.size === 0) return isCrowded ? rejection('Too many pods', false) : undefined;
  const reasons = isCrowded ? ['Too many pods'] : [];
  let isFinal = false;
  for (const [name, amount] of requests) {
    const capacity = allocatable.get(name) ?? 0;
    if (amount <= 0 || amount <= capacity - (load.requested.get(name) ?? 0)) continue;
    reasons.push(`Insufficient ${name}`);
    if (amount > capacity) isFinal = true;
  }
  return reasons.length > 0 ? { reasons, isFinal } : undefined;
}
