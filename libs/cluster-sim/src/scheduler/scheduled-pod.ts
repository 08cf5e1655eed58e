import type { Pod } from '@kubedrill/kube-model';
import type { FullPodSpec, PodAffinity, PodAffinityTerm } from '../api/kinds/pod-template/validation/pod-spec-shape.ts';
import type { ObjectView } from '../store/object-view.ts';
import type { KinCounts } from './kin-counts.ts';

/** What the scheduler reads of a Pod besides what kube-model names. */
type SchedulingSpec = Pick<FullPodSpec, 'affinity' | 'topologySpreadConstraints' | 'preemptionPolicy'> & {
  readonly priority?: number;
};

export function schedulingSpec({ spec }: Pick<Pod, 'spec'>): SchedulingSpec {
  return spec;
}

/** component-helpers/scheduling/corev1 PodPriority. */
export function priorityOf(pod: Pod): number {
  return schedulingSpec(pod).priority ?? 0;
}

export function nominatedNode({ status }: Pod): string | undefined {
  return (status as { readonly nominatedNodeName?: string }).nominatedNodeName;
}

type AffinityKind = 'podAffinity' | 'podAntiAffinity';

function affinityOf(pod: Pod, kind: AffinityKind): PodAffinity {
  return schedulingSpec(pod).affinity?.[kind] ?? {};
}

export function requiredTerms(pod: Pod, kind: AffinityKind): readonly PodAffinityTerm[] {
  return affinityOf(pod, kind).requiredDuringSchedulingIgnoredDuringExecution ?? [];
}

export interface WeightedTerm {
  readonly weight: number;
  readonly podAffinityTerm: PodAffinityTerm;
}

export function preferredTerms(pod: Pod, kind: AffinityKind): readonly WeightedTerm[] {
  return affinityOf(pod, kind).preferredDuringSchedulingIgnoredDuringExecution ?? [];
}

/** Whether the Pod says with whom it wants to be. */
export function isChoosy(pod: Pod): boolean {
  const { podAffinity, podAntiAffinity } = schedulingSpec(pod).affinity ?? {};
  return podAffinity !== undefined || podAntiAffinity !== undefined;
}

/** The Pods on nodes that a Pod is placed among. */
export interface Surroundings {
  readonly view: ObjectView;
  /** Those of them that say with whom they want to be. */
  readonly choosy: readonly Pod[];
  /** Where the Pods of each owner are. */
  readonly kin: KinCounts;
  /** Taken as gone: who would have to make room. */
  readonly gone: ReadonlySet<Pod>;
}

/** Those that take room: assigned, and not at their end. */
export function neighbours({ view, gone }: Surroundings, namespaces: readonly string[]): readonly Pod[] {
  return namespaces.flatMap((namespace) =>
    view.list('Pod', namespace).filter((pod) => pod.spec.nodeName && isAlive(pod) && !gone.has(pod)),
  );
}

export function isAlive({ status }: Pod): boolean {
  return status.phase !== 'Succeeded' && status.phase !== 'Failed';
}
