import type { LabelSelector, Node, Pod } from '@kubedrill/kube-model';
import { labelOf, matcherOf } from '../controllers/label-selector.ts';
import type { ObjectView } from '../store/object-view.ts';
import { matchesNode, type Rejection } from './node-filters.ts';

/** A filter that also looks at the Pods of other nodes; made once for a Pod, asked for each node. */
export type PlacementFilter = (node: Node) => Rejection | undefined;

interface AffinityTerm {
  readonly labelSelector?: LabelSelector;
  readonly topologyKey: string;
  readonly namespaces?: readonly string[];
  readonly namespaceSelector?: LabelSelector;
}

interface PodAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly AffinityTerm[];
}

const otherSpread: Rejection = { reasons: ["node(s) didn't match pod topology spread constraints"], isFinal: false };
const noSpreadLabel: Rejection = {
  reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"],
  isFinal: true,
};
const noAffinity: Rejection = { reasons: ["node(s) didn't match pod affinity rules"], isFinal: true };
const antiAffinity: Rejection = { reasons: ["node(s) didn't match pod anti-affinity rules"], isFinal: false };
const existingAntiAffinity: Rejection = {
  reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"],
  isFinal: false,
};

/** `withAntiAffinity`: the Pods on nodes that want to keep others away. */
export function placementFilters(
  pod: Pod,
  view: ObjectView,
  withAntiAffinity: readonly Pod[],
): readonly PlacementFilter[] {
  const filters: PlacementFilter[] = [];
  for (const constraint of pod.spec.topologySpreadConstraints ?? [])
    if (constraint.whenUnsatisfiable === 'DoNotSchedule') filters.push(spreadFilter(pod, constraint, view));
  for (const term of termsOf(pod, 'podAffinity')) filters.push(affinityFilter(pod, term, view));
  for (const term of termsOf(pod, 'podAntiAffinity')) filters.push(antiAffinityFilter(pod, term, view));
  if (withAntiAffinity.length > 0) filters.push(existingAntiAffinityFilter(pod, withAntiAffinity, view));
  return filters;
}

export function keepsOthersAway(pod: Pod): boolean {
  return pod.spec.affinity !== undefined && termsOf(pod, 'podAntiAffinity').length > 0;
}

function termsOf({ spec }: Pod, kind: 'podAffinity' | 'podAntiAffinity'): readonly AffinityTerm[] {
  const affinity = spec.affinity?.[kind] as PodAffinity | undefined;
  return affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
}

/** pkg/scheduler/framework/plugins/podtopologyspread/filtering.go. */
function spreadFilter(
  pod: Pod,
  { topologyKey, maxSkew, labelSelector }: NonNullable<Pod['spec']['topologySpreadConstraints']>[number],
  view: ObjectView,
): PlacementFilter {
  const matches = matcherOf(labelSelector);
  const counts = new Map<string, number>();
  for (const node of view.list('Node', '')) {
    const domain = labelOf(node.metadata.labels, topologyKey);
    if (domain !== undefined && matchesNode(pod, node)) counts.set(domain, counts.get(domain) ?? 0);
  }
  for (const other of assignedPods(view, [pod.metadata.namespace ?? ''])) {
    if (other.metadata.deletionTimestamp !== undefined || !matches(other.metadata.labels)) continue;
    const domain = domainOf(other, topologyKey, view);
    if (domain !== undefined && counts.has(domain)) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  const fewest = Math.min(...counts.values());
  const own = matches(pod.metadata.labels) ? 1 : 0;
  return (node) => {
    const domain = labelOf(node.metadata.labels, topologyKey);
    if (domain === undefined) return noSpreadLabel;
    return (counts.get(domain) ?? 0) + own - fewest > maxSkew ? otherSpread : undefined;
  };
}

/** pkg/scheduler/framework/plugins/interpodaffinity/filtering.go. */
function affinityFilter(pod: Pod, term: AffinityTerm, view: ObjectView): PlacementFilter {
  const partners = domainsOf(pod, term, view);
  // The first of a group that wants to be together may go anywhere that has the label.
  const isFirst = partners.size === 0 && selects(term, pod, pod, view);
  return (node) => {
    const domain = labelOf(node.metadata.labels, term.topologyKey);
    if (domain === undefined) return noAffinity;
    return isFirst || partners.has(domain) ? undefined : noAffinity;
  };
}

function antiAffinityFilter(pod: Pod, term: AffinityTerm, view: ObjectView): PlacementFilter {
  const taken = domainsOf(pod, term, view);
  return (node) => (taken.has(labelOf(node.metadata.labels, term.topologyKey) ?? '') ? antiAffinity : undefined);
}

function existingAntiAffinityFilter(pod: Pod, others: readonly Pod[], view: ObjectView): PlacementFilter {
  const taken: { readonly key: string; readonly domain: string }[] = [];
  for (const other of others) {
    for (const term of termsOf(other, 'podAntiAffinity')) {
      const domain = domainOf(other, term.topologyKey, view);
      if (domain !== undefined && selects(term, other, pod, view)) taken.push({ key: term.topologyKey, domain });
    }
  }
  return (node) =>
    taken.some(({ key, domain }) => labelOf(node.metadata.labels, key) === domain) ? existingAntiAffinity : undefined;
}

/** The topology domains that hold a Pod which the term selects. */
function domainsOf(owner: Pod, term: AffinityTerm, view: ObjectView): ReadonlySet<string> {
  const domains = new Set<string>();
  for (const other of assignedPods(view, namespacesOf(term, owner, view))) {
    if (other.status.phase === 'Succeeded' || other.status.phase === 'Failed') continue;
    const domain = matcherOf(term.labelSelector)(other.metadata.labels)
      ? domainOf(other, term.topologyKey, view)
      : undefined;
    if (domain !== undefined) domains.add(domain);
  }
  return domains;
}

function selects(term: AffinityTerm, owner: Pod, pod: Pod, view: ObjectView): boolean {
  const { namespace = '', labels } = pod.metadata;
  return namespacesOf(term, owner, view).includes(namespace) && matcherOf(term.labelSelector)(labels);
}

/** Without names and selector a term is about its Pod's own namespace. */
function namespacesOf(
  { namespaces = [], namespaceSelector }: AffinityTerm,
  owner: Pod,
  view: ObjectView,
): readonly string[] {
  if (namespaces.length === 0 && !namespaceSelector) return [owner.metadata.namespace ?? ''];
  const matches = matcherOf(namespaceSelector);
  const selected = namespaceSelector ? view.list('Namespace').filter(({ metadata }) => matches(metadata.labels)) : [];
  return [...namespaces, ...selected.map(({ metadata }) => metadata.name)];
}

function assignedPods(view: ObjectView, namespaces: readonly string[]): readonly Pod[] {
  return namespaces.flatMap((namespace) => view.list('Pod', namespace).filter(({ spec }) => spec.nodeName));
}

function domainOf({ spec }: Pod, topologyKey: string, view: ObjectView): string | undefined {
  const node = spec.nodeName ? view.get('Node', '', spec.nodeName) : undefined;
  return labelOf(node?.metadata.labels, topologyKey);
}
