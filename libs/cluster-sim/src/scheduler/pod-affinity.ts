import type { Node, Pod } from '@kubedrill/kube-model';
import type { PodAffinityTerm } from '../api/kinds/pod-template/validation/pod-spec-shape.ts';
import { labelOf, matcherOf } from '../controllers/label-selector.ts';
import type { ObjectView } from '../store/object-view.ts';
import type { PlacementFilter, Rejection } from './node-filters.ts';
import { isChoosy, neighbours, preferredTerms, requiredTerms, type Surroundings } from './scheduled-pod.ts';

/** pkg/scheduler/framework/plugins/interpodaffinity: with whom Pods have to be, must not be, and would like to be. */

const noAffinity: Rejection = { reasons: ["node(s) didn't match pod affinity rules"], isFinal: true };
const antiAffinity: Rejection = { reasons: ["node(s) didn't match pod anti-affinity rules"], isFinal: false };
const existingAntiAffinity: Rejection = {
  reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"],
  isFinal: false,
};

export function affinityFilters(pod: Pod, around: Surroundings): readonly PlacementFilter[] {
  const filters: PlacementFilter[] = [];
  const [together, apart] = [requiredTerms(pod, 'podAffinity'), requiredTerms(pod, 'podAntiAffinity')];
  if (together.length > 0) filters.push(togetherFilter(pod, together, around));
  if (apart.length > 0) filters.push(apartFilter(pod, apart, around));
  const others = around.choosy.filter((other) => requiredTerms(other, 'podAntiAffinity').length > 0);
  if (others.length > 0) filters.push(keptAwayFilter(pod, others, around.view));
  return filters;
}

/** A Pod is a partner when all terms select it: satisfyPodAffinity. */
function togetherFilter(pod: Pod, terms: readonly PodAffinityTerm[], around: Surroundings): PlacementFilter {
  const { view } = around;
  const selectedByAll = (other: Pod): boolean => terms.every((term) => selects(term, pod, other, view));
  const partners = neighbours(around, [...new Set(terms.flatMap((term) => namespacesOf(term, pod, view)))]);
  const domains = new Set<string>();
  for (const partner of partners.filter(selectedByAll))
    for (const { topologyKey } of terms) addDomain(domains, topologyKey, nodeOf(partner, view));
  // The first of a group that wants to be together may go anywhere that has the labels.
  const isFirst = domains.size === 0 && selectedByAll(pod);
  return (node) => {
    const own = terms.map(({ topologyKey }) => domainIn(node, topologyKey));
    if (own.includes(undefined)) return noAffinity;
    return isFirst || own.every((domain) => domains.has(domain ?? '')) ? undefined : noAffinity;
  };
}

function apartFilter(pod: Pod, terms: readonly PodAffinityTerm[], around: Surroundings): PlacementFilter {
  const { view } = around;
  const taken = new Set<string>();
  for (const term of terms) {
    const matches = matcherOf(term.labelSelector);
    for (const other of neighbours(around, namespacesOf(term, pod, view)))
      if (matches(other.metadata.labels)) addDomain(taken, term.topologyKey, nodeOf(other, view));
  }
  return (node) =>
    terms.some(({ topologyKey }) => taken.has(domainIn(node, topologyKey) ?? '')) ? antiAffinity : undefined;
}

function keptAwayFilter(pod: Pod, others: readonly Pod[], view: ObjectView): PlacementFilter {
  const taken: { readonly key: string; readonly domain: string }[] = [];
  for (const other of others) {
    for (const term of requiredTerms(other, 'podAntiAffinity')) {
      const domain = domainIn(nodeOf(other, view), term.topologyKey);
      if (domain !== undefined && selects(term, other, pod, view)) taken.push({ key: term.topologyKey, domain });
    }
  }
  return (node) => (taken.some(({ key, domain }) => domainIn(node, key) === domain) ? existingAntiAffinity : undefined);
}

/** What is preferred counts by topology domain; undefined where nobody has a wish: processExistingPod. */
export function affinityScore(pod: Pod, around: Surroundings): ((node: Node) => number) | undefined {
  const { view, choosy } = around;
  const weights = new Map<string, number>();
  const keys = new Set<string>();
  const add = (term: PodAffinityTerm, weight: number, owner: Pod, selected: Pod, place: Pod): void => {
    const domain = selects(term, owner, selected, view) ? domainIn(nodeOf(place, view), term.topologyKey) : undefined;
    if (domain === undefined) return;
    keys.add(term.topologyKey);
    weights.set(domain, (weights.get(domain) ?? 0) + weight);
  };
  for (const [kind, sign] of signs) {
    for (const { weight, podAffinityTerm } of isChoosy(pod) ? preferredTerms(pod, kind) : [])
      for (const other of neighbours(around, namespacesOf(podAffinityTerm, pod, view)))
        add(podAffinityTerm, sign * weight, pod, other, other);
    for (const other of choosy)
      for (const { weight, podAffinityTerm } of preferredTerms(other, kind))
        add(podAffinityTerm, sign * weight, other, pod, other);
  }
  // HardPodAffinityWeight: who has to be with Pods like this one would rather have it near.
  for (const other of choosy) for (const term of requiredTerms(other, 'podAffinity')) add(term, 1, other, pod, other);
  if (weights.size === 0) return undefined;
  return (node) => [...keys].reduce((sum, key) => sum + (weights.get(domainIn(node, key) ?? '') ?? 0), 0);
}

const signs = [
  ['podAffinity', 1],
  ['podAntiAffinity', -1],
] as const;

function selects(term: PodAffinityTerm, owner: Pod, pod: Pod, view: ObjectView): boolean {
  const { namespace = '', labels } = pod.metadata;
  return namespacesOf(term, owner, view).includes(namespace) && matcherOf(term.labelSelector)(labels);
}

/** Without names and selector a term is about its Pod's own namespace. */
function namespacesOf(
  { namespaces = [], namespaceSelector }: PodAffinityTerm,
  owner: Pod,
  view: ObjectView,
): readonly string[] {
  if (namespaces.length === 0 && !namespaceSelector) return [owner.metadata.namespace ?? ''];
  const matches = matcherOf(namespaceSelector);
  const selected = namespaceSelector ? view.list('Namespace').filter(({ metadata }) => matches(metadata.labels)) : [];
  return [...new Set([...namespaces, ...selected.map(({ metadata }) => metadata.name)])];
}

function nodeOf({ spec }: Pod, view: ObjectView): Node | undefined {
  return spec.nodeName ? view.get('Node', '', spec.nodeName) : undefined;
}

function domainIn(node: Node | undefined, topologyKey: string): string | undefined {
  const value = labelOf(node?.metadata.labels, topologyKey);
  return value === undefined ? undefined : `${topologyKey}=${value}`;
}

function addDomain(domains: Set<string>, topologyKey: string, node: Node | undefined): void {
  const domain = domainIn(node, topologyKey);
  if (domain !== undefined) domains.add(domain);
}
