import type { Node, Pod } from '@kubedrill/kube-model';
import { isTolerated, matchesTerm } from './node-filters.ts';
import type { NodeInfo } from './node-info.ts';
import { affinityScore } from './pod-affinity.ts';
import { requestsOf } from './resource-requests.ts';
import { schedulingSpec, type Surroundings } from './scheduled-pod.ts';
import { defaultSpread, softSpread } from './topology-spread.ts';

/** From 0 to 100 for each node; undefined where all are as good. */
type Scores = readonly number[] | undefined;

interface Score {
  /** pkg/scheduler/apis/config/v1/default_plugins.go. */
  readonly weight: number;
  readonly of: (pod: Pod, feasible: readonly NodeInfo[], around: Surroundings) => Scores;
}

const scores: readonly Score[] = [
  { weight: 3, of: byTaints },
  { weight: 2, of: byNodeAffinity },
  { weight: 2, of: bySpread },
  { weight: 2, of: byPodAffinity },
  { weight: 1, of: byFreeResources },
];

const best = 100;

/**
 * The node with the highest score; of equals, where Kubernetes draws one, that with the fewest Pods, and then the one that came first.
 */
export function bestNode(pod: Pod, feasible: readonly NodeInfo[], around: Surroundings): NodeInfo | undefined {
  if (feasible.length < 2) return feasible[0];
  let totals: number[] | undefined;
  for (const { weight, of } of scores) {
    const own = of(pod, feasible, around);
    if (own) totals = own.map((score, index) => (totals?.[index] ?? 0) + weight * score);
  }
  let chosen = 0;
  for (let index = 1; index < feasible.length; index += 1) {
    const lead = totals ? (totals[index] ?? 0) - (totals[chosen] ?? 0) : 0;
    if (lead > 0 || (lead === 0 && podsOn(feasible[index]) < podsOn(feasible[chosen]))) chosen = index;
  }
  return feasible[chosen];
}

function podsOn(info: NodeInfo | undefined): number {
  return info?.load.pods ?? 0;
}

/** helper.DefaultNormalizeScore; reversed: the lowest is the best. */
function normalized(raw: readonly number[], isReversed: boolean): Scores {
  const most = Math.max(...raw);
  if (most === 0) return undefined;
  return raw.map((score) => {
    const part = Math.trunc((best * score) / most);
    return isReversed ? best - part : part;
  });
}

/** tainttoleration: taints that are wishes, and not tolerated. */
function byTaints({ spec }: Pod, feasible: readonly NodeInfo[]): Scores {
  if (!feasible.some(({ node }) => node.spec.taints)) return undefined;
  const tolerations = spec.tolerations?.filter(({ effect }) => !effect || effect === 'PreferNoSchedule');
  const count = ({ spec: { taints = [] } }: Node): number =>
    taints.filter((taint) => taint.effect === 'PreferNoSchedule' && !isTolerated(taint, tolerations)).length;
  return normalized(
    feasible.map(({ node }) => count(node)),
    true,
  );
}

function byNodeAffinity(pod: Pod, feasible: readonly NodeInfo[]): Scores {
  const terms = schedulingSpec(pod).affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
  if (!terms?.length) return undefined;
  const weightOf = (node: Node): number =>
    terms.reduce((sum, { weight, preference }) => (matchesTerm(node, preference) ? sum + weight : sum), 0);
  return normalized(
    feasible.map(({ node }) => weightOf(node)),
    false,
  );
}

/** podtopologyspread NormalizeScore. */
function bySpread(pod: Pod, feasible: readonly NodeInfo[], around: Surroundings): Scores {
  const nodes = feasible.map(({ node }) => node);
  const spread = softSpread(pod, nodes, around) ?? defaultSpread(pod, nodes, around);
  if (!spread) return undefined;
  const raw = nodes.map((node) => (spread.ignores(node) ? undefined : spread.of(node)));
  const known = raw.filter((score) => score !== undefined);
  const [least, most] = [Math.min(...known), Math.max(0, ...known)];
  return raw.map((score) => {
    if (score === undefined) return 0;
    return most === 0 ? best : Math.trunc((best * (most + least - score)) / most);
  });
}

/** interpodaffinity NormalizeScore. */
function byPodAffinity(pod: Pod, feasible: readonly NodeInfo[], around: Surroundings): Scores {
  const score = affinityScore(pod, around);
  if (!score) return undefined;
  const raw = feasible.map(({ node }) => score(node));
  const [least, most] = [Math.min(...raw), Math.max(...raw)];
  return most === least ? undefined : raw.map((value) => Math.trunc((best * (value - least)) / (most - least)));
}

const compared = ['cpu', 'memory'] as const;

/** noderesources LeastAllocated, over what Pods ask for. */
function byFreeResources(pod: Pod, feasible: readonly NodeInfo[]): Scores {
  const own = requestsOf(pod);
  if (own.size === 0 && feasible.every(({ load }) => load.requested.size === 0)) return undefined;
  return feasible.map(({ allocatable, load }) => {
    const parts = compared.flatMap((name) => {
      const capacity = allocatable.get(name) ?? 0;
      const left = capacity - (load.requested.get(name) ?? 0) - (own.get(name) ?? 0);
      return capacity === 0 ? [] : [Math.max(0, Math.trunc((best * left) / capacity))];
    });
    return parts.length === 0 ? 0 : Math.trunc(parts.reduce((sum, part) => sum + part, 0) / parts.length);
  });
}
