import type { LabelSelector, ObjectMeta, StringMap } from './object-meta.ts';

/** Kinds that bound what a namespace may use, and what may be done to Pods. */

export interface ScopeRequirement {
  readonly scopeName: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** core/v1 ResourceQuota. */
export interface ResourceQuota {
  readonly apiVersion: 'v1';
  readonly kind: 'ResourceQuota';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly hard?: StringMap;
    readonly scopes?: readonly string[];
    readonly scopeSelector?: { readonly matchExpressions?: readonly ScopeRequirement[] };
  };
  readonly status: { readonly hard?: StringMap; readonly used?: StringMap };
}

/** core/v1 LimitRangeItem. */
export interface LimitRangeItem {
  readonly type: string;
  readonly max?: StringMap;
  readonly min?: StringMap;
  readonly default?: StringMap;
  readonly defaultRequest?: StringMap;
  readonly maxLimitRequestRatio?: StringMap;
}

/** core/v1 LimitRange. */
export interface LimitRange {
  readonly apiVersion: 'v1';
  readonly kind: 'LimitRange';
  readonly metadata: ObjectMeta;
  readonly spec: { readonly limits: readonly LimitRangeItem[] | null };
}

/** scheduling.k8s.io/v1 PriorityClass. */
export interface PriorityClass {
  readonly apiVersion: 'scheduling.k8s.io/v1';
  readonly kind: 'PriorityClass';
  readonly metadata: ObjectMeta;
  readonly value: number;
  readonly globalDefault?: boolean;
  readonly description?: string;
  readonly preemptionPolicy?: string;
}

export interface DisruptionCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly observedGeneration?: number;
  readonly lastTransitionTime: string;
  readonly reason: string;
  readonly message: string;
}

/** policy/v1 PodDisruptionBudget. */
export interface PodDisruptionBudget {
  readonly apiVersion: 'policy/v1';
  readonly kind: 'PodDisruptionBudget';
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly minAvailable?: number | string;
    readonly maxUnavailable?: number | string;
    readonly selector?: LabelSelector;
    readonly unhealthyPodEvictionPolicy?: string;
  };
  readonly status: {
    readonly observedGeneration?: number;
    /** When an eviction was granted, by the name of its Pod. */
    readonly disruptedPods?: StringMap;
    readonly disruptionsAllowed: number;
    readonly currentHealthy: number;
    readonly desiredHealthy: number;
    readonly expectedPods: number;
    readonly conditions?: readonly DisruptionCondition[];
  };
}
