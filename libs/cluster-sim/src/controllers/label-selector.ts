import type { LabelSelector, LabelSelectorRequirement, StringMap } from '@kubedrill/kube-model';

export type LabelMatcher = (labels: StringMap | undefined) => boolean;

const matchers = new WeakMap<LabelSelector, LabelMatcher>();

/** metav1.LabelSelectorAsSelector: an empty selector matches everything, an absent one nothing. */
export function matcherOf(selector: LabelSelector | undefined): LabelMatcher {
  if (!selector) return () => false;
  const known = matchers.get(selector);
  if (known) return known;
  const pairs = Object.entries(selector.matchLabels ?? {});
  const expressions = selector.matchExpressions ?? [];
  const matcher: LabelMatcher = (labels) =>
    pairs.every(([key, value]) => labelOf(labels, key) === value) &&
    expressions.every((requirement) => meets(labels, requirement));
  matchers.set(selector, matcher);
  return matcher;
}

/** labels.Set.AsSelector: all pairs have to be there. */
export function hasLabels(labels: StringMap | undefined, pairs: StringMap): boolean {
  for (const key of Object.keys(pairs)) if (labelOf(labels, key) !== pairs[key]) return false;
  return true;
}

export function labelOf(labels: StringMap | undefined, key: string): string | undefined {
  return labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
}

export function meets(
  labels: StringMap | undefined,
  { key, operator, values = [] }: LabelSelectorRequirement,
): boolean {
  const value = labelOf(labels, key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}
